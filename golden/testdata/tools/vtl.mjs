// Runs a mapping template of an integration response.
//   {"template": "…", "headers": {"origin": "…"}, "query": {}, "absent": "null" | "empty", "body": "…"}
//   -> {"headers": {…}, "sets": {…}, "status": 403, "body": "…"}
// Whether API Gateway gives null or "" for a header that is absent is not
// documented, hence "absent". sets counts the overrides of each header: API
// Gateway answers 5XX to the second one.
import velocity from "velocityjs";
import { serve } from "./serve.mjs";

await serve(({ template, headers = {}, query = {}, absent = "null", body = "" }) => {
  const missing = absent === "empty" ? "" : null;
  const map = (values) => ({
    get: (name) => values[name] ?? missing,
    containsKey: (name) => name in values,
    keySet: () => Object.keys(values),
  });
  const params = { path: map({}), querystring: map(query), header: map(headers) };
  const input = {
    body,
    json: () => body,
    // As the service does, the one-argument form looks in the query string
    // before the headers.
    params: (name) => (name === undefined ? params : (query[name] ?? headers[name] ?? missing)),
  };

  const set = {};
  const sets = {};
  const header = new Proxy(set, {
    set(target, name, value) {
      sets[name] = (sets[name] ?? 0) + 1;
      target[name] = value;
      return true;
    },
  });
  const responseOverride = { header };
  const text = velocity.render(template, { input, context: { responseOverride } });
  return { headers: set, sets, status: responseOverride.status ?? null, body: text };
});

// Runs a mapping template of an integration response.
//   {"template": "…", "headers": {"origin": "…"}, "query": {}, "absent": "null" | "empty", "body": "…"}
//   -> {"headers": {…}, "sets": {…}, "status": 403, "body": "…"}
// Whether API Gateway gives null or "" for a header that is absent is not
// documented, hence "absent". sets counts the overrides of each header: API
// Gateway answers 5XX to the second one.
import velocity from "velocityjs";
import { serve } from "./serve.mjs";

// The methods of Java's strings and lists that JavaScript's lack or read
// differently: in the service a template calls Java's.
const java = (prototype, methods) => {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  }
};
java(String.prototype, {
  equals(other) { return String(this) === other; },
  equalsIgnoreCase(other) { return this.toLowerCase() === String(other).toLowerCase(); },
  contains(other) { return this.includes(other); },
  matches(expression) { return new RegExp(`^(?:${expression})$`, "s").test(this); },
  replace(from, to) { return this.split(from).join(to); },
});
java(Array.prototype, {
  contains(value) { return this.includes(value); },
});

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
    path: () => JSON.parse(body),
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

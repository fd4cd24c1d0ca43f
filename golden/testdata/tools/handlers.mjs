// Loads a handler file, or a wrapper to put around a handler that does as told,
// and runs it on an event.
//   {"file": "…/index.mjs", "event": {…}} -> {"response": {…}}
//   {"file": "…/cors.cjs", "handler": {"returns": …} or {"throws": "…"}, "event": {…}}
import { pathToFileURL } from "node:url";
import { serve } from "./serve.mjs";

await serve(async ({ file, handler: told, event }) => {
  const { handler, withCors } = await import(pathToFileURL(file).href);
  const run = told ? withCors(async () => does(told)) : handler;
  const response = await run(event, { awsRequestId: "golden" });
  return { response: response ?? null };
});

function does({ returns, throws }) {
  if (throws) {
    throw new Error(throws);
  }
  return returns;
}

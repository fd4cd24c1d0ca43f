// Loads a handler file and runs it on an event.
//   {"file": "…/index.mjs", "function": "handler", "event": {…}} -> {"response": {…}}
import { pathToFileURL } from "node:url";
import { serve } from "./serve.mjs";

await serve(async ({ file, function: name, event }) => {
  const module = await import(pathToFileURL(file).href);
  const response = await module[name](event, { awsRequestId: "golden" });
  return { response: response ?? null };
});

import { createInterface } from "node:readline";

// serve answers one JSON request a line with one JSON answer a line, in order,
// until stdin ends. stdout belongs to the answers, so what a loaded program
// prints goes to stderr.
export async function serve(answer) {
  console.log = console.info = console.debug = console.error;
  for await (const line of createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (e) {
      reply = { error: String(e?.stack ?? e) };
    }
    process.stdout.write(JSON.stringify(reply) + "\n");
  }
}

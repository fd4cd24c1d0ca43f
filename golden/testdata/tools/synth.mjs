// Synthesises compiled CDK apps in one process: synth.mjs FOLDER…
// Each folder holds app.js, and cdk.json with the context; the cloud assembly
// goes to its cdk.out. Like the CDK CLI, it tells the app where to write and
// which context holds through the environment.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const require = createRequire(import.meta.url);

for (const folder of process.argv.slice(2).map((f) => resolve(f))) {
  const settings = join(folder, "cdk.json");
  const { context = {} } = existsSync(settings) ? JSON.parse(readFileSync(settings, "utf8")) : {};
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  process.env.CDK_OUTDIR = join(folder, "cdk.out");
  try {
    require(join(folder, "app.js"));
    // An app synthesises itself when node runs out of work.
    process.emit("beforeExit", 0);
  } catch (e) {
    console.error(`${folder}: ${e.message}`);
    process.exitCode = 1;
  }
}

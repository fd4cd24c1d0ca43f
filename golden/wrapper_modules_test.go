package golden_test

import (
	"path/filepath"
	"testing"

	"apigw-cors/golden/tools"
)

// TestReviewA12WrapperIsTyped compiles the wrappers and the examples with every
// strict check, and a person's TypeScript on top of them. The types of events
// and results in it have the shape of those in @types/aws-lambda.
func TestReviewA12WrapperIsTyped(t *testing.T) {
	t.Parallel()
	const rest = `
type Names<T> = { [name: string]: T | undefined };
interface Event {
  body: string | null; httpMethod: string; resource: string; path: string;
  headers: Names<string>; multiValueHeaders: Names<string[]>;
}
interface Result {
  statusCode: number; body: string; isBase64Encoded?: boolean | undefined;
  headers?: { [name: string]: boolean | number | string } | undefined;
  multiValueHeaders?: { [name: string]: Array<boolean | number | string> } | undefined;
}
`
	const http = `
interface Event {
  version: string; routeKey: string; rawPath: string; body?: string; isBase64Encoded: boolean;
  headers: { [name: string]: string | undefined };
  requestContext: { stage: string; http: { method: string; path: string } };
}
interface Structured {
  statusCode?: number | undefined; body?: string | undefined; isBase64Encoded?: boolean | undefined; cookies?: string[] | undefined;
  headers?: { [name: string]: boolean | number | string } | undefined;
}
type Result = Structured | string;
`
	const both = `
import { withCors } from './cors.cjs';
interface Context { awsRequestId: string }
type Handler = (event: Event, context: Context, callback: (error?: Error | string | null, result?: Result) => void) => void | Promise<Result>;
export const typed: Handler = withCors(async (event, context) => ({ statusCode: 200, body: event.body + context.awsRequestId }));
export const own = withCors(async (event: Event) => ({ statusCode: 200, headers: { 'X-A': 1 }, body: event.headers['x-a'] ?? '' }));
// @ts-expect-error: a handler that answers by its callback is never awaited
withCors((event: Event, context: Context, callback: (error: Error | null) => void) => callback(null));
// @ts-expect-error: a number is not a handler
withCors(3);
`
	var files []string
	for policy, user := range map[string]string{
		oneOrigin: rest + both + `
// @ts-expect-error: a REST API takes no string
withCors(async (event: Event) => 'Hello');
`,
		severalOrigins: rest + both,
		methodsByPath:  rest + both,
		bothPayloads: http + both + `
export const text: Handler = withCors(async () => 'Hello');
`,
		`{"API": "http", "AllowOrigins": ["https://*.a.example", "http://localhost:*"], "AllowMethods": ["GET"], "Preflight": "lambda"}`: http + both,
	} {
		folder := filepath.Join(renderFolder(t, policy, "lambda-nodejs"), "lambda-nodejs")
		tools.WriteFile(t, filepath.Join(folder, "user.ts"), user)
		for _, name := range []string{"cors.cjs", "index.mjs", "user.ts"} {
			files = append(files, filepath.Join(folder, name))
		}
	}
	tools.Node(t, "node_modules/typescript/bin/tsc").With(
		"--noEmit", "--allowJs", "--checkJs", "--strict", "--noImplicitReturns", "--noUnusedLocals",
		"--target", "es2022", "--module", "nodenext", "--types", "node", "--typeRoots", tools.File(t, "node_modules/@types"),
	).Run(t, files...)
}

// TestReviewA12WrapperInBothModuleSystems takes the one file into an ES module
// and into a CommonJS module, by name and whole.
func TestReviewA12WrapperInBothModuleSystems(t *testing.T) {
	t.Parallel()
	node := tools.StartNode(t)
	folder := filepath.Join(renderFolder(t, oneOrigin, "lambda-nodejs"), "lambda-nodejs")
	const handler = "withCors(async () => ({ statusCode: 200 }));\n"
	for file, source := range map[string]string{
		"named.mjs":   "import { withCors } from './cors.cjs';\nexport const handler = " + handler,
		"whole.mjs":   "import cors from './cors.cjs';\nexport const handler = cors." + handler,
		"dynamic.mjs": "const { withCors } = await import('./cors.cjs');\nexport const handler = " + handler,
		"named.cjs":   "const { withCors } = require('./cors.cjs');\nexports.handler = " + handler,
		"whole.cjs":   "const cors = require('./cors.cjs');\nmodule.exports = { handler: cors." + handler[:len(handler)-2] + " };\n",
	} {
		t.Run(file, func(t *testing.T) {
			path := filepath.Join(folder, file)
			tools.WriteFile(t, path, source)
			response := node.Load(t, path).Respond(t, event{"httpMethod": "GET"})
			if got := response.Headers["Access-Control-Allow-Origin"]; got != "https://a.example" {
				t.Errorf("Access-Control-Allow-Origin: %q", got)
			}
		})
	}
}

// TestReviewA12DecoratorKeepsTheHandler expects of the decorated function what
// tests and tracing tools read of one, and that an interrupt is not answered.
func TestReviewA12DecoratorKeepsTheHandler(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(renderFolder(t, oneOrigin, "lambda-python"), "lambda-python")
	const program = `
import inspect
from cors import with_cors

@with_cors
def mine(event, context):
    """Mine."""
    raise KeyboardInterrupt

assert (mine.__name__, mine.__doc__, mine.__module__) == ("mine", "Mine.", "__main__")
assert list(inspect.signature(mine).parameters) == ["event", "context"]
assert callable(mine.__wrapped__)
try:
    mine({}, None)
except KeyboardInterrupt:
    print("interrupted")
`
	tools.WriteFile(t, filepath.Join(folder, "mine.py"), program)
	if got := tools.Python(t).Run(t, "-B", filepath.Join(folder, "mine.py")); got != "interrupted\n" {
		t.Errorf("prints %q", got)
	}
}

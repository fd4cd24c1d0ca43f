package golden_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/golden/tools"
)

// TestHandlers runs every rendered Lambda function in its own runtime on the
// events API Gateway sends, and expects the CORS headers of the model from
// those that must send them and none from the others.
func TestHandlers(t *testing.T) {
	t.Parallel()
	for name, row := range proofs() {
		language := row.handler
		if language == nil {
			continue
		}
		runtime := language.start(t)
		for _, c := range cases(t) {
			t.Run(name+" "+c.name, func(t *testing.T) {
				api := c.api(t)
				if !api.InvokesFunction() {
					return
				}
				function := runtime.Load(t, c.path(language.path))
				if api.Integration() == gateway.NonProxy {
					plainFunction(t, function)
					return
				}
				checkResponses(t, api, function, 200)

				if api.ActualResponder() == gateway.ByLambda {
					failing := runtime.Wrap(t, c.path(language.wrapper), tools.Handler{Throws: "golden"})
					checkResponses(t, api, failing, 500)
					return
				}
				source := string(c.read(t, language.path))
				if strings.Count(source, language.signature) != 1 {
					t.Fatalf("not one %q", language.signature)
				}
				failing := filepath.Join(t.TempDir(), filepath.Base(language.path))
				tools.WriteFile(t, failing, strings.Replace(source, language.signature, language.signature+language.failure, 1))
				checkResponses(t, api, runtime.Load(t, failing), 500)
			})
		}
	}
}

// plainFunction expects a result that is not a proxy response: API Gateway would
// hand a status code and headers on as the body.
func plainFunction(t *testing.T, function tools.Function) {
	t.Helper()
	result := tools.Decode[map[string]any](t, function.Call(t, map[string]any{"message": "a mapped body"}))
	for _, name := range []string{"statusCode", "headers"} {
		if _, ok := result[name]; ok {
			t.Errorf("a non-proxy integration does not read %s: %v", name, result)
		}
	}
}

// checkResponses runs a function on actual requests, which it answers with the
// status, and on preflights.
func checkResponses(t *testing.T, api gateway.API, function tools.Function, status int) {
	t.Helper()
	for _, r := range api.Resources() {
		method := "GET"
		if len(r.Methods) > 0 {
			method = r.Methods[0].String()
		}
		for _, origin := range append(probes(api.Policy()), "") {
			if t.Failed() {
				return // the rest would say the same
			}
			for _, event := range events(api, r.Path, method, origin) {
				response := function.Respond(t, event)
				if response.StatusCode != status {
					t.Errorf("%s: status %d, not %d", event, response.StatusCode, status)
				}
				if response.Body == nil {
					t.Errorf("%s: the body is not a string", event)
				}
				sends(t, event, response, actualHeaders(api, origin))
			}
			for _, event := range events(api, r.Path, "OPTIONS", origin) {
				if api.Preflight() != gateway.ByLambda {
					continue
				}
				response := function.Respond(t, event)
				if response.StatusCode < 200 || response.StatusCode > 299 {
					t.Errorf("%s: the preflight has status %d", event, response.StatusCode)
				}
				sends(t, event, response, preflightHeaders(api, r, origin))
			}
		}
	}
}

// actualHeaders are the CORS headers, and Vary, that a function must send with
// every response.
func actualHeaders(api gateway.API, origin string) map[string]string {
	out := map[string]string{}
	if api.ActualResponder() != gateway.ByLambda {
		return out
	}
	headers, perRequest := api.ActualHeaders()
	for _, h := range headers {
		out[h.Header] = h.Value
	}
	if perRequest && allows(api.Policy(), origin) {
		out[cors.HeaderAllowOrigin] = origin
	}
	return out
}

// preflightHeaders are those of a preflight the function answers. What a page
// may read is for actual responses to say.
func preflightHeaders(api gateway.API, r gateway.Resource, origin string) map[string]string {
	out := actualHeaders(api, origin)
	delete(out, cors.HeaderExposeHeaders)
	out[cors.HeaderAllowMethods] = strings.Join(r.AllowMethods.Strings(), ",")
	out[cors.HeaderAllowHeaders] = strings.Join(api.AllowHeaders().Strings(), ",")
	if seconds, ok := api.MaxAge(); ok && seconds >= 0 {
		out[cors.HeaderMaxAge] = strconv.Itoa(seconds)
	}
	return out
}

func sends(t *testing.T, event event, response tools.Response, want map[string]string) {
	t.Helper()
	got := maps.Clone(response.Headers)
	maps.DeleteFunc(got, func(name, _ string) bool {
		return !strings.HasPrefix(strings.ToLower(name), "access-control-") && !strings.EqualFold(name, cors.HeaderVary)
	})
	if !maps.Equal(got, want) {
		t.Errorf("%s:\nsends %s\nnot   %s", event, headerText(got), headerText(want))
	}
}

func headerText(headers map[string]string) string {
	var out []string
	for name, value := range headers {
		out = append(out, fmt.Sprintf("%s: %s", name, value))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

package probe

import (
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestParseTarget: a URL is asked for as a browser spells it.
func TestParseTarget(t *testing.T) {
	for raw, want := range map[string]string{
		"https://API.example.com":                     "https://api.example.com/",
		"HTTPS://api.example.com:443/prod/../b/.?q=1": "https://api.example.com/b/?q=1",
		"http://api.example.com:8080/a%2Fb//c#top":    "http://api.example.com:8080/a%2Fb//c",
	} {
		if got, err := parseTarget(raw); err != nil || got.origin+got.path != want {
			t.Errorf("%s: %s%s, %v", raw, got.origin, got.path, err)
		}
	}
	_, err := parseTarget("https://bücher.example/x")
	if hints := report.HintsOf(err); len(hints) != 1 || hints[0] != "use https://xn--bcher-kva.example" {
		t.Errorf("%v: %v", err, hints)
	}
}

// TestPathThatIsNotThere: an error that the page cannot read is one thing to mend,
// that the path is not there is another.
func TestPathThatIsNotThere(t *testing.T) {
	request := cors.Request{Origin: page, Method: "GET", URL: "https://api.example.com/"}
	for errorType, want := range map[string]bool{"MissingAuthenticationTokenException": true, "UnauthorizedException": false} {
		answer := cors.Response{Status: 403, Headers: cors.HeaderList{{Name: "X-Amzn-Errortype", Value: errorType}}}
		f := evidence{request: request, trace: cors.Fetch(request, func(cors.Request) cors.Response { return answer })}.diagnose()
		if f == nil || strings.Contains(f.Change, "Check stage and path") != want {
			t.Errorf("%s: %+v", errorType, f)
		}
	}
	if f := (evidence{request: request, said: gateway.HTTP, trace: cors.Fetch(request, func(cors.Request) cors.Response {
		return cors.Response{Status: 404, Body: `{"message":"Not Found"}`, Headers: cors.HeaderList{{Name: "Apigw-Requestid", Value: "a="}}}
	})}).diagnose(); f == nil || !strings.Contains(f.Change, "Check stage and path") {
		t.Errorf("%+v", f)
	}
}

func TestCheckCookie(t *testing.T) {
	for cookie, want := range map[string]bool{"": true, "a=1; b=2": true, "a=hush\r\nX: y": false} {
		if err := CheckCookie(cookie); (err == nil) != want || err != nil && strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: %v", cookie, err)
		}
	}
}

package console_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/console"
	"apigw-cors/generator/cors"
)

// TestEveryMessageIsFound fills in each message of the table and expects its row
// to be among those found. That browsers say so is for the tests with browsers.
func TestEveryMessageIsFound(t *testing.T) {
	placeholder := regexp.MustCompile(`\{\w+\}`)
	n := 0
	for _, row := range console.Refusals() {
		for _, m := range row.Messages {
			n++
			line := "app.js:1 Uncaught (in promise) " + placeholder.ReplaceAllString(m.Text, "some $value") + " [2x]"
			for _, text := range []string{line, placeholder.ReplaceAllString(m.Plain(), "x")} {
				if !slices.ContainsFunc(console.Find("GET / 200", text), func(r console.Refusal) bool { return r.Why == row.Why }) {
					t.Errorf("%s: %q is not found", m.Engine, text)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("%d messages", n)
	}
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ desc, line, why string }{
		{"what the page gets says nothing", "TypeError: Failed to fetch", "This says that the request failed, not why"},
		{"Firefox's", "TypeError: NetworkError when attempting to fetch resource.", "This says that the request failed, not why"},
		{"Safari's", "TypeError: Load failed", "This says that the request failed, not why"},
		{"a permission", "Access to fetch at 'http://localhost:1/' from origin 'https://a.example' has been blocked by CORS policy: Permission was denied for this request to access the `loopback` address space.", "This is not CORS: a page from elsewhere"},
		{"mixed content", "Blocked loading mixed active content “http://a.example/”", "This is not CORS: a page on https"},
		{"without its full stop", "No ‘Access-Control-Allow-Origin’ header is present on the requested resource", "The preflight, if there was one"},
		{"escaped for HTML", "No &#39;Access-Control-Allow-Origin&#39; header is present on the requested resource.", "The preflight, if there was one"},
		{"quoted in two lines", "> Request header field x-id is not allowed by\n> Access-Control-Allow-Headers in preflight response.", "The page sends a header"},
		{"a header that is not exposed", "Refused to get unsafe header \"x-total-count\"", "The page reads the response, but not this header"},
		{"two headers, in MDN's words", "(Reason: Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).", "Several origins stand in one static value"},
		{"something else", "Uncaught ReferenceError: x is not defined", ""},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			found := console.Find(tt.line)
			if (len(found) > 0) != (tt.why != "") || len(found) > 0 && !regexp.MustCompile("^"+tt.why).MatchString(found[0].Why) {
				t.Errorf("%+v", found)
			}
		})
	}
}

func TestBrowserOf(t *testing.T) {
	for agent, want := range map[string]console.Browser{
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36":                                     console.InChromium,
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0":                         console.InChromium,
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0":                                                                    console.InFirefox,
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15":                     console.InWebKit,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 Mobile/15E148 Safari/604.1":    console.InWebKit,
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/142.0 Mobile/15E148 Safari/605.1.15": console.InWebKit,
		"curl/8.0": console.AllBrowsers,
		"":         console.AllBrowsers,
	} {
		if got := console.BrowserOf(agent); got != want {
			t.Errorf("%s: %s, not %s", agent, got, want)
		}
	}
}

// TestBarriers has what Chromium 156, Firefox 153 and WebKitGTK 2.50 were seen
// to do.
func TestBarriers(t *testing.T) {
	const https = "https://app.example.com"
	for _, tt := range []struct{ origin, url, want string }{
		{https, "http://localhost:8080/", "[Chromium asks Firefox asks WebKit blocks]"},
		{https, "http://127.0.0.1:8080/", "[Chromium asks Firefox asks WebKit blocks]"},
		{https, "http://[::1]/", "[Chromium asks Firefox asks WebKit blocks]"},
		{https, "http://api.localhost/", "[Chromium asks Firefox asks WebKit blocks]"},
		{https, "http://192.168.7.7/", "[Chromium asks Firefox blocks WebKit blocks]"},
		{https, "http://nas.example/", "[Chromium blocks Firefox blocks WebKit blocks]"},
		{https, "https://localhost/", "[]"},
		{https, "https://api.example.com/", "[]"},
		{"http://app.example.com", "http://localhost/", "[]"},
		{"http://localhost:5173", "http://localhost:8080/", "[]"},
		{"https://localhost:5173", "http://localhost:8080/", "[]"},
		{"null", "http://localhost/", "[]"},
		{https, "%", "[]"},
	} {
		got := []string{}
		for _, b := range console.Barriers(tt.origin, tt.url, console.AllBrowsers) {
			got = append(got, string(b.Engine), regexp.MustCompile(`^\w+`).FindString(b.Does))
		}
		if fmt.Sprint(got) != tt.want {
			t.Errorf("%s to %s: %s, not %s", tt.origin, tt.url, got, tt.want)
		}
	}
}

// TestSayOfNothing: a fetch that is not refused is not talked about, nor one
// that an engine lets pass.
func TestSayOfNothing(t *testing.T) {
	say := func(r cors.Request, headers ...cors.Header) []console.Said {
		r.Origin, r.URL = "https://app.example.com", "https://api.example.com/"
		return console.Say(r, cors.Fetch(r, func(cors.Request) cors.Response { return cors.Response{Status: 200, Headers: headers} }))
	}
	any := cors.Header{Name: cors.HeaderAllowOrigin, Value: "*"}
	if said := say(cors.Request{Method: "GET"}, any); len(said) != 0 {
		t.Errorf("allowed: %+v", said)
	}
	token := cors.Request{Method: "GET", Headers: cors.HeaderList{{Name: "Authorization", Value: "x"}}}
	if said := say(token, any, cors.Header{Name: cors.HeaderAllowHeaders, Value: "*"}); len(said) != 0 {
		t.Errorf("allowed by each engine: %+v", said)
	}
	if said := say(token, any); len(said) != 3 {
		t.Errorf("refused: %+v", said)
	}
}

// TestSayOfRedirects: what Chromium and WebKit say of a preflight that leads
// elsewhere does not depend on its headers.
func TestSayOfRedirects(t *testing.T) {
	r := cors.Request{Origin: "https://app.example.com", Method: "PUT", URL: "https://api.example.com/"}
	for _, allowed := range []string{"", "https://app.example.com", "https://other.example"} {
		headers := cors.HeaderList{{Name: "Location", Value: "https://www.example.com/"}}
		if allowed != "" {
			headers = append(headers, cors.Header{Name: cors.HeaderAllowOrigin, Value: allowed})
		}
		for _, said := range console.Say(r, cors.Fetch(r, func(cors.Request) cors.Response { return cors.Response{Status: 301, Headers: headers} })) {
			want := map[cors.Engine]string{
				cors.Chromium: "Redirect is not allowed for a preflight request.",
				cors.WebKit:   "Preflight response is not successful. Status code: 301",
			}[said.Engine]
			if !strings.HasSuffix(said.Console[0], want) {
				t.Errorf("%q: %s says %q", allowed, said.Engine, said.Console[0])
			}
		}
	}
}

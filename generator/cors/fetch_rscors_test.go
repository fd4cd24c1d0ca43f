package cors_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	rscors "github.com/rs/cors"

	"apigw-cors/generator/cors"
)

// TestFetchAgainstRSCORS runs the browser's side against a CORS server that
// nobody here wrote, and compares with what that server's options are
// documented to mean.
func TestFetchAgainstRSCORS(t *testing.T) {
	const other = "https://other.example.com"
	configs := []rscors.Options{
		{AllowedOrigins: []string{page}},
		{AllowedOrigins: []string{page, "https://b.example"}, AllowedMethods: []string{"GET", "PUT", "PATCH"}, AllowedHeaders: []string{"Content-Type", "X-A"}},
		{AllowedOrigins: []string{page}, AllowedMethods: []string{"GET", "POST", "PUT"}, AllowedHeaders: []string{"Authorization", "Content-Type", "X-A"}, AllowCredentials: true, MaxAge: 600},
		{AllowedOrigins: []string{"*"}, AllowedMethods: []string{"GET", "POST", "DELETE"}, AllowedHeaders: []string{"*"}, ExposedHeaders: []string{"X-Served"}},
		{AllowedOrigins: []string{"*"}, AllowedMethods: []string{"GET", "POST", "PUT"}, AllowedHeaders: []string{"*"}, AllowCredentials: true},
		{AllowedOrigins: []string{"https://*.example.com"}, AllowedMethods: []string{"GET", "POST", "PUT"}, AllowedHeaders: []string{"X-A"}, OptionsSuccessStatus: 200},
	}
	headers := []cors.HeaderList{
		nil,
		{{"Content-Type", "text/plain"}},
		{{"Content-Type", "application/json"}},
		{{"X-B", "1"}, {"X-A", "1"}},
		{{"Authorization", "Bearer x"}},
		{{"X-A", "1"}, {"Content-Type", "application/json"}, {"Authorization", "Bearer x"}},
	}
	cells := 0
	for i, config := range configs {
		server := httptest.NewServer(rscors.New(config).Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Served", "1")
		})))
		t.Cleanup(server.Close)
		for _, origin := range []string{page, other, "https://app.example.com.evil.net", "null", "http://app.example.com"} {
			for _, method := range []string{"GET", "POST", "put", "PATCH", "patch", "DELETE"} {
				for _, list := range headers {
					for _, mode := range []cors.CredentialsMode{cors.CredentialsOmit, cors.CredentialsInclude} {
						cells++
						r := cors.Request{Origin: origin, Method: method, URL: server.URL + "/", Headers: list, Credentials: mode}
						trace := cors.Fetch(r, overHTTP(t, server.Client()))
						if want := documented(config, r); trace.Allowed() != want {
							s, _ := trace.Refusal()
							t.Errorf("config %d: %s %s %v %s: allowed %v, documented %v: %s", i, origin, method, list, mode, trace.Allowed(), want, s.Detail())
						}
						if trace.Allowed() && slices.Contains(trace.Readable, "x-served") != (len(config.ExposedHeaders) > 0) {
							t.Errorf("config %d: readable %q", i, trace.Readable)
						}
					}
				}
			}
		}
	}
	if want := len(configs) * 5 * 6 * len(headers) * 2; cells != want {
		t.Errorf("%d cells, want %d", cells, want)
	}
	t.Logf("%d cells", cells)
}

// documented is what the documentation of rs/cors says of a request, and Fetch
// of `*` with credentials.
func documented(o rscors.Options, r cors.Request) bool {
	any := slices.Contains(o.AllowedOrigins, "*")
	subdomain := slices.Contains(o.AllowedOrigins, "https://*.example.com") && r.Origin != "https://app.example.com.evil.net" &&
		len(r.Origin) > len("https://.example.com") && r.Origin[:8] == "https://"
	if !any && !subdomain && !slices.Contains(o.AllowedOrigins, r.Origin) {
		return false
	}
	if r.Credentials == cors.CredentialsInclude && (any || !o.AllowCredentials) {
		return false
	}
	methods := o.AllowedMethods
	if methods == nil {
		methods = []string{"GET", "POST", "HEAD"}
	}
	// It also keeps its headers from an actual request by a method that is not
	// listed, so not even a CORS-safelisted one gets through.
	if !slices.Contains(methods, cors.NormaliseMethod(r.Method)) {
		return false
	}
	names := o.AllowedHeaders
	if names == nil {
		// Documented as [], and it is these three.
		names = []string{"Accept", "Content-Type", "X-Requested-With"}
	}
	for _, h := range r.Headers {
		// It answers `*` with the names asked for, so Authorization is covered.
		if !cors.IsSafelistedRequestHeader(h) && !slices.Contains(names, h.Name) && !slices.Contains(names, "*") {
			return false
		}
	}
	return true
}

// overHTTP sends what Fetch sends over the network.
func overHTTP(t *testing.T, client *http.Client) func(cors.Request) cors.Response {
	return func(r cors.Request) cors.Response {
		request, err := http.NewRequest(r.Method, r.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Headers {
			request.Header.Add(h.Name, h.Value)
		}
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		out := cors.Response{Status: response.StatusCode}
		for name, values := range response.Header {
			for _, v := range values {
				out.Headers = append(out.Headers, cors.Header{Name: name, Value: v})
			}
		}
		return out
	}
}

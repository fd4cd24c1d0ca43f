package golden_test

import (
	"net/http"
	"strings"

	"apigw-cors/generator/cors"
)

// givenAnswer is a fetch, and answers to it that no policy of ours gives.
type givenAnswer struct {
	about             string
	request           cors.Request
	preflight, actual cors.Response
}

// givenAnswers are what a browser decides and no golden case leads to, one of
// each at least.
func givenAnswers() (out []givenAnswer) {
	const origin = "https://app.example.com"
	answer := func(status int, pairs ...string) cors.Response {
		r := cors.Response{Status: status}
		for i := 0; i < len(pairs); i += 2 {
			r.Headers = append(r.Headers, cors.Header{Name: pairs[i], Value: pairs[i+1]})
		}
		return r
	}
	get := cors.Request{Origin: origin, Method: "GET", URL: vectorsAPI + "/", Credentials: cors.CredentialsOmit}
	with := func(change func(*cors.Request)) cors.Request {
		r := get
		change(&r)
		return r
	}
	method := func(name string) cors.Request { return with(func(r *cors.Request) { r.Method = name }) }
	sends := func(list ...cors.Header) cors.Request { return with(func(r *cors.Request) { r.Headers = list }) }
	include := func(r cors.Request) cors.Request {
		r.Credentials = cors.CredentialsInclude
		return r
	}
	allowed := answer(http.StatusOK, cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "true")
	// of adds to what every preflight response here has.
	of := func(pairs ...string) cors.Response {
		return answer(http.StatusNoContent, append([]string{cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "true"}, pairs...)...)
	}
	lists := func(methods, names string) cors.Response {
		return of(cors.HeaderAllowMethods, methods, cors.HeaderAllowHeaders, names)
	}
	simple := func(about string, r cors.Request, actual cors.Response) {
		out = append(out, givenAnswer{about: about, request: r, actual: actual})
	}
	asks := func(about string, r cors.Request, preflight cors.Response) {
		out = append(out, givenAnswer{about, r, preflight, allowed})
	}
	long := strings.Repeat("a", 129)
	x, token := cors.Header{Name: "X-Id", Value: "1"}, cors.Header{Name: "Authorization", Value: "Bearer 1"}

	// What the page asks for.
	simple("a method that is not a token", method("GE T"), allowed)
	simple("a method that no page may send", method("CONNECT"), allowed)
	simple("get is sent as GET", method("get"), allowed)
	asks("put is sent as PUT", method("put"), lists("PUT", ""))
	simple("a header whose name is not a token", sends(cors.Header{Name: "X Id", Value: "1"}), allowed)
	simple("a header whose value has a line break", sends(cors.Header{Name: "X-Id", Value: "a\nb"}), allowed)
	simple("a header that only a browser sends is dropped", sends(cors.Header{Name: "Cookie", Value: "a=b"}), allowed)
	simple("a forbidden method in an override is dropped", sends(cors.Header{Name: "X-HTTP-Method-Override", Value: "TRACE"}), allowed)
	simple("a URL with a password", with(func(r *cors.Request) { r.URL = "https://a:b@api.example.net/" }), allowed)
	simple("a URL that is not HTTP", with(func(r *cors.Request) { r.URL = "ftp://api.example.net/" }), allowed)
	simple("a page of the same origin", with(func(r *cors.Request) { r.Origin = vectorsAPI }), answer(http.StatusOK, "X-Id", "1"))
	simple("a page of the same origin needs no preflight", with(func(r *cors.Request) { r.Origin, r.Method = vectorsAPI, "PUT" }), answer(http.StatusForbidden))
	simple("a subdomain is another origin", with(func(r *cors.Request) { r.Origin = "https://www.api.example.net" }), answer(http.StatusOK))
	simple("another scheme is another origin", with(func(r *cors.Request) { r.Origin = "http://api.example.net" }), answer(http.StatusOK))

	// What needs a preflight.
	simple("an Accept of 128 bytes", sends(cors.Header{Name: "Accept", Value: long[1:]}), allowed)
	asks("an Accept of 129 bytes", sends(cors.Header{Name: "Accept", Value: long}), lists("GET", "accept"))
	asks("an Accept with an unsafe byte", sends(cors.Header{Name: "Accept", Value: "{}"}), lists("GET", "Accept"))
	simple("an Accept-Language", sends(cors.Header{Name: "Accept-Language", Value: "de-DE, en;q=0.5, *"}), allowed)
	asks("an Accept-Language with an underscore", sends(cors.Header{Name: "Accept-Language", Value: "de_DE"}), lists("GET", "Accept-Language"))
	for _, media := range []string{"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "TEXT/PLAIN;charset=utf-8"} {
		simple("a CORS-safelisted content type", sends(cors.Header{Name: "Content-Type", Value: media}), allowed)
	}
	for _, media := range []string{"application/json", "text/plain, application/json", "text"} {
		asks("another content type", sends(cors.Header{Name: "Content-Type", Value: media}), lists("GET", "Content-Type"))
	}
	simple("a simple range", sends(cors.Header{Name: "Range", Value: "bytes=0-499"}), allowed)
	asks("a range of a suffix", sends(cors.Header{Name: "Range", Value: "bytes=-500"}), lists("GET", "range"))
	asks("CORS-safelisted headers of more than 1024 bytes", with(func(r *cors.Request) {
		for range 9 {
			r.Headers = append(r.Headers, cors.Header{Name: "Accept", Value: long[1:]})
		}
	}), lists("GET", "accept"))

	// The CORS check, on either response.
	for _, c := range []struct {
		about   string
		headers []string
	}{
		{"no Access-Control-Allow-Origin", nil},
		{"any origin", []string{cors.HeaderAllowOrigin, "*"}},
		{"the origin", []string{cors.HeaderAllowOrigin, origin}},
		{"another origin", []string{cors.HeaderAllowOrigin, "https://other.example.com"}},
		{"an empty Access-Control-Allow-Origin", []string{cors.HeaderAllowOrigin, ""}},
		{"the origin with a slash", []string{cors.HeaderAllowOrigin, origin + "/"}},
		{"the origin in upper case", []string{cors.HeaderAllowOrigin, "https://APP.example.com"}},
		{"the origin with its port", []string{cors.HeaderAllowOrigin, origin + ":443"}},
		{"the origin without its scheme", []string{cors.HeaderAllowOrigin, "app.example.com"}},
		{"a pattern", []string{cors.HeaderAllowOrigin, "https://*.example.com"}},
		{"null", []string{cors.HeaderAllowOrigin, "null"}},
		{"two origins in a header", []string{cors.HeaderAllowOrigin, origin + ", https://other.example.com"}},
		{"two origins apart by a blank", []string{cors.HeaderAllowOrigin, origin + " https://other.example.com"}},
		{"two headers", []string{cors.HeaderAllowOrigin, origin, cors.HeaderAllowOrigin, origin}},
		{"a quoted origin", []string{cors.HeaderAllowOrigin, "'" + origin + "'"}},
		{"credentials", []string{cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "true"}},
		{"credentials in another case", []string{cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "True"}},
		{"credentials that are false", []string{cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "false"}},
		{"credentials for any origin", []string{cors.HeaderAllowOrigin, "*", cors.HeaderAllowCredentials, "true"}},
	} {
		for _, r := range []cors.Request{get, include(get)} {
			simple("response: "+c.about, r, answer(http.StatusOK, c.headers...))
			r.Method = "DELETE"
			asks("preflight response: "+c.about, r, answer(http.StatusNoContent, append([]string{cors.HeaderAllowMethods, "DELETE"}, c.headers...)...))
		}
	}
	simple("the origin null", with(func(r *cors.Request) { r.Origin = "null" }), answer(http.StatusOK, cors.HeaderAllowOrigin, "null"))
	simple("no response", get, cors.Response{})
	asks("no response to the preflight", method("PUT"), cors.Response{})
	simple("an error that the page can read", get, answer(http.StatusInternalServerError, cors.HeaderAllowOrigin, "*"))

	// The rest of the preflight response.
	for _, status := range []int{200, 201, 204, 206, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 405, 500, 502, 503} {
		preflight := lists("PUT", "")
		preflight.Status = status
		asks("a preflight's status", method("PUT"), preflight)
	}
	for _, status := range []int{301, 302, 303, 307, 308} {
		preflight := lists("PUT", "")
		preflight.Status = status
		preflight.Headers = append(preflight.Headers, cors.Header{Name: "Location", Value: "https://elsewhere.example/"})
		asks("a preflight that leads elsewhere", method("PUT"), preflight)
	}
	asks("a preflight that leads elsewhere and says nothing of CORS", method("PUT"), answer(http.StatusMovedPermanently, "Location", "https://elsewhere.example/"))
	asks("a preflight that leads elsewhere and allows another page", method("PUT"), answer(http.StatusFound, cors.HeaderAllowOrigin, "https://other.example", "Location", "https://elsewhere.example/"))
	asks("a preflight that leads elsewhere without credentials", include(method("PUT")), answer(http.StatusFound, cors.HeaderAllowOrigin, origin, "Location", "https://elsewhere.example/"))
	asks("a preflight that leads elsewhere, * with credentials", include(method("PUT")), answer(http.StatusFound, cors.HeaderAllowOrigin, "*", "Location", "https://elsewhere.example/"))
	for _, methods := range []string{"PUT", "GET, PUT", "GET,PUT,", "put", "*", "GET", "", "PUT;", "P UT", "*, GET"} {
		asks("a list of methods", method("PUT"), lists(methods, ""))
		asks("a list of methods", include(method("PUT")), lists(methods, ""))
	}
	asks("no list of methods", method("PUT"), of())
	asks("a safelisted method needs no list", sends(x), of(cors.HeaderAllowHeaders, "X-Id"))
	asks("patch is not PATCH", method("patch"), lists("PATCH", ""))
	asks("a method of one's own", method("PURGE"), lists("PURGE", ""))
	asks("two lists of methods", method("PUT"), of(cors.HeaderAllowMethods, "GET", cors.HeaderAllowMethods, "PUT"))
	for _, names := range []string{"X-Id", "x-id", "Content-Type,X-ID", "*", "Content-Type", "", "X-Id; *", "X Id", "*, X-Id"} {
		asks("a list of headers", sends(x), lists("GET", names))
		asks("a list of headers", include(sends(x)), lists("GET", names))
	}
	asks("no list of headers", sends(x), of())
	for _, names := range []string{"*", "Authorization", "*, Authorization", "X-Id"} {
		asks("a list of headers for Authorization", sends(token), lists("GET", names))
		asks("a list of headers for Authorization", include(sends(token)), lists("GET", names))
	}
	asks("several headers, one missing", sends(x, token, cors.Header{Name: "X-Other", Value: "1"}), lists("GET", "X-Id, Authorization"))
	asks("several headers", sends(x, token, cors.Header{Name: "X-Other", Value: "1"}), lists("GET", "X-Other, X-Id, Authorization"))
	for _, age := range []string{"0", "600", "86400", "999999999999", "-1", "1h", "600, 600", ""} {
		asks("a time to cache", method("PUT"), of(cors.HeaderAllowMethods, "PUT", cors.HeaderMaxAge, age))
	}

	// What the page reads.
	reads := func(about, names string) {
		for _, r := range []cors.Request{get, include(get)} {
			response := answer(http.StatusOK, cors.HeaderAllowOrigin, origin, cors.HeaderAllowCredentials, "true", "ETag", `"1"`, "X-Id", "1", "Content-Language", "en", "Set-Cookie", "a=b")
			if names != "" {
				response.Headers = append(response.Headers, cors.Header{Name: cors.HeaderExposeHeaders, Value: names})
			}
			simple(about, r, response)
		}
	}
	reads("no list of exposed headers", "")
	reads("an exposed header", "etag")
	reads("exposed headers", "X-Id, ETag, Missing")
	reads("any exposed header", "*")
	reads("an exposed header beside any", "*, ETag")
	reads("a list of exposed headers that is none", "X Id")
	reads("what no page reads", "Set-Cookie")
	simple("a redirect", get, answer(http.StatusFound, cors.HeaderAllowOrigin, origin, "Location", "/elsewhere"))
	simple("a redirect that may not be shared", get, answer(http.StatusFound, "Location", "/elsewhere"))
	return out
}

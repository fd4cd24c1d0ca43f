package cors_test

import (
	"testing"

	"apigw-cors/generator/cors"
)

const page = "https://app.example.com"

func respond(status int, headers ...string) cors.Response {
	r := cors.Response{Status: status}
	for i := 0; i < len(headers); i += 2 {
		r.Headers = append(r.Headers, cors.Header{Name: headers[i], Value: headers[i+1]})
	}
	return r
}

func TestCheck(t *testing.T) {
	const origin, credentials = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
	tests := []struct {
		desc     string
		mode     cors.CredentialsMode
		response cors.Response
		passed   bool
		cause    cors.Cause
	}{
		{"no response at all", "", cors.Response{}, false, cors.NetworkError},
		{"step 2: no header", "", respond(200), false, cors.AllowOriginMissing},
		{"step 3: * without credentials", "", respond(200, origin, "*"), true, cors.AllowOriginAny},
		{"step 3: * with mode same-origin", cors.CredentialsSameOrigin, respond(200, origin, "*"), true, cors.AllowOriginAny},
		{"step 3: * with mode omit", cors.CredentialsOmit, respond(200, origin, "*"), true, cors.AllowOriginAny},
		{"step 4: * with credentials is one origin among others", cors.CredentialsInclude,
			respond(200, origin, "*", credentials, "true"), false, cors.AllowOriginAnyWithCredentials},
		{"step 4: the origin", "", respond(200, origin, page), true, cors.AllowOriginSame},
		{"step 4: the header's name is case-insensitive", "", respond(200, "access-control-allow-origin", page), true, cors.AllowOriginSame},
		{"step 4: another origin", "", respond(200, origin, "https://example.com"), false, cors.AllowOriginOther},
		{"step 4: another port", "", respond(200, origin, page+":8443"), false, cors.AllowOriginOther},
		{"step 4: another scheme", "", respond(200, origin, "http://app.example.com"), false, cors.AllowOriginOther},
		{"step 4: a trailing slash", "", respond(200, origin, page+"/"), false, cors.AllowOriginOther},
		{"step 4: the default port", "", respond(200, origin, page+":443"), false, cors.AllowOriginOther},
		{"step 4: an upper-case host", "", respond(200, origin, "https://App.example.com"), false, cors.AllowOriginOther},
		{"step 4: a list is no origin", "", respond(200, origin, page+", https://example.com"), false, cors.AllowOriginOther},
		{"step 4: nor are two headers, be they equal", "", respond(200, origin, page, origin, page), false, cors.AllowOriginOther},
		{"step 4: a subdomain wildcard matches nothing", "", respond(200, origin, "https://*.example.com"), false, cors.AllowOriginOther},
		{"step 4: an empty value", "", respond(200, origin, ""), false, cors.AllowOriginOther},
		{"step 5: without credentials the other header does not count", "", respond(200, origin, page, credentials, "false"), true, cors.AllowOriginSame},
		{"step 7: true", cors.CredentialsInclude, respond(200, origin, page, credentials, "true"), true, cors.AllowCredentialsTrue},
		{"step 8: missing", cors.CredentialsInclude, respond(200, origin, page), false, cors.AllowCredentialsMissing},
		{"step 8: case-sensitive", cors.CredentialsInclude, respond(200, origin, page, credentials, "True"), false, cors.AllowCredentialsOther},
		{"step 8: false", cors.CredentialsInclude, respond(200, origin, page, credentials, "false"), false, cors.AllowCredentialsOther},
		{"step 8: twice", cors.CredentialsInclude, respond(200, origin, page, credentials, "true", credentials, "true"), false, cors.AllowCredentialsOther},
		{"the status plays no part", "", respond(500, origin, page), true, cors.AllowOriginSame},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			got := cors.Check(cors.Request{Origin: page, Credentials: tt.mode}, tt.response)
			if got.Cause != tt.cause || (got.Decision == cors.Passed) != tt.passed || got.Decision == cors.Noted {
				t.Errorf("got %s, %s: %s", got.Decision, got.Cause, got.Detail())
			}
		})
	}
	t.Run("an opaque origin is null, and matches null only", func(t *testing.T) {
		for value, want := range map[string]cors.Decision{"null": cors.Passed, page: cors.Refused, "*": cors.Passed} {
			if got := cors.Check(cors.Request{Origin: "null"}, respond(200, origin, value)); got.Decision != want {
				t.Errorf("%s: got %s", value, got.Decision)
			}
		}
	})
}

func TestReadable(t *testing.T) {
	const expose = "Access-Control-Expose-Headers"
	tests := []struct {
		desc   string
		mode   cors.CredentialsMode
		expose string
		cause  cors.Cause
		want   string
	}{
		{"the safelisted names need no exposing", "", "", cors.ExposedNone, "[content-type]"},
		{"exposed by name, in whatever case", "", "x-request-ID, ETag", cors.ExposedNames, "[content-type etag x-request-id]"},
		{"by * without credentials", "", "*", cors.ExposedAny, "[access-control-allow-credentials access-control-allow-origin access-control-expose-headers content-type etag x-request-id]"},
		{"* with credentials is a name", cors.CredentialsInclude, "*", cors.ExposeAnyWithCredentials, "[content-type]"},
		{"* with credentials beside a name", cors.CredentialsInclude, "*,ETag", cors.ExposeAnyWithCredentials, "[content-type etag]"},
		{"no list of names counts as none", "", "ETag X-Request-Id", cors.InvalidExposeHeaders, "[content-type]"},
		{"Set-Cookie never", "", "Set-Cookie", cors.ExposedNames, "[content-type]"},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			r := respond(200, "Access-Control-Allow-Origin", page, "Access-Control-Allow-Credentials", "true",
				"Content-Type", "text/plain", "ETag", `"1"`, "X-Request-Id", "1", "Set-Cookie", "a=b")
			if tt.expose != "" {
				r.Headers = append(r.Headers, cors.Header{Name: expose, Value: tt.expose})
			}
			trace := fetch(cors.Request{Credentials: tt.mode}, r)
			last := trace.Steps[len(trace.Steps)-1]
			got := trace.Readable
			if tt.mode == cors.CredentialsInclude || tt.cause != cors.ExposedAny {
				got = without(got, "access-control-")
			}
			if last.Cause != tt.cause || sprint(got) != tt.want {
				t.Errorf("got %v, %s", got, last.Cause)
			}
		})
	}
}

package cors_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
)

// safe is what nothing downstream needs to escape.
var safe = regexp.MustCompile(`^(\*|[a-z][a-z0-9.-]*://(\*|(\*\.)?[a-z0-9._-]+|\[[0-9a-f:]+\])(:(\*|[1-9][0-9]{0,4}))?)$`)

func FuzzParseOriginPattern(f *testing.F) {
	for _, tt := range acceptedOrigins() {
		f.Add(tt.raw)
	}
	for _, tt := range refusedOrigins() {
		f.Add(tt.raw)
	}
	f.Add("https://Example.com./,")
	f.Fuzz(func(t *testing.T, raw string) {
		p, advice, err := cors.ParseOriginPattern(raw)
		for _, a := range advice {
			if a.Detail == "" || a.Hint == "" {
				t.Errorf("advice without words: %+v", a)
			}
		}
		if err != nil {
			checkRefusal(t, err, raw)
			return
		}
		s := p.String()
		if !safe.MatchString(s) || len(s) > 512 {
			t.Fatalf("%q is accepted as %q", raw, s)
		}
		again, advice, err := cors.ParseOriginPattern(s)
		if err != nil || again != p {
			t.Fatalf("%q parses to %q, %v", s, again, err)
		}
		for _, a := range advice {
			if a.Code == "origin-normalised" {
				t.Errorf("the normal form %q is normalised", s)
			}
		}
		o, err := cors.ParseOrigin(s)
		if (err == nil) != (p.Kind() == cors.Exact) {
			t.Errorf("ParseOrigin(%q) = %q, %v", s, o, err)
		}
		if err == nil && (o.String() != s || !p.Matches(s)) {
			t.Errorf("%q does not match itself", s)
		}
		for _, port := range []string{"", ":1", ":8443"} {
			for _, host := range []string{"x", "a.b", "localhost", "example.com", "x.example.com", "127.0.0.1", "[::1]"} {
				header := "https://" + host + port
				if p.Matches(header) != standsFor(s, header) || p.Rule().Matches(header) != standsFor(s, header) {
					t.Errorf("%q matches %q: got %t", s, header, p.Matches(header))
				}
			}
		}
		derived := strings.ReplaceAll(strings.ReplaceAll(s, "*.", "x.y."), ":*", ":1")
		if !strings.Contains(derived, "*") && !p.Matches(derived) {
			t.Errorf("%q does not match %q", s, derived)
		}
		if derived != "*" && p.Kind() != cors.AnyOrigin && (p.Matches(derived+"/") || p.Matches("x"+derived)) {
			t.Errorf("%q matches more than %q", s, derived)
		}
	})
}

// checkRefusal also holds the correction to be one.
func checkRefusal(t *testing.T, err error, raw string) {
	t.Helper()
	var f *cors.FieldError
	if !errors.As(err, &f) {
		t.Fatalf("%q: got %T", raw, err)
	}
	if f.Detail == "" || f.Hint == "" || f.Value != raw {
		t.Errorf("%q: got %+v", raw, f)
	}
	if f.Fix == "" {
		return
	}
	if p, _, err := cors.ParseOriginPattern(f.Fix); err != nil || p.String() != f.Fix {
		t.Errorf("%q: the fix %q parses to %q, %v", raw, f.Fix, p, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range policies() {
		c := tt.config
		f.Add(strings.Join(c.AllowOrigins, "|"), strings.Join(c.AllowMethods, "|"), strings.Join(c.AllowHeaders, "|"),
			strings.Join(c.ExposeHeaders, "|"), c.AllowCredentials, c.MaxAge)
	}
	f.Add("https://*|null|*|https://a.com,https://b.com", "*|ANY|get|TRACE|GTE", "*|Cookie|X'|X:1| X", "*|Set-Cookie|ETag", true, "-1")
	f.Fuzz(func(t *testing.T, origins, methods, allow, expose string, credentials bool, maxAge string) {
		c := cors.Config{
			AllowOrigins: split(origins), AllowMethods: split(methods), AllowHeaders: split(allow), ExposeHeaders: split(expose),
			AllowCredentials: credentials, MaxAge: maxAge,
		}
		p, advice, err := cors.Parse(c)
		for _, a := range advice {
			if a.Detail == "" || a.Hint == "" {
				t.Errorf("advice without words: %+v", a)
			}
		}
		if err == nil {
			checkNormalForm(t, p)
			return
		}
		faults := cors.Faults(err)
		if len(faults) == 0 {
			t.Fatalf("got %T", err)
		}
		for _, f := range faults {
			if f.Detail == "" || f.Hint == "" {
				t.Errorf("a fault without words: %+v", f)
			}
			checkFix(t, f)
		}
	})
}

// checkFix holds a correction to be a valid value; whether a page may use it is
// another matter.
func checkFix(t *testing.T, f *cors.FieldError) {
	t.Helper()
	if f.Fix == "" {
		return
	}
	c := cors.Config{AllowOrigins: []string{"https://example.com"}}
	switch f.Field {
	case "allowOrigins":
		c.AllowOrigins = []string{f.Fix}
	case "allowMethods":
		c.AllowMethods = []string{f.Fix}
	case "allowHeaders":
		c.AllowHeaders = []string{f.Fix}
	case "exposeHeaders":
		c.ExposeHeaders = []string{f.Fix}
	case "maxAge":
		c.MaxAge = f.Fix
	}
	_, _, err := cors.Parse(c)
	for _, second := range cors.Faults(err) {
		if second.Fix != "" || second.Reason == cors.Invalid || f.Field == "allowOrigins" {
			t.Errorf("%v: the fix %q is no better: %v", f, f.Fix, second)
		}
	}
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

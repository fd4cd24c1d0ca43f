package cors_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"apigw-cors/generator/cors"
)

func mustMethod(t *testing.T, s string) cors.Method {
	t.Helper()
	m, err := cors.ParseMethod(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func mustHeaderName(t *testing.T, s string) cors.HeaderName {
	t.Helper()
	n, err := cors.ParseHeaderName(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestMethods(t *testing.T) {
	get, put, patch := mustMethod(t, "GET"), mustMethod(t, "PUT"), mustMethod(t, "patch")
	l := cors.NewMethods(false, put, get, put)
	if got := l.Strings(); !slices.Equal(got, []string{"PUT", "GET"}) {
		t.Errorf("got %q", got)
	}
	if !l.Contains(get) || l.Contains(patch) || l.Any() || l.Empty() {
		t.Error("the list is not PUT and GET")
	}
	if cors.NewMethods(false, mustMethod(t, "PATCH")).Contains(patch) {
		t.Error("methods are case-sensitive")
	}
	every := cors.NewMethods(true)
	if !every.Contains(patch) || !every.Any() || every.Empty() || !slices.Equal(every.Strings(), []string{"*"}) {
		t.Error("`*` does not cover everything")
	}
	union := cors.NewMethods(false, get).Union(l)
	if got := union.Strings(); !slices.Equal(got, []string{"GET", "PUT"}) || !l.Union(every).Any() {
		t.Errorf("got %q", got)
	}
}

func TestHeaderNames(t *testing.T) {
	etag := mustHeaderName(t, "ETag")
	l := cors.HeaderNames{}.With(etag, mustHeaderName(t, "etag"), mustHeaderName(t, "X-A"))
	if got := l.Strings(); !slices.Equal(got, []string{"ETag", "X-A"}) {
		t.Errorf("got %q", got)
	}
	if !l.Contains(mustHeaderName(t, "ETAG")) || l.Contains(mustHeaderName(t, "X-B")) || l.Any() || l.Empty() {
		t.Error("the list is not ETag and X-A")
	}
}

func TestParseNamesRefused(t *testing.T) {
	for _, s := range []string{"", "*", "G T", "GET,", "TRACE", "connect", "GÉT", "GET\n"} {
		m, err := cors.ParseMethod(s)
		if f := new(cors.FieldError); !errors.As(err, &f) || f.Value != s || m != (cors.Method{}) {
			t.Errorf("ParseMethod(%q) = %q, %v", s, m, err)
		} else {
			checkFault(t, f)
		}
	}
	for _, s := range []string{"", "*", "X A", "X:", "X-*", "Ä"} {
		n, err := cors.ParseHeaderName(s)
		if f := new(cors.FieldError); !errors.As(err, &f) || f.Value != s || n != (cors.HeaderName{}) {
			t.Errorf("ParseHeaderName(%q) = %q, %v", s, n, err)
		} else {
			checkFault(t, f)
		}
	}
}

func TestSimilarMethod(t *testing.T) {
	for name, want := range map[string]string{
		"GTE": "GET", "gett": "GET", "DELET": "DELETE", "PSOT": "POST", "OPTION": "OPTIONS", "PATCHH": "PATCH",
		"GET": "", "PROPFIND": "", "": "", "X": "",
	} {
		if m, ok := cors.SimilarMethod(name); m.String() != want || ok != (want != "") {
			t.Errorf("%q: got %q", name, m)
		}
	}
}

func TestFaults(t *testing.T) {
	a, b := &cors.FieldError{Field: "a", Index: -1}, &cors.FieldError{Field: "b", Index: 2}
	err := fmt.Errorf("reading: %w", errors.Join(a, errors.New("other"), errors.Join(b)))
	if got := cors.Faults(err); !slices.Equal(got, []*cors.FieldError{a, b}) {
		t.Errorf("got %v", got)
	}
	if cors.Faults(nil) != nil {
		t.Error("nil has faults")
	}
	if a.Path() != "a" || b.Path() != "b[2]" {
		t.Errorf("got paths %q and %q", a.Path(), b.Path())
	}
}

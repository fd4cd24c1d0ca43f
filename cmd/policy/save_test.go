package policy

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// goldenPolicies are the policies of the golden cases.
func goldenPolicies(t *testing.T) map[string]gateway.API {
	t.Helper()
	files, err := filepath.Glob("../../golden/*/cors.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden case", err)
	}
	all := map[string]gateway.API{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := newDocuments(file, f).next()
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
		var r report.Report
		api, ok := s.Parse(&r)
		if !ok {
			t.Fatal(file, r.Faults)
		}
		all[filepath.Base(filepath.Dir(file))] = api
	}
	return all
}

// TestSavedPolicy: what is saved is read back as the same API, and a second
// saving gives the same bytes.
func TestSavedPolicy(t *testing.T) {
	for name, api := range goldenPolicies(t) {
		t.Run(name, func(t *testing.T) {
			text, err := Encode(api)
			if err != nil {
				t.Fatal(err)
			}
			s, err := newDocuments("cors.yaml", strings.NewReader(string(text))).next()
			if err != nil {
				t.Fatal(err)
			}
			var r report.Report
			again, ok := s.Parse(&r)
			if !ok || !reflect.DeepEqual(api.Config(), again.Config()) {
				t.Fatalf("read back as\n%+v, want\n%+v\n%s%+v", again.Config(), api.Config(), text, r.Faults)
			}
			if second, err := Encode(again); err != nil || string(second) != string(text) {
				t.Errorf("saved again as\n%s, first\n%s", second, text)
			}
		})
	}
}

// TestSavedPolicyHasEveryKey, in the order of the fields.
func TestSavedPolicyHasEveryKey(t *testing.T) {
	var keys []string
	for i := range reflect.TypeFor[savedPolicy]().NumField() {
		key, _, _ := strings.Cut(reflect.TypeFor[savedPolicy]().Field(i).Tag.Get("yaml"), ",")
		keys = append(keys, key)
	}
	var want []string
	for _, f := range Fields() {
		want = append(want, f.Key)
	}
	if !reflect.DeepEqual(keys, want) {
		t.Errorf("saves %q, want %q", keys, want)
	}
}

// TestWordsOfFields: what is shown of an answer can be typed to give it.
func TestWordsOfFields(t *testing.T) {
	for name, api := range goldenPolicies(t) {
		config := api.Config()
		var again gateway.Config
		for _, f := range Fields() {
			f.SetWords(&again, f.Words(&config))
		}
		if !reflect.DeepEqual(config, again) {
			t.Errorf("%s: %+v, want %+v", name, again, config)
		}
	}
}

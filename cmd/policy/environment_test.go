package policy

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
)

// TestEnvironments: what an environment has of its own takes the place of what
// all share, as a whole.
func TestEnvironments(t *testing.T) {
	const text = `
environments:
  dev: {allowOrigins: ["http://localhost:*"], allowAdvice: [], allowCredentials: false}
  prod: {name: Live, allowMethods: [PUT], maxAge: 60}
  test: {}
api: rest
allowOrigins: [https://a.example, https://b.example]
allowMethods: [GET, POST]
allowCredentials: true
allowAdvice: [default-paths]
`
	all := readAll(t, text)
	if err := refusal(t, compiled(t), text); err != nil {
		t.Error("an editor marks it:", err)
	}
	var names []string
	for _, s := range all {
		var r report.Report
		if _, ok := s.Parse(&r); !ok {
			t.Errorf("%s: %+v", s.Environment, r.Faults)
		}
		names = append(names, s.Environment)
	}
	if want := []string{"dev", "prod", "test"}; !slices.Equal(names, want) {
		t.Fatalf("got %q, want %q", names, want)
	}
	shared := gateway.Config{API: "rest"}
	shared.AllowOrigins = []string{"https://a.example", "https://b.example"}
	shared.AllowMethods, shared.AllowCredentials = []string{"GET", "POST"}, true
	dev, prod := shared, shared
	dev.AllowOrigins, dev.AllowCredentials = []string{"http://localhost:*"}, false
	prod.Name, prod.AllowMethods, prod.MaxAge = "Live", []string{"PUT"}, "60"
	for i, want := range []gateway.Config{dev, prod, shared} {
		if !reflect.DeepEqual(all[i].Config, want) {
			t.Errorf("%s:\n%+v, want\n%+v", names[i], all[i].Config, want)
		}
	}
	if len(all[0].AllowAdvice) != 0 || !slices.Equal(all[1].AllowAdvice, []string{"default-paths"}) {
		t.Errorf("allowAdvice: %q and %q", all[0].AllowAdvice, all[1].AllowAdvice)
	}
	if got := EnvironmentNames([]byte(text + "---\nenvironments: {prod: {}, extra: {}}\n")); !slices.Equal(got, append(names, "extra")) {
		t.Errorf("completed: %q", got)
	}
}

// TestEnvironmentPlaces: a fault stands where its value does, in an environment
// or at the top, and is told once with those in which it holds.
func TestEnvironmentPlaces(t *testing.T) {
	const text = `api: rest
maxAge: 1y
environments:
  dev:
    allowOrigins: [https://a.example, b.example]
  prod: {}
`
	var r report.Report
	for _, s := range readAll(t, text) {
		s.Parse(&r)
	}
	var got []string
	for _, f := range r.Faults {
		got = append(got, f.Place.String())
	}
	want := []string{
		"cors.yaml:1:1: allowMethods (dev, prod)",
		"cors.yaml:2:9: maxAge (dev, prod)",
		"cors.yaml:5:39: environments.dev.allowOrigins[1]",
		"cors.yaml:6:3: environments.prod.allowOrigins",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestEnvironmentFaults: what is wrong with the way environments are written is
// told all at once, whichever is asked for.
func TestEnvironmentFaults(t *testing.T) {
	const shared = "api: http\nallowOrigins: [https://a.example]\nallowMethods: [GET]\nenvironments: "
	for _, tt := range []struct {
		desc, environments string
		want               []string
	}{
		{"no value", "", []string{"4:14: environments: no value, where a mapping from names to the keys that differ belongs"}},
		{"a list", "[dev, prod]", []string{"4:15: environments: not a mapping from names to the keys that differ but a list"}},
		{"none", "{}", []string{"4:15: environments: no environment in it"}},
		{"unknown keys", "{dev: {allowOrigin: []}, prod: {stage: prod}}", []string{
			"4:22: environments.dev.allowOrigin: unknown key", "4:47: environments.prod.stage: unknown key",
		}},
		{"an environment without a value", "{dev: , prod: {}}", []string{"4:21: environments.dev: no value, where a mapping of the keys that differ belongs"}},
		{"an environment that is a list", "{dev: [], prod: {}}", []string{"4:21: environments.dev: not a mapping"}},
		{"twice", "{dev: {}, dev: {}}", []string{"4:25: environments.dev: given twice, first at cors.yaml:4:16"}},
		{"folders that some file systems take for one", "{Dev: {}, dev: {}}", []string{"4:25: environments.dev: given twice, first at cors.yaml:4:16"}},
		{"a key twice", "{dev: {auth: iam, auth: none}}", []string{"4:33: environments.dev.auth: given twice, first at cors.yaml:4:22"}},
		{"nested", "{dev: {environments: {eu: {}}}}", []string{"4:36: environments.dev.environments: it stands at the top of a document"}},
		{"the word for all", "{all: {}}", []string{"4:16: environments.all: the word for every environment"}},
		{"names that are not", `{"../up": {}, 1: {}, a_b: {}, "": {}, [x]: {}}`, []string{
			"4:16: environments.../up: not the name of an environment", "4:29: environments.?: not the name of an environment",
			"4:36: environments.a_b: not the name of an environment", "4:45: environments.: not the name of an environment",
			"4:53: environments.?: not the name of an environment",
		}},
		{"merge keys", "{<<: {}, dev: {<<: {}}}", []string{"4:16: environments.?: not the name of an environment", "4:30: environments.dev.<<: a merge key"}},
		{"codes of advice", "{dev: {allowAdvice: [nothing]}}", []string{"4:36: environments.dev.allowAdvice[0]: no such code of advice"}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			d, err := newDocuments("cors.yaml", strings.NewReader(shared+tt.environments+"\n")).next()
			if err != nil {
				t.Fatal(err)
			}
			for _, environment := range []string{"", "prod", AllEnvironments} {
				sources, err := d.in(environment)
				if err != nil {
					if environment != AllEnvironments && !slices.Contains(d.names(), environment) && len(d.shared.Faults) == 0 {
						continue
					}
					t.Fatal(err)
				}
				var r report.Report
				for _, s := range sources {
					s.Parse(&r)
				}
				if len(r.Faults) != len(tt.want) {
					t.Fatalf("%q: got %+v, want %q", environment, r.Faults, tt.want)
				}
				for i, f := range r.Faults {
					if got := strings.TrimPrefix(f.Place.String(), "cors.yaml:") + ": " + f.Detail; !strings.HasPrefix(got, tt.want[i]) {
						t.Errorf("%q: got %s, want %s", environment, got, tt.want[i])
					}
				}
			}
		})
	}
}

// TestEnvironmentChoice: without a name, or with one that is not there, nothing
// is chosen, and the names are told.
func TestEnvironmentChoice(t *testing.T) {
	const policy = "api: http\nallowOrigins: [https://a.example]\nallowMethods: [GET]\n"
	const three = policy + "environments: {dev: {}, staging: {}, prod: {}}\n"
	for _, tt := range []struct{ desc, text, environment, problem, hint string }{
		{"none is named", three, "", "cors.yaml:1:1: it has environments, and none is named", "name one with --environment: dev, staging, prod"},
		{"a slip of the finger", three, "stagng", `--environment: "stagng": cors.yaml:1:1 has no such environment`, "did you mean staging?"},
		{"another name", three, "qa", `--environment: "qa": cors.yaml:1:1 has no such environment`, "it has dev, staging, prod"},
		{"another case", three, "Prod", `--environment: "Prod": cors.yaml:1:1 has no such environment`, "did you mean prod?"},
		{"no environments", policy, "prod", `--environment: "prod": cors.yaml:1:1 has no environments`, "leave --environment out"},
		{"all of none", policy, "all", `--environment: "all": cors.yaml:1:1 has no environments`, "leave --environment out"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			d, err := newDocuments("cors.yaml", strings.NewReader(tt.text)).next()
			if err != nil {
				t.Fatal(err)
			}
			_, err = d.in(tt.environment)
			var usage *report.UsageError
			if !errors.As(err, &usage) || usage.Problem != tt.problem || !strings.HasPrefix(usage.Hints[0], tt.hint) {
				t.Errorf("got %+v, want %s, %s", err, tt.problem, tt.hint)
			}
		})
	}
}

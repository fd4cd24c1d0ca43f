package generator

import (
	"path"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/gateway"
)

// What a format says of itself is so.
func TestFormatsSayWhatTheyAre(t *testing.T) {
	for _, f := range Formats() {
		var languages []string
		for desc, c := range policies() {
			files, _, err := Render(parsed(t, c), f, Options{Standalone: true})
			if err != nil {
				t.Errorf("%s: %s: %v", desc, f.Name, err)
			}
			for _, file := range files {
				languages = append(languages, strings.TrimPrefix(path.Ext(file.Path), "."))
				if !strings.HasPrefix(file.Path, f.Name+"/") {
					t.Errorf("%s renders %s", f.Name, file.Path)
				}
			}
		}
		slices.Sort(languages)
		if want := slices.Sorted(slices.Values(f.Languages)); !slices.Equal(slices.Compact(languages), want) {
			t.Errorf("%s renders %q and says %q", f.Name, slices.Compact(languages), want)
		}
		if f.Function != slices.Contains(f.Proofs, Handlers) || f.Function && f.Redeploy != "" {
			t.Errorf("%s: a function runs in its runtime, and is not deployed with the API: %+v", f.Name, f)
		}
		if found, ok := ParseFormat(f.Name); !ok || found.Name != f.Name || f.Summary == "" {
			t.Errorf("%s: no such format, or no summary", f.Name)
		}
	}
}

// chosen is one choice.
func chosen(t *testing.T, o Option, value string) []Choice {
	t.Helper()
	c, err := o.Choose(value)
	if err != nil {
		t.Fatal(err)
	}
	return []Choice{c}
}

// An option has a default and another value, each of which renders, and a name
// that says whose it is. A choice of it stands in the command of its format
// alone.
func TestOptionsBelongToTheirFormat(t *testing.T) {
	api := parsed(t, policy(func(*gateway.Config) {}))
	seen := map[string]bool{}
	for _, f := range Formats() {
		for _, option := range f.Options {
			if seen[option.Name] || !strings.HasPrefix(option.Name, f.Name+"-") || len(option.Values) < 2 || option.Title == "" || option.Note == "" || option.Usage == "" || option.Help == "" {
				t.Errorf("%s: %+v", f.Name, option)
			}
			seen[option.Name] = true
			if _, err := option.Choose("no such value"); err == nil {
				t.Errorf("%s takes any value", option.Name)
			}
			for _, value := range option.ValueNames() {
				o := Options{Choices: chosen(t, option, value)}
				files, _, err := Render(api, f, o)
				if err != nil || o.Chosen(option) != value {
					t.Errorf("%s %s: %v", option.Name, value, err)
					continue
				}
				flag := " --" + option.Name + " " + value
				for _, line := range []string{Command(api, []string{f.Name}, o), string(files[0].Content)} {
					if strings.Contains(line, flag) != (value != option.Default()) {
						t.Errorf("%s %s: %s", option.Name, value, line)
					}
				}
				if line := Command(api, []string{"cdk"}, o); strings.Contains(line, flag) {
					t.Errorf("another format's: %s", line)
				}
			}
		}
		if value := (Options{}).Chosen(Option{Values: []OptionValue{{Name: "a"}, {Name: "b"}}}); value != "a" {
			t.Errorf("nothing chosen: %s", value)
		}
	}
	http := parsed(t, policy(func(c *gateway.Config) { c.API = "http" }))
	if line := Command(http, []string{"terraform"}, Options{Choices: chosen(t, terraformPreflight(), preflightGreedy)}); strings.Contains(line, preflightGreedy) {
		t.Errorf("it means nothing for an HTTP API: %s", line)
	}
}

func TestZeroAPIIsRefused(t *testing.T) {
	if Command(gateway.API{}, nil, Options{}) == "" {
		t.Error("no command")
	}
	for _, f := range Formats() {
		if files, _, err := Render(gateway.API{}, f, Options{}); err == nil || files != nil {
			t.Errorf("%s: got %v, %v", f.Name, files, err)
		}
	}
}

func TestZeroFormatIsRefused(t *testing.T) {
	files, _, err := Render(parsed(t, policy(func(*gateway.Config) {})), Format{}, Options{})
	if err == nil || files != nil {
		t.Errorf("got %v, %v", files, err)
	}
}

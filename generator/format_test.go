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

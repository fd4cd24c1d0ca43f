package golden_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// TestEnvironmentsRenderTheCases makes an environment of every case, with half of
// its keys shared and one of the others overridden, beside an environment that
// differs. What is rendered for it is the case to the byte, but for the name in
// the heads: what the tools and the browser made of the case is what they make of
// the environment.
func TestEnvironmentsRenderTheCases(t *testing.T) {
	t.Parallel()
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			keys := c.keys(t)
			shared, live := map[string]any{}, map[string]any{}
			for i, key := range slices.Sorted(maps.Keys(keys)) {
				if i%2 == 0 {
					shared[key] = keys[key]
				} else {
					live[key] = keys[key]
				}
			}
			// The shared value has other entries, none of which may be left.
			live["allowOrigins"], shared["allowOrigins"] = keys["allowOrigins"], []string{"https://shared.example"}
			shared["environments"] = map[string]any{
				"before": map[string]any{"name": "Before", "maxAge": 1}, "live": live, "nothing-else": map[string]any{},
			}
			text, err := yaml.Marshal(shared)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			file := filepath.Join(dir, "cors.yaml")
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			generate(t, append(c.flags, "--file", file, "--environment", "live", "--format", "all", "--standalone", "--out", filepath.Join(dir, "out"))...)
			want := c.files(t)
			maps.DeleteFunc(want, func(path, _ string) bool { return strings.HasPrefix(path, snippetFolder+"/") })
			got := tree(t, filepath.Join(dir, "out"))
			for path, content := range got {
				if content = strings.Replace(content, " --environment live\n", "\n", 1); content != want[path] {
					t.Errorf("%s: %s", path, firstDifference(content, want[path]))
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d files, the case has %d", len(got), len(want))
			}
		})
	}
}

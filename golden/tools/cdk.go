package tools

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Synthesise compiles the CDK apps of many folders, by name, in one run of the
// compiler with the options they were rendered with, and synthesises them in
// one process. It gives the path of each app's template by name, or of each of its
// stacks by both names: app/stack.
func Synthesise(t testing.TB, folders map[string]string) map[string]string {
	t.Helper()
	node := Node(t, "synth.mjs")
	dir := t.TempDir()
	if err := os.Symlink(File(t, "node_modules"), filepath.Join(dir, "node_modules")); err != nil {
		t.Fatal(err)
	}
	var apps, files []string
	var options json.RawMessage
	for name, folder := range folders {
		app := filepath.Join(dir, name, "cdk")
		if err := os.CopyFS(app, os.DirFS(folder)); err != nil {
			t.Fatal(err)
		}
		apps = append(apps, app)
		files = append(files, filepath.Join(app, "app.ts"))
		rendered := compilerOptions(t, filepath.Join(app, "tsconfig.json"))
		if options != nil && string(options) != string(rendered) {
			t.Errorf("%s: the compiler options differ from those of the other cases", name)
		}
		options = rendered
	}
	slices.Sort(apps)
	slices.Sort(files)

	// What the rendered stack does not use would be clutter in a person's
	// editor, so it counts as an error here.
	base := filepath.Join(dir, "base.json")
	WriteFile(t, base, `{"compilerOptions": `+string(options)+`}`)
	config, err := json.Marshal(map[string]any{
		"extends":         base,
		"compilerOptions": map[string]any{"outDir": ".", "rootDir": ".", "noUnusedLocals": true, "noUnusedParameters": true, "noEmitOnError": true},
		"files":           files,
	})
	if err != nil {
		t.Fatal(err)
	}
	WriteFile(t, filepath.Join(dir, "tsconfig.json"), string(config))
	Node(t, "node_modules/typescript/bin/tsc").Run(t, "--project", dir)
	node.Run(t, apps...)

	templates := map[string]string{}
	for name := range folders {
		found, err := filepath.Glob(filepath.Join(dir, name, "cdk", "cdk.out", "*.template.json"))
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: the app made no template", name)
		}
		for _, path := range found {
			key := name
			if len(found) > 1 {
				key += "/" + strings.TrimSuffix(filepath.Base(path), ".template.json")
			}
			templates[key] = path
		}
	}
	return templates
}

func compilerOptions(t testing.TB, tsconfig string) json.RawMessage {
	t.Helper()
	return Decode[struct{ CompilerOptions json.RawMessage }](t, ReadFile(t, tsconfig)).CompilerOptions
}

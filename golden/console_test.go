package golden_test

import (
	"bytes"
	"regexp"
	"testing"

	"apigw-cors/cmd/console"
	"apigw-cors/golden/tools"
)

// TestREADMEConsole: the README's first table is the console's, in part.
func TestREADMEConsole(t *testing.T) {
	lines := regexp.MustCompile("(?m)^\\| ([^|]*'[^|]*|Re[^|]*|Method [^|]*) \\| [^|]* \\| `([^`]*)` \\|$").FindAllSubmatch(tools.ReadFile(t, "../README.md"), -1)
	if len(lines) < 8 {
		t.Fatalf("%d rows", len(lines))
	}
	for _, line := range lines {
		rows := console.Find(string(line[1]))
		if len(rows) == 0 || rows[0].Run != string(bytes.ReplaceAll(line[2], []byte(`\`), nil)) {
			t.Errorf("%s: of %d rows none, or the first has another command than %s", line[1], len(rows), line[2])
		}
	}
}

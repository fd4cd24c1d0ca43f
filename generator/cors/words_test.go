package cors_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestKnowsTheStandardOnly holds the package to the words of Fetch: what AWS
// does with a policy is told by package gateway. Header names are written once.
func TestKnowsTheStandardOnly(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	aws := regexp.MustCompile(`(?i)\b(aws|amazon|api gateway|lambda|cloudformation|mapping template)\b`)
	literal := regexp.MustCompile(`"Access-Control-`)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if word := aws.FindString(line); word != "" {
				t.Errorf("%s:%d: %s", file, i+1, word)
			}
			if file != "header_cors.go" && literal.MatchString(line) {
				t.Errorf("%s:%d: a header name that is not the constant", file, i+1)
			}
		}
	}
}

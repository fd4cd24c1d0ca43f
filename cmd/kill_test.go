package cmd_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilled kills the command while it writes many APIs, again and again into
// one folder: at any time each file is whole, one policy's or the other's, and
// the run that is let to its end brings all of them right, and sweeps up.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a hundred runs")
	}
	const kills, apis = 100, 60
	dir := t.TempDir()
	var policies []string
	whole := map[string][][]byte{}
	for n, origin := range []string{"https://a.example", "https://other.example"} {
		var text strings.Builder
		for i := range apis {
			fmt.Fprintf(&text, "---\n{api: rest, name: A%d, allowOrigins: [%q], allowMethods: [GET]}\n", i, origin)
		}
		policy, out := filepath.Join(dir, fmt.Sprintf("%d.yaml", n)), filepath.Join(dir, fmt.Sprintf("whole%d", n))
		if err := os.WriteFile(policy, []byte(text.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		run(t, "generate", "-f", policy, "--format", "sam,aws-cli", "-o", out)
		for name, content := range contents(t, out) {
			whole[name] = append(whole[name], content)
		}
		policies = append(policies, policy)
	}
	out := filepath.Join(dir, "out")
	begun := time.Now()
	run(t, "generate", "-f", policies[0], "--format", "sam,aws-cli", "-o", out)
	run(t, "generate", "-f", policies[1], "--format", "sam,aws-cli", "-o", out, "--force")
	took := time.Since(begun) / 2
	random := rand.New(rand.NewPCG(1, 2))
	written := 0
	for i := range kills {
		c, _ := start(t, nil, "generate", "-f", policies[i%2], "--format", "sam,aws-cli", "-o", out, "--force")
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		c.Process.Kill()
		c.Wait()
		changed := 0
		for name, content := range contents(t, out) {
			if strings.HasSuffix(name, "-tmp") {
				continue
			}
			is := -1
			for n, text := range whole[name] {
				if bytes.Equal(content, text) {
					is = n
				}
			}
			if is < 0 {
				t.Fatalf("kill %d: %s is not whole: %q", i, name, content)
			}
			if is == i%2 {
				changed++
			}
		}
		if changed > 0 && changed < len(whole) {
			written++
		}
	}
	if written == 0 {
		t.Error("no run was killed while it wrote")
	}
	t.Logf("%d of %d runs were killed while they wrote", written, kills)
	run(t, "generate", "-f", policies[0], "--format", "sam,aws-cli", "-o", out, "--force")
	run(t, "generate", "-f", policies[0], "--format", "sam,aws-cli", "-o", out, "--check")
	left := contents(t, out)
	for name := range left {
		if whole[name] == nil {
			t.Errorf("left behind: %s", name)
		}
	}
	if len(left) < len(whole) {
		t.Errorf("%d files, not %d", len(left), len(whole))
	}
}

// run runs the command to its end, which has to be a good one.
func run(t *testing.T, args ...string) {
	t.Helper()
	c, stderr := start(t, nil, args...)
	if err := c.Wait(); err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
}

// contents reads the files below a folder, hidden ones included.
func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// Command bench measures the whole process, as ratios taken in one run:
//
//	go run ./.ci/bench
//
// Absolute times belong to the machine; the ratios, and the growth from 1,000
// to 10,000 documents, are what to quote. Comparisons whose tool is missing
// are left out, and named.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// policy is the one API every tool is given.
var policy = []string{
	"generate", "--api", "rest", "--allow-origins", "https://app.example.com,https://admin.example.com",
	"--allow-methods", "GET,POST", "--allow-credentials", "--auth", "cognito",
}

func main() {
	log.SetFlags(0)
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	b := bench{dir: dir, tool: filepath.Join(dir, "apigw-cors")}
	b.build(b.tool, ".")
	b.hello()
	b.terraform()
	b.cdk()
	b.documents()
	b.lint()
}

type bench struct{ dir, tool string }

// build makes a program as a cross-compiled release is made, without cgo: with
// it, package net would load the C library at every start.
func (b bench) build(program, source string) {
	cmd := exec.Command("go", "build", "-o", program, source)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	b.must(cmd)
}

// hello compares rendering each format, and all of them, with a program that
// prints a line.
func (b bench) hello() {
	hello := b.printsALine()
	b.compare("version", func() *exec.Cmd { return exec.Command(b.tool, "version") }, "a program that prints a line", hello, 41)
	listed, err := exec.Command(b.tool, "formats").Output()
	if err != nil {
		log.Fatal(err)
	}
	for line := range strings.Lines(string(listed) + "all") {
		format := strings.Fields(line)[0]
		b.compare("generate --format "+format, b.generate(format), "a program that prints a line", hello, 41)
	}
}

// printsALine makes the program to compare with.
func (b bench) printsALine() func() *exec.Cmd {
	hello := filepath.Join(b.dir, "hello")
	if _, err := os.Stat(hello); err != nil {
		source := hello + ".go"
		b.write(source, "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"hello\") }\n")
		b.build(hello, source)
	}
	return func() *exec.Cmd { return exec.Command(hello) }
}

func (b bench) terraform() {
	out := filepath.Join(b.dir, "terraform")
	b.render(out, "terraform")
	env := append(os.Environ(), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	run := func(args ...string) *exec.Cmd {
		cmd := exec.Command("terraform", args...)
		cmd.Dir, cmd.Env = filepath.Join(out, "terraform"), env
		return cmd
	}
	args := []string{"init", "-input=false"}
	if plugins := os.Getenv("APIGW_CORS_TF_PLUGIN_DIR"); plugins != "" {
		args = append(args, "-plugin-dir="+plugins)
	}
	if err := run(args...).Run(); err != nil {
		fmt.Println("terraform validate: left out:", err)
		return
	}
	b.compare("terraform validate", func() *exec.Cmd { return run("validate") }, "generate", b.generate("terraform"), 3)
}

// cdk runs the compiled app; compiling it is not counted.
func (b bench) cdk() {
	out := filepath.Join(b.dir, "cdk")
	b.render(out, "cdk")
	app := filepath.Join(out, "cdk")
	modules, err := filepath.Abs("golden/testdata/tools/node_modules")
	if err == nil {
		err = os.Symlink(modules, filepath.Join(app, "node_modules"))
	}
	tsc := exec.Command(filepath.Join(app, "node_modules", ".bin", "tsc"), "-p", app, "--noEmit", "false", "--outDir", filepath.Join(app, "js"))
	if err == nil {
		err = tsc.Run()
	}
	if err != nil {
		fmt.Println("cdk synth: left out:", err)
		return
	}
	b.compare("cdk synth", func() *exec.Cmd {
		cmd := exec.Command("node", filepath.Join(app, "js", "app.js"))
		cmd.Env = append(os.Environ(), "CDK_OUTDIR="+filepath.Join(b.dir, "cdk.out"))
		return cmd
	}, "generate", b.generate("cdk"), 3)
}

// documents shows how time and peak memory grow with the input.
func (b bench) documents() {
	var took [2]time.Duration
	for i, n := range []int{1_000, 10_000} {
		file := filepath.Join(b.dir, fmt.Sprint("cors-", n, ".yaml"))
		var docs bytes.Buffer
		for d := range n {
			fmt.Fprintf(&docs, "---\napi: rest\nname: Api%d\nallowOrigins: [https://app%d.example.com]\nallowMethods: [GET, POST]\n", d, d)
		}
		b.write(file, docs.String())
		cmd := exec.Command(b.tool, "generate", "-f", file, "--format", "all", "--out", filepath.Join(b.dir, fmt.Sprint("out-", n)))
		start := time.Now()
		b.must(cmd)
		took[i] = time.Since(start)
		fmt.Printf("%d documents, every format, to files: %.2f s, peak %d MiB\n", n, took[i].Seconds(), peak(cmd)>>20)
	}
	fmt.Printf("10,000 against 1,000 documents: %.1f times the time\n", float64(took[1])/float64(took[0]))
}

func (b bench) generate(format string) func() *exec.Cmd {
	return func() *exec.Cmd { return exec.Command(b.tool, append(policy, "--format", format)...) }
}

func (b bench) render(out, format string) {
	b.must(exec.Command(b.tool, append(policy, "--format", format, "--standalone", "--out", out)...))
}

// compare runs the two in turn, so that both meet the same machine, and prints
// the median of each and of their ratio.
func (b bench) compare(nameA string, a func() *exec.Cmd, nameB string, other func() *exec.Cmd, runs int) {
	var as, bs, ratios []float64
	for i := range runs + 1 {
		x, y := b.time(a()), b.time(other())
		if i > 0 { // the first warms the caches
			as, bs, ratios = append(as, x), append(bs, y), append(ratios, x/y)
		}
	}
	fmt.Printf("%s: %.1f ms; %s: %.1f ms; ratio %.2f (median of %d runs)\n",
		nameA, 1e3*median(as), nameB, 1e3*median(bs), median(ratios), runs)
}

func (b bench) time(cmd *exec.Cmd) float64 {
	start := time.Now()
	b.must(cmd)
	return time.Since(start).Seconds()
}

func (b bench) must(cmd *exec.Cmd) {
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		log.Fatalf("%v: %v\n%s", cmd.Args, err, stderr.String())
	}
}

func (b bench) write(file, text string) {
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		log.Fatal(err)
	}
}

func median(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}

// peak is the largest resident set of a finished process, in bytes.
func peak(cmd *exec.Cmd) int64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return usage.Maxrss << 10
}

package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// lint judges a thousand files, and compares the whole process with cfn-lint's
// on the same file.
func (b bench) lint() {
	var sources []string
	for _, pattern := range []string{"golden/*/sam/template.yaml", "golden/*/cloudformation/template.yaml", "golden/*/terraform/*.tf"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			log.Fatal(err)
		}
		sources = append(sources, found...)
	}
	tree := filepath.Join(b.dir, "tree")
	const files = 1000
	for i := range files {
		source := sources[i%len(sources)]
		text, err := os.ReadFile(source)
		if err != nil {
			log.Fatal(err)
		}
		// The files of a Terraform module stay together.
		folder := filepath.Join(tree, fmt.Sprint(i/len(sources)), filepath.Dir(source))
		if err := os.MkdirAll(folder, 0o755); err != nil {
			log.Fatal(err)
		}
		b.write(filepath.Join(folder, filepath.Base(source)), string(text))
	}
	cmd := exec.Command(b.tool, "lint", tree)
	start := time.Now()
	b.must(cmd)
	fmt.Printf("lint of %d files: %.2f s, peak %d MiB\n", files, time.Since(start).Seconds(), peak(cmd)>>20)

	template := "golden/rest-several-origins/cloudformation/template.yaml"
	b.compare("lint of one template", func() *exec.Cmd { return exec.Command(b.tool, "lint", template) },
		"a program that prints a line", b.printsALine(), 21)
	if _, err := exec.LookPath("cfn-lint"); err != nil {
		fmt.Println("cfn-lint: left out:", err)
		return
	}
	b.compare("cfn-lint", func() *exec.Cmd { return exec.Command("cfn-lint", template) },
		"lint", func() *exec.Cmd { return exec.Command(b.tool, "lint", template) }, 5)
}

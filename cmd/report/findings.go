package report

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Findings are what lint found in files. Their places have paths as a person
// in the current folder writes them, with slashes.
type Findings struct {
	// Findings and Unknown are by place.
	Findings []Finding
	Unknown  []lint.Unknown
	// Faults keep files, or parts of them, from being read.
	Faults []reader.Fault
	// Files counts the files read, Ignored the findings left out.
	Files, Ignored int
	// Compared counts the APIs that a policy was compared with.
	Compared int
	// Other are files that were named, and tell API Gateway nothing.
	Other []string
	// FailOn is the least severity with which a finding fails the run.
	FailOn lint.Severity
	// Below is the way from the top of the working tree to the current folder;
	// "" where that is not in one.
	Below string
}

// Finding is one of them, with what stands at its place.
type Finding struct {
	lint.Finding
	Excerpt Excerpt
}

// Count is how many of the findings have a severity.
func (f *Findings) Count(s lint.Severity) (n int) {
	for i := range f.Findings {
		if f.Findings[i].Severity == s {
			n++
		}
	}
	return n
}

// Fails reports whether a severity fails the run.
func (f *Findings) Fails(s lint.Severity) bool {
	all := []lint.Severity{lint.Info, lint.Warning, lint.Error}
	return slices.Index(all, s) >= slices.Index(all, f.FailOn)
}

// Failing counts the findings that fail the run.
func (f *Findings) Failing() (n int) {
	for i := range f.Findings {
		if f.Fails(f.Findings[i].Severity) {
			n++
		}
	}
	return n
}

// Summary counts what was found, in one line.
func (f *Findings) Summary() string {
	var parts []string
	for _, s := range []lint.Severity{lint.Error, lint.Warning} {
		if n := f.Count(s); n > 0 {
			parts = append(parts, Plural(n, string(s)))
		}
	}
	if n := f.Count(lint.Info); n > 0 {
		parts = append(parts, fmt.Sprintf("%d info", n))
	}
	if len(parts) == 0 {
		parts = append(parts, "no findings")
	}
	s := strings.Join(parts, ", ") + " in " + Plural(f.Files, "file")
	if f.Ignored > 0 {
		s += fmt.Sprintf(", %d ignored", f.Ignored)
	}
	return s
}

// FromTop is a path from the top of the working tree, where code hosts look for
// it.
func (f *Findings) FromTop(file string) string {
	if path.IsAbs(file) {
		return file
	}
	return path.Join(f.Below, file)
}

// Excerpt is the line of a file that a finding is about.
type Excerpt struct {
	Text string
	// At counts the characters before what is meant, Width those of it.
	At, Width int
}

// maxExcerpt bounds the bytes shown of a line: files that programs write may
// have a single one.
const maxExcerpt = 100

// NewExcerpt cuts the line out of a text in which a stretch begins. Offsets are
// in bytes; both are 0 where nobody knows them, which gives nothing.
func NewExcerpt(text []byte, start, end int) Excerpt {
	if start >= end || end > len(text) {
		return Excerpt{}
	}
	from := bytes.LastIndexAny(text[:start], "\r\n") + 1
	to := start + len(text[start:])
	if i := bytes.IndexAny(text[start:], "\r\n"); i >= 0 {
		to = start + i
	}
	if to-from > maxExcerpt {
		from = runeStart(text, max(from, start-maxExcerpt/4))
		to = runeStart(text, min(to, from+maxExcerpt))
	}
	if from == 0 {
		from = len(text) - len(bytes.TrimPrefix(text, []byte("\ufeff")))
		start = max(start, from)
	}
	return Excerpt{
		Text:  string(text[from:to]),
		At:    utf8.RuneCount(text[from:start]),
		Width: max(1, utf8.RuneCount(bytes.TrimRight(text[start:max(start, min(end, to))], " \t"))),
	}
}

func runeStart(text []byte, at int) int {
	for back := range utf8.UTFMax {
		if at-back <= 0 || at-back >= len(text) || utf8.RuneStart(text[at-back]) {
			return at - back
		}
	}
	return at
}

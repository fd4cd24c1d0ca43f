package output

import (
	"path/filepath"
	"slices"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// AllFormats is the word for every format.
const AllFormats = "all"

// DefaultFormat is the format that is rendered where none is named.
func DefaultFormat() string { return generator.Formats()[0].Name }

// FormatNames lists what --format takes.
func FormatNames() []string {
	var names []string
	for _, f := range generator.Formats() {
		names = append(names, f.Name)
	}
	return append(names, AllFormats)
}

// ParseFormats gives the named formats, each once, in the order given.
func ParseFormats(given []string) ([]generator.Format, error) {
	var formats []generator.Format
	seen := map[string]bool{}
	e := &report.UsageError{}
	for _, name := range given {
		if name == AllFormats {
			for _, f := range generator.Formats() {
				if !seen[f.Name] {
					formats = append(formats, f)
				}
				seen[f.Name] = true
			}
			continue
		}
		f, ok := generator.ParseFormat(name)
		if !ok {
			e.Add("--format: "+report.Quote(name)+": no such format", report.DidYouMean(name, FormatNames(), "apigw-cors formats lists them")...)
			continue
		}
		if !seen[name] {
			formats = append(formats, f)
		}
		seen[name] = true
	}
	switch {
	case e.Problem != "":
		return nil, e
	case len(formats) == 0:
		return nil, &report.UsageError{Problem: "--format: empty", Hints: []string{"apigw-cors formats lists them"}}
	}
	return formats, nil
}

// LooksLikeFile reports whether a name is more likely that of a rendered file
// than of a folder.
func LooksLikeFile(name string) bool {
	extension := strings.TrimPrefix(strings.ToLower(filepath.Ext(name)), ".")
	return extension == "yml" || slices.ContainsFunc(generator.Formats(), func(f generator.Format) bool {
		return slices.Contains(f.Languages, extension)
	})
}

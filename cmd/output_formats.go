package cmd

import "apigw-cors/generator"

// allFormats is the word for every format.
const allFormats = "all"

func formatNames() []string {
	var names []string
	for _, f := range generator.Formats() {
		names = append(names, f.Name)
	}
	return append(names, allFormats)
}

// parseFormats gives the named formats, each once, in the order given.
func parseFormats(given []string) ([]generator.Format, error) {
	var formats []generator.Format
	seen := map[string]bool{}
	e := &usageError{}
	for _, name := range given {
		if name == allFormats {
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
			e.add("--format: "+quote(name)+": no such format", closest(name, formatNames(), "apigw-cors formats lists them")...)
			continue
		}
		if !seen[name] {
			formats = append(formats, f)
		}
		seen[name] = true
	}
	switch {
	case e.problem != "":
		return nil, e
	case len(formats) == 0:
		return nil, &usageError{problem: "--format: empty", hints: []string{"apigw-cors formats lists them"}}
	}
	return formats, nil
}

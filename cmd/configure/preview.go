package configure

import (
	"path"
	"strings"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// preview shows files on stderr, one or all of them, above the actions to come.
func (c *configurator) preview(files []generator.File, acts []prompt.Option) error {
	if len(files) > 1 {
		options := []prompt.Option{{Name: output.AllFormats, Detail: "one after the other"}}
		for _, f := range files {
			options = append(options, prompt.Option{Name: f.Path})
		}
		i, err := c.prompter().Select(prompt.Question{Title: "Preview", Note: "Which file?"}, options, 0)
		if err != nil {
			return err
		}
		if i > 0 {
			files = files[i-1 : i]
		}
	}
	var text strings.Builder
	for _, f := range files {
		text.WriteString("\n" + c.paint.Bold(f.Path) + "\n" + highlighted(f, c.paint))
	}
	return c.prompter().Show(text.String(), len(acts)+2)
}

// highlighted is the text of a file, with colours if the terminal has some.
func highlighted(f generator.File, p report.Painter) string {
	text := string(f.Content)
	rules := languageRules(path.Ext(f.Path))
	if !p.Coloured() || rules == nil {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		for _, r := range rules {
			if end, ok := r.match(text, at); ok {
				b.WriteString(r.paint(p, text[at:end]))
				at = end
				break
			}
		}
	}
	return b.String()
}

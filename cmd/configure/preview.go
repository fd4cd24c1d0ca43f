package configure

import (
	"io"
	"path"
	"strings"

	"github.com/alecthomas/chroma/v2"

	"apigw-cors/cmd/output"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// preview shows files on stderr, one or all of them.
func (c *configurator) preview(files []generator.File) error {
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
	for _, f := range files {
		c.heading(f.Path)
		io.WriteString(c.to, highlighted(f, c.paint))
	}
	return nil
}

// highlighted is the text of a file, with colours if the terminal has some.
func highlighted(f generator.File, p report.Painter) string {
	text := string(f.Content)
	rules, known := languageRules(path.Ext(f.Path))
	if !p.Coloured() || !known {
		return text
	}
	lexer, err := chroma.NewLexer(&chroma.Config{Name: f.Path}, func() chroma.Rules { return rules })
	if err != nil {
		return text
	}
	tokens, err := lexer.Tokenise(nil, text)
	if err != nil {
		return text
	}
	var b strings.Builder
	for t := range tokens.Stdlib() {
		b.WriteString(painted(t, p))
	}
	return b.String()
}

// painted has the colours of the report, where there is one that fits.
func painted(t chroma.Token, p report.Painter) string {
	switch t.Type {
	case chroma.Comment:
		return p.Dim(t.Value)
	case chroma.NameTag:
		return p.Cyan(t.Value)
	case chroma.LiteralString:
		return p.Green(t.Value)
	case chroma.LiteralNumber:
		return p.Yellow(t.Value)
	case chroma.Keyword:
		return p.Bold(t.Value)
	}
	return t.Value
}

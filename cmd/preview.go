package cmd

import (
	"io"
	"path"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters"

	"apigw-cors/generator"
)

// preview shows files on stderr, one or all of them.
func (c *configurator) preview(files []generator.File) error {
	if len(files) > 1 {
		options := []option{{Name: allFormats, Detail: "one after the other"}}
		for _, f := range files {
			options = append(options, option{Name: f.Path})
		}
		i, err := c.prompter().Select(prompt{Title: "Preview", Note: "Which file?"}, options, 0)
		if err != nil {
			return err
		}
		if i > 0 {
			files = files[i-1 : i]
		}
	}
	for _, f := range files {
		c.heading(f.Path)
		io.WriteString(c.to, highlighted(f, c.paint.on))
	}
	return nil
}

// highlighted is the text of a file, with colours if the terminal has some.
func highlighted(f generator.File, colour bool) string {
	text := string(f.Content)
	rules, known := languageRules(path.Ext(f.Path))
	if !colour || !known {
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
	style, err := chroma.NewStyle("preview", chroma.StyleEntries{
		chroma.Comment: "#808080", chroma.Keyword: "#800080", chroma.NameTag: "#008080",
		chroma.LiteralString: "#008000", chroma.LiteralNumber: "#808000",
	})
	if err != nil {
		return text
	}
	var b strings.Builder
	// The sixteen colours that every terminal has, in its own theme.
	if err := formatters.TTY16.Format(&b, style, tokens); err != nil {
		return text
	}
	return b.String()
}

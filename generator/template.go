package generator

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"
	"text/template/parse"

	"apigw-cors/templates"
)

// templateSet holds the parsed templates, by folder and language, and parses
// each the first time it is asked for.
type templateSet struct{ loaders sync.Map }

// execute runs templates/<file>.tmpl. The templates of one folder and language
// are parsed together, so that they can share definitions.
func (s *templateSet) execute(file string, view any) ([]byte, error) {
	key := path.Dir(file) + "/*" + path.Ext(file) + ".tmpl"
	loader, _ := s.loaders.LoadOrStore(key, sync.OnceValues(func() (*template.Template, error) {
		return load(templates.FS, key)
	}))
	t, err := loader.(func() (*template.Template, error))()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, path.Base(file)+".tmpl", view); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// load parses the templates that match pattern and refuses any whose actions
// could print a value unquoted.
func load(fsys fs.FS, pattern string) (*template.Template, error) {
	lang, ok := languageOf(pattern)
	if !ok {
		return nil, fmt.Errorf("%s: no quoter for this language", pattern)
	}
	t, err := template.New("").Option("missingkey=error").Funcs(lang.funcs()).ParseFS(fsys, pattern)
	if err != nil {
		return nil, err
	}
	for _, d := range t.Templates() {
		if d.Tree == nil {
			continue
		}
		if err := check(d.Tree.Root, lang); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name(), err)
		}
	}
	return t, nil
}

// check walks a template and reports an action that does not end in a quoter
// of the language, or text the language must not have.
func check(n parse.Node, lang language) error {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, child := range n.Nodes {
			if err := check(child, lang); err != nil {
				return err
			}
		}
	case *parse.ActionNode:
		if len(n.Pipe.Decl) == 0 && !endsInQuoter(n.Pipe, lang) {
			return fmt.Errorf("line %d: %s does not end in one of %s", n.Line, n, strings.Join(lang.quoters(), ", "))
		}
	case *parse.IfNode:
		return checkBranch(&n.BranchNode, lang)
	case *parse.RangeNode:
		return checkBranch(&n.BranchNode, lang)
	case *parse.WithNode:
		return checkBranch(&n.BranchNode, lang)
	case *parse.TextNode:
		if i := bytes.IndexAny(n.Text, lang.forbidden); i >= 0 {
			return fmt.Errorf("%q is not allowed in this language's templates", n.Text[i])
		}
	}
	return nil
}

func checkBranch(b *parse.BranchNode, lang language) error {
	if err := check(b.List, lang); err != nil {
		return err
	}
	return check(b.ElseList, lang)
}

func endsInQuoter(p *parse.PipeNode, lang language) bool {
	last := p.Cmds[len(p.Cmds)-1]
	id, ok := last.Args[0].(*parse.IdentifierNode)
	return ok && slices.Contains(lang.quoters(), id.Ident)
}

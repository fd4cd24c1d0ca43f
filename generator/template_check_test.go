package generator

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"
)

// checker reads templates as the reader of their language will: it follows the
// text through every branch, knows where code, comments and strings begin and
// end, and refuses an action whose output could land in the wrong kind of
// place. It runs in tests, over every file of templates.FS.
type checker struct {
	language language
	grammar  grammar
	defined  map[string]*parse.Tree
	used     map[string]bool
	depth    int
	name     string
}

// checkTemplates checks the templates that match pattern, as they are loaded
// together. Each file is a document of its own, unless it only defines, and so
// is each definition that Go composes a file of.
func checkTemplates(fsys fs.FS, pattern string, composed ...string) error {
	set, err := load(fsys, pattern, func(string) bool { return true })
	if err != nil {
		return err
	}
	lang, _ := languageOf(pattern)
	c := &checker{
		language: lang, grammar: grammars()[path.Ext(strings.TrimSuffix(pattern, ".tmpl"))],
		defined: map[string]*parse.Tree{}, used: map[string]bool{},
	}
	for _, t := range set.Templates() {
		if t.Tree != nil {
			c.defined[t.Name()] = t.Tree
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.defined)) {
		if !strings.HasSuffix(name, ".tmpl") && !slices.Contains(composed, name) {
			continue
		}
		c.used[name] = true
		ends, err := c.call(name, []place{{previous: '\n'}})
		if err != nil {
			return err
		}
		for _, end := range ends {
			if end.in == inString {
				return fmt.Errorf("%s: a string does not end", name)
			}
		}
	}
	for name := range c.defined {
		if !c.used[name] {
			return fmt.Errorf("%s: defined, and not used", name)
		}
	}
	return nil
}

// call checks a definition from the places where it is called.
func (c *checker) call(name string, from []place) ([]place, error) {
	tree, ok := c.defined[name]
	if !ok {
		return nil, fmt.Errorf("%s: not defined", name)
	}
	if c.depth++; c.depth > 20 {
		return nil, fmt.Errorf("%s: calls itself", name)
	}
	caller := c.name
	c.name, c.used[name] = name, true
	to, err := c.walk(tree.Root, from)
	c.name = caller
	c.depth--
	return to, err
}

// walk gives the places a node can leave the reader in.
func (c *checker) walk(n parse.Node, from []place) (to []place, err error) {
	switch n := n.(type) {
	case *parse.ListNode:
		to = from
		if n == nil {
			return to, nil
		}
		for _, child := range n.Nodes {
			if to, err = c.walk(child, to); err != nil {
				return nil, err
			}
		}
		return to, nil
	case *parse.TextNode:
		return each(from, func(p place) (place, error) { return c.text(string(n.Text), p) })
	case *parse.ActionNode:
		if len(n.Pipe.Decl) > 0 {
			return from, nil
		}
		return each(from, func(p place) (place, error) {
			p, err := c.action(n.Pipe, p)
			if err != nil {
				err = fmt.Errorf("%s: line %d: %s: %w", c.name, n.Line, n, err)
			}
			return p, err
		})
	case *parse.TemplateNode:
		return c.call(n.Name, from)
	case *parse.IfNode:
		return c.branch(&n.BranchNode, from)
	case *parse.WithNode:
		return c.branch(&n.BranchNode, from)
	case *parse.RangeNode:
		return c.loop(&n.BranchNode, from)
	case *parse.CommentNode:
		return from, nil
	}
	return nil, fmt.Errorf("%s: %s is more than a template should do", c.name, n)
}

func (c *checker) branch(b *parse.BranchNode, from []place) ([]place, error) {
	to, err := c.walk(b.List, from)
	if err != nil {
		return nil, err
	}
	otherwise, err := c.walk(b.ElseList, from)
	return union(to, otherwise), err
}

// loop goes round until no turn leads to a new place.
func (c *checker) loop(b *parse.BranchNode, from []place) ([]place, error) {
	all, err := c.walk(b.ElseList, from)
	for err == nil {
		var again []place
		if again, err = c.walk(b.List, union(from, all)); err != nil {
			break
		}
		more := union(all, again)
		if len(more) == len(all) {
			break
		}
		all = more
	}
	return all, err
}

// each follows every place on its own.
func each(from []place, step func(place) (place, error)) (to []place, err error) {
	for _, p := range from {
		p, err := step(p)
		if err != nil {
			return nil, err
		}
		to = union(to, []place{p})
	}
	return to, nil
}

func union(a, b []place) []place {
	out := slices.Clone(a)
	for _, p := range b {
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// action checks that the last command is a quoter whose output may stand here.
func (c *checker) action(pipe *parse.PipeNode, p place) (place, error) {
	last := pipe.Cmds[len(pipe.Cmds)-1]
	id, ok := last.Args[0].(*parse.IdentifierNode)
	if !ok || !slices.Contains(c.language.quoters(), id.Ident) {
		return p, fmt.Errorf("does not end in one of %s", strings.Join(c.language.quoters(), ", "))
	}
	if p.previous == valueEnd {
		return p, fmt.Errorf("it stands right behind another value")
	}
	switch quoter := id.Ident; {
	case quoter == "comment":
		if p.in != inComment {
			return p, fmt.Errorf("comment stands outside of a line comment")
		}
	case quoter == "int" || quoter == "id":
		whole := p.in == inCode && quoter == "id" && c.grammar.plain && (p.previous == ' ' || p.previous == '\n')
		p = p.after('a')
		p.started, p.whole = true, whole
	case p.in != inCode:
		return p, fmt.Errorf("%s writes a whole value, and this is inside of a %s", quoter, p.in)
	case !strings.ContainsRune(c.grammar.before, rune(p.previous)):
		return p, fmt.Errorf("%s writes a whole value, and %q stands before it", quoter, p.previous)
	case c.grammar.plain && p.goesOn():
		return p, fmt.Errorf("%s writes a whole value, and this is in the middle of one", quoter)
	case quoter == "lines":
		if spaces := spacesOf(last); p.previous != '\n' || p.indent != 0 || spaces == 0 {
			return p, fmt.Errorf("lines start where a line starts")
		}
		p.previous, p.started = valueEnd, true
	case quoter == "list":
		if spaces := spacesOf(last); spaces != p.indent+2 {
			return p, fmt.Errorf("its lines stand at %d spaces, and %d are right here", spaces, p.indent+2)
		}
		p.previous, p.started = valueEnd, true
	case quoter == "literal" || quoter == "heredoc":
		if spaces := spacesOf(last); spaces != p.indent+2 {
			return p, fmt.Errorf("its lines stand at %d spaces, and %d are right here", spaces, p.indent+2)
		}
		p.previous, p.line = valueEnd, true
	default:
		p.previous, p.started = valueEnd, true
	}
	return p, nil
}

// spacesOf is the first argument of a quoter of several lines.
func spacesOf(quoter *parse.CommandNode) int {
	if len(quoter.Args) > 1 {
		if n, err := strconv.Atoi(quoter.Args[1].String()); err == nil {
			return n
		}
	}
	return -1
}

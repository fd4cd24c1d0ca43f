package reader

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"apigw-cors/generator/gateway"
)

// maxOpen bounds how many unknown comparisons are taken both ways: three of
// them make eight worlds. What depends on more is unknown.
const maxOpen = 3

// scope is a template in one of the worlds that its deployment may choose: some
// of the comparisons that cannot be known are taken as true or false.
type scope struct {
	*template
	assumed map[string]bool
	// asked are the unknown comparisons that a result depends on; names the
	// conditions that hold them, each in the order of asking.
	asked, names []string
	depth        int
	// known are the conditions that were evaluated before.
	known map[string]verdict
}

// verdict is the truth of a condition, with the comparisons it is open for.
type verdict struct {
	truth truth
	open  []string
}

// truth is that of a condition.
type truth int8

const (
	isFalse truth = iota
	isTrue
	isOpen
)

// worlds reads something in every world that makes a difference to it. read
// gives nil where there is nothing in a world.
func (t *template) worlds(read func(*scope) *gateway.Facts) []gateway.Facts {
	return t.explore(map[string]bool{}, read)
}

func (t *template) explore(assumed map[string]bool, read func(*scope) *gateway.Facts) []gateway.Facts {
	s := &scope{template: t, assumed: assumed}
	f := read(s)
	if f != nil && t.steps > maxSteps {
		f.Open = append(f.Open, gateway.Open{Part: gateway.Everything, Why: tooMuch, Place: t.at})
	}
	if len(s.asked) == 0 || len(assumed) == maxOpen {
		if f == nil {
			return nil
		}
		f.When = s.when()
		return []gateway.Facts{*f}
	}
	yes := t.explore(with(assumed, s.asked[0], true), read)
	no := t.explore(with(assumed, s.asked[0], false), read)
	if len(yes) == 1 && len(no) == 1 && sameFacts(yes[0], no[0]) {
		yes[0].When = s.when()
		return yes
	}
	return append(yes, no...)
}

func with(assumed map[string]bool, comparison string, value bool) map[string]bool {
	out := maps.Clone(assumed)
	out[comparison] = value
	return out
}

func sameFacts(a, b gateway.Facts) bool {
	a.When, b.When = "", ""
	return reflect.DeepEqual(a, b)
}

// when says what is assumed, in the names of the conditions.
func (s *scope) when() string {
	plain := &scope{template: s.template}
	var out []string
	for _, name := range s.names {
		// One that a transform makes is told by those it is made of.
		if c := s.conditions.get(name); c != nil && c.madeBy != "" {
			continue
		}
		if byItself, _ := plain.condition(name, nil); byItself != isOpen {
			continue
		}
		switch t, _ := s.condition(name, nil); t {
		case isTrue:
			out = append(out, name+" is true")
		case isFalse:
			out = append(out, name+" is false")
		}
	}
	return strings.Join(out, " and ")
}

// holds is the truth of a named condition that a result depends on; why is the
// reason where it is open.
func (s *scope) holds(name string) (t truth, why string) {
	t, open := s.condition(name, nil)
	if !slices.Contains(s.names, name) {
		s.names = append(s.names, name)
	}
	if t != isOpen {
		return t, ""
	}
	for _, comparison := range open {
		if !slices.Contains(s.asked, comparison) {
			s.asked = append(s.asked, comparison)
		}
	}
	return t, "condition " + name + " is not known"
}

// condition is the truth of a named condition, with the comparisons it is open
// for.
func (s *scope) condition(name string, inside []string) (truth, []string) {
	f, ok := s.conditions.field(name)
	if !ok || slices.Contains(inside, name) || len(inside) > maxDepth {
		// A condition that is not there, or made of itself, is refused by
		// CloudFormation; both ways are then as good.
		return s.assume("condition " + name)
	}
	if v, ok := s.known[name]; ok {
		return v.truth, v.open
	}
	t, open := s.evaluate(f.value, append(inside, name))
	if s.known == nil {
		s.known = map[string]verdict{}
	}
	s.known[name] = verdict{t, open}
	return t, open
}

// evaluate is the truth of a condition's expression.
func (s *scope) evaluate(n *node, inside []string) (truth, []string) {
	if len(inside) > maxDepth {
		return s.assume("a condition nested too deep")
	}
	name, arg := intrinsic(n)
	switch name {
	case "Condition":
		to, _ := arg.literal()
		return s.condition(to, inside)
	case "Fn::Equals":
		if arg.isKind(list) && len(arg.items) == 2 {
			return s.equal(s.parts(arg.items[0]), s.parts(arg.items[1]))
		}
	case "Fn::Not":
		if arg.isKind(list) && len(arg.items) == 1 {
			t, open := s.evaluate(arg.items[0], append(inside, ""))
			switch t {
			case isTrue:
				return isFalse, nil
			case isFalse:
				return isTrue, nil
			}
			return t, open
		}
	case "Fn::And", "Fn::Or":
		if arg.isKind(list) {
			return s.combine(arg.items, name == "Fn::Or", inside)
		}
	}
	return s.assume("an expression that is not a condition")
}

// combine is Fn::And or Fn::Or of conditions.
func (s *scope) combine(items []*node, or bool, inside []string) (truth, []string) {
	result, decisive := isTrue, isFalse
	if or {
		result, decisive = isFalse, isTrue
	}
	var all []string
	for _, item := range items {
		t, open := s.evaluate(item, append(inside, ""))
		if t == decisive {
			return t, nil
		}
		all = append(all, open...)
	}
	if len(all) > 0 {
		slices.Sort(all)
		return isOpen, slices.Compact(all)
	}
	return result, nil
}

// equal compares two texts. What is unknown is compared by what it is called,
// and equals one literal at most.
func (s *scope) equal(a, b []part) (truth, []string) {
	if unknownIn(a) {
		a, b = b, a
	}
	if !unknownIn(b) {
		if partsKey(a) == partsKey(b) {
			return isTrue, nil
		}
		return isFalse, nil
	}
	left, right := partsKey(a), partsKey(b)
	if left == right {
		return isTrue, nil
	}
	key := right + " = " + left
	if _, ok := s.assumed[key]; !ok && !unknownIn(a) {
		for other, is := range s.assumed {
			if is && strings.HasPrefix(other, right+" = ") {
				return isFalse, nil
			}
		}
	}
	return s.assume(key)
}

func (s *scope) assume(comparison string) (truth, []string) {
	value, ok := s.assumed[comparison]
	switch {
	case !ok:
		return isOpen, []string{comparison}
	case value:
		return isTrue, nil
	}
	return isFalse, nil
}

func unknownIn(parts []part) bool {
	for _, p := range parts {
		if p.unknown != "" {
			return true
		}
	}
	return false
}

func partsKey(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.literal)
		if p.unknown != "" {
			b.WriteString("<" + p.unknown + ">")
		}
	}
	return b.String()
}

// choose is Fn::If.
func (s *scope) choose(arg *node, at gateway.Place) *node {
	if !arg.isKind(list) || len(arg.items) != 3 {
		return unknownNode(at, "Fn::If takes a condition and two values")
	}
	name, _ := arg.items[0].literal()
	switch t, why := s.holds(name); t {
	case isTrue:
		return s.resolve(arg.items[1])
	case isFalse:
		return s.resolve(arg.items[2])
	default:
		return unknownNode(at, why)
	}
}

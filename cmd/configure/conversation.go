package configure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/cmd/policy"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// conversation is the state of asking: the answers, and which of them stand.
// It does no I/O; the configurator asks its questions.
type conversation struct {
	answers answers
	state   map[string]state
	// asked holds the keys of what was asked, the last one last.
	asked []string
	// own are the keys of the questions that the person wants to answer instead
	// of taking the default.
	own map[string]bool
	// marked are the titles of these questions.
	marked []string
	// reviewed: the answers were shown, and the conversation has no length any
	// more.
	reviewed bool
}

// stands reports whether the answer to a question is one.
func (c *conversation) stands(key string) bool {
	return c.state[key] == settled || c.state[key] == byDefault
}

// state says how an answer stands; without one the question is unasked.
type state string

const (
	unasked state = ""
	settled state = "settled"
	// byDefault: the person took the default, one of many.
	byDefault state = "by default"
	// faulty answers are asked again, with what they were as default.
	faulty state = "faulty"
)

// open lists the questions that are left, those first that everybody is asked,
// and those of which the defaults are to be shown.
func (c *conversation) open() (now, rest []question) {
	var later []question
	for _, q := range c.answers.questions() {
		switch s := c.state[q.key]; {
		case q.moot || c.stands(q.key) || s == unasked && q.quiet:
		case s == faulty || q.informs:
			now = append(now, q)
		case c.own[q.key]:
			later = append(later, q)
		default:
			rest = append(rest, q)
		}
	}
	// To ask for one takes no longer than to ask whether.
	if len(rest) == 1 {
		later, rest = append(later, rest...), nil
	}
	return append(now, later...), rest
}

// next is the question to ask now, if one is left.
func (c *conversation) next() (question, bool) {
	now, rest := c.open()
	switch {
	case len(now) > 0 && (now[0].informs || c.state[now[0].key] == faulty || len(rest) == 0):
		return now[0], true
	case len(rest) > 0:
		return c.restQuestion(rest), true
	}
	return question{}, false
}

// step says how far the conversation is: which question is the next, of how
// many, as far as the answers tell.
func (c *conversation) step() string {
	now, rest := c.open()
	all := len(c.asked) + len(now) + min(len(rest), 1)
	if c.reviewed || all < 2 {
		return ""
	}
	return fmt.Sprintf("%d of %d", len(c.asked)+1, all)
}

// back reopens the question asked before, if there is one.
func (c *conversation) back() bool {
	for len(c.asked) > 0 {
		key := c.asked[len(c.asked)-1]
		c.asked = c.asked[:len(c.asked)-1]
		if key == restKey {
			c.reopenRest()
			return true
		}
		if q, ok := findQuestion(c.answers.questions(), key); ok && !q.moot {
			c.state[key] = unasked
			return true
		}
	}
	return false
}

// current is the answer a question starts with.
func (c *conversation) current(q question) []string {
	switch {
	case len(q.value) > 0:
		return q.value
	case !c.stands(q.key) && len(q.proposal) > 0:
		return q.proposal
	}
	return q.standard
}

// verdict is what there is to say about an answer.
type verdict struct {
	// own faults are the answer's; others arise only from its combination with
	// an earlier one.
	own, others []*cors.FieldError
	advice      []cors.Advice
}

func (v verdict) ok() bool { return len(v.own)+len(v.others) == 0 }

// check judges an answer to q beside those that stand.
func (c *conversation) check(q question, a answers) verdict {
	var v verdict
	if q.key == "format" && len(a.formats) == 0 {
		v.own = append(v.own, &cors.FieldError{
			Field: q.key, Index: -1, Reason: cors.Missing, Detail: "required", Hint: "choose one at least",
		})
	}
	_, advice, err := gateway.Parse(c.standing(q, a))
	for _, f := range cors.Faults(err) {
		better := policy.Suggested(*f)
		switch key := keyOf(f.Field); {
		case key == q.key:
			v.own = append(v.own, &better)
		case c.stands(key):
			v.others = append(v.others, &better)
		}
	}
	for _, a := range advice {
		if keyOf(a.Field) == q.key {
			v.advice = append(v.advice, a)
		}
	}
	return v
}

// standing is the policy as far as it is settled, the answer to q included.
func (c *conversation) standing(q question, a answers) gateway.Config {
	a = a.effective()
	// Origins beyond an HTTP API's CORS configuration are not at fault
	// before it is known that the function does not answer.
	undecided := !a.isREST() && !c.stands("preflight") && q.key != "preflight"
	for _, other := range a.questions() {
		if other.key != q.key && !c.stands(other.key) && !(other.quiet && c.state[other.key] == unasked) {
			other.set(&a, nil)
		}
	}
	if undecided {
		a.config.Preflight = string(gateway.ByLambda)
	}
	return a.config
}

// settle takes the answer.
func (c *conversation) settle(q question, a answers) {
	c.answers = a
	c.state[q.key] = settled
	c.note(q.key)
}

// note takes down what was asked.
func (c *conversation) note(key string) {
	c.asked = append(slices.DeleteFunc(c.asked, func(other string) bool { return other == key }), key)
}

// corrected is a refused answer with its faults mended, and without what
// cannot be mended.
func corrected(words []string, faults []*cors.FieldError) []string {
	out := slices.Clone(words)
	for _, f := range faults {
		i := max(f.Index, 0)
		if rest, ok := strings.CutPrefix(f.Field, "resources["); ok {
			n, _, _ := strings.Cut(rest, "]")
			i, _ = strconv.Atoi(n)
		}
		if i < len(out) {
			out[i] = mended(out[i], f)
		}
	}
	return slices.DeleteFunc(out, func(word string) bool { return word == "" })
}

// mended is a word with its fault mended, or nothing.
func mended(word string, f *cors.FieldError) string {
	path, methods, named := strings.Cut(word, "=")
	switch {
	case f.Fix == "" || word == "":
		return ""
	case strings.HasSuffix(f.Field, ".path") && named:
		return f.Fix + "=" + methods
	case strings.HasSuffix(f.Field, ".methods"):
		list := strings.Split(methods, ",")
		list[max(f.Index, 0)] = f.Fix
		return path + "=" + strings.Join(list, ",")
	}
	return f.Fix
}

// keyOf is the key a fault belongs to: "resources" for "resources[0].path".
func keyOf(field string) string {
	key, _, _ := strings.Cut(field, "[")
	return key
}

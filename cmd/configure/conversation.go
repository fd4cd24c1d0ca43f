package configure

import (
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
}

// state says how an answer stands; without one the question is unasked.
type state string

const (
	unasked state = ""
	settled state = "settled"
	// faulty answers are asked again, with what they were as default.
	faulty state = "faulty"
)

// next is the question to ask now, if one is left.
func (c *conversation) next() (question, bool) {
	for _, q := range c.answers.questions() {
		if !q.moot && (c.state[q.key] == faulty || c.state[q.key] == unasked && !q.quiet) {
			return q, true
		}
	}
	return question{}, false
}

// back reopens the question asked before, if there is one.
func (c *conversation) back() bool {
	for len(c.asked) > 0 {
		key := c.asked[len(c.asked)-1]
		c.asked = c.asked[:len(c.asked)-1]
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
	case c.state[q.key] != settled && len(q.proposal) > 0:
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
		case c.state[key] == settled:
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
	undecided := !a.isREST() && c.state["preflight"] != settled && q.key != "preflight"
	for _, other := range a.questions() {
		if other.key != q.key && c.state[other.key] != settled && !(other.quiet && c.state[other.key] == unasked) {
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
	c.asked = append(slices.DeleteFunc(c.asked, func(key string) bool { return key == q.key }), q.key)
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

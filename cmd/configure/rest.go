package configure

import (
	"slices"

	"apigw-cors/cmd/prompt"
)

// restKey is the key of the question for all questions that have defaults.
const restKey = ""

const titleRest = "Change a default"

// restQuestion shows the defaults of the questions that are left, and asks which
// of them the person wants to answer instead.
func (c *conversation) restQuestion(rest []question) question {
	q := question{
		key: restKey, title: titleRest, form: asMany, value: c.marked,
		note: "The rest has these defaults. Enter takes them all; mark what you would rather answer yourself.",
	}
	for _, r := range rest {
		r.value = c.current(r)
		q.options = append(q.options, prompt.Option{Name: r.title, Detail: shownAnswer(r)})
	}
	return q
}

// settleRest takes the defaults of the questions that are left, but of those with
// the titles given.
func (c *conversation) settleRest(titles []string) {
	_, rest := c.open()
	c.marked = titles
	if c.own == nil {
		c.own = map[string]bool{}
	}
	for _, q := range rest {
		a := c.answers
		if words := c.current(q); slices.Equal(words, q.standard) {
			q.set(&a, nil)
		} else {
			q.set(&a, words)
		}
		// What does not fit the answers has to be asked for, too.
		if c.own[q.key] = slices.Contains(titles, q.title) || !c.check(q, a).ok(); !c.own[q.key] {
			c.answers, c.state[q.key] = a, byDefault
		}
	}
	c.note(restKey)
}

// reopenRest takes back what settleRest did.
func (c *conversation) reopenRest() {
	c.own = nil
	for key, s := range c.state {
		if s == byDefault {
			c.state[key] = unasked
		}
	}
}

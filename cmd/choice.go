package cmd

import (
	"errors"
	"strings"

	"apigw-cors/cmd/report"
)

// choice is a flag with one of a few values, the first of which is the
// default.
type choice[T ~string] struct {
	value T
	all   []T
}

func newChoice[T ~string](all ...T) choice[T] { return choice[T]{value: all[0], all: all} }

func (c *choice[T]) Set(s string) error {
	for _, v := range c.all {
		if string(v) == s {
			c.value = v
			return nil
		}
	}
	names := c.names()
	e := &report.HintedError{Err: errors.New("not one of " + strings.Join(names, ", "))}
	if near := report.Nearest(s, names); near != "" {
		e.Hint = "did you mean " + near + "?"
	}
	return e
}

func (c *choice[T]) String() string { return string(c.value) }
func (c *choice[T]) Type() string   { return strings.Join(c.names(), "|") }

func (c *choice[T]) names() []string {
	names := make([]string, len(c.all))
	for i, v := range c.all {
		names[i] = string(v)
	}
	return names
}

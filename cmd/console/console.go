// Package console knows what browsers write to their consoles where they refuse
// a page a response: each message with the causes of the Fetch standard that it
// stands for, what is behind it on API Gateway as a rule, and the command that
// finds it.
package console

import (
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/cors"
)

// Engine is what a browser is made of.
type Engine string

// The engines: Chromium is in Chrome, Edge and Opera, WebKit in Safari and in
// every browser on iOS.
const (
	Chromium Engine = "Chromium"
	Firefox  Engine = "Firefox"
	WebKit   Engine = "WebKit"
)

// Refusal is a row of the table: what browsers refuse for one reason.
type Refusal struct {
	// Causes are what [cors.Fetch] calls it. OfPreflight: the message is about
	// the preflight response alone.
	Causes      []cors.Cause
	OfPreflight bool
	// Messages are the engines' messages. {name} stands for a value.
	Messages []Message
	// Why is what is behind it on API Gateway as a rule, Run the command that
	// finds it there; URL, ORIGIN and the like are to be filled in.
	Why, Run string
}

// Message is what an engine says. Text is the part that tells the reason.
type Message struct {
	Engine Engine
	Text   string
}

// Matches reports whether a line of a console has the message in it.
func (m Message) Matches(line string) bool { return m.pattern().MatchString(plainQuotes(line)) }

// Plain is the message in ASCII.
func (m Message) Plain() string { return plainQuotes(m.Text) }

// pattern is the message as a regular expression. Firefox has typographic
// quotes, which do not survive every copy.
func (m Message) pattern() *regexp.Regexp {
	placeholder := regexp.MustCompile(`\\\{\w+\\\}`)
	return regexp.MustCompile(placeholder.ReplaceAllString(regexp.QuoteMeta(m.Plain()), ".*?"))
}

func plainQuotes(s string) string { return strings.NewReplacer("‘", "'", "’", "'").Replace(s) }

// ofPreflight is how Chromium begins what it says of a preflight response's
// origin and status.
const ofPreflight = "Response to preflight request doesn't pass access control check: "

// Find tells what lines of a console are about: the rows that have such a
// message, those of the preflight first. WebKit has one message for several.
func Find(lines ...string) []Refusal {
	var plain []string
	for _, line := range lines {
		plain = append(plain, plainQuotes(line))
	}
	return slices.DeleteFunc(Refusals(), func(r Refusal) bool {
		return !slices.ContainsFunc(r.Messages, func(m Message) bool {
			return slices.ContainsFunc(plain, m.pattern().MatchString)
		})
	})
}

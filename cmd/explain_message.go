package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
	"apigw-cors/generator/cors"
)

// maxMessage bounds what is read of a console, in bytes.
const maxMessage = 64 << 10

// explainMessage tells what a message of the browser's console is about; "-"
// reads it from stdin.
func (a *app) explainMessage(ctx context.Context, message string) error {
	if message == "-" {
		text, err := files.ReadAll(ctx, a.in, maxMessage)
		if err != nil {
			return fmt.Errorf("stdin: %w", err)
		}
		message = string(text)
	}
	found, words := console.Find(strings.Split(message, "\n")...), wordsOf(message)
	if len(found) == 0 {
		look := words.commands(console.Refusal{Run: "apigw-cors probe URL --origin ORIGIN"})[0]
		return &report.HintedError{
			Err:  errors.New("--message: " + report.Quote(message) + ": not a message of CORS that is known"),
			Hint: "apigw-cors help console lists them, in English alone; " + look + " looks at the API itself",
		}
	}
	var out bytes.Buffer
	if a.json {
		if err := report.EncodeJSON(&out, newMessageDocument(found, words)); err != nil {
			return err
		}
	} else {
		writeFound(&out, found, words)
	}
	_, err := a.out.Write(out.Bytes())
	return err
}

// aloneWithMessage refuses the flags that say what a message itself says.
func aloneWithMessage(cmd *cobra.Command) error {
	e := &report.UsageError{}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Name != "message" && cmd.InheritedFlags().Lookup(f.Name) == nil {
			e.Add("--"+f.Name+": a message says itself what it is about", "leave out --message or --"+f.Name)
		}
	})
	if e.Problem != "" {
		return e
	}
	return nil
}

// writeFound tells what a message is about, and what of the commands is left to
// fill in.
func writeFound(w io.Writer, found []console.Refusal, words messageWords) {
	meanings := []struct{ word, meaning string }{
		{"URL", "the address that the page calls"}, {"ORIGIN", "where the page lives, as in https://app.example.com"}, {"METHOD", "the page's, as in PUT"},
	}
	var open, all []string
	for i, r := range found {
		if i > 0 {
			fmt.Fprintln(w)
		}
		commands := words.commands(r)
		writeRefusal(w, r, commands...)
		all = append(all, commands...)
	}
	for _, m := range meanings {
		if slices.ContainsFunc(all, func(c string) bool { return slices.Contains(strings.Fields(c), m.word) }) {
			open = append(open, m.word+" is "+m.meaning)
		}
	}
	if len(open) > 0 {
		fmt.Fprintln(w)
		fmt.Fprint(w, prompt.Fold(strings.Join(open, "; ")+".", 80, ""))
	}
}

// messageDocument is what a program is told of a message. Its JSON names are
// stable.
type messageDocument struct {
	report.JSONHeader
	Found []foundView `json:"found"`
}

type foundView struct {
	Causes      []string         `json:"causes"`
	OfPreflight bool             `json:"ofPreflight"`
	Messages    []engineMessages `json:"messages"`
	Why         string           `json:"why"`
	Commands    []string         `json:"commands"`
}

type engineMessages struct {
	Browser string `json:"browser"`
	Text    string `json:"text"`
}

func newMessageDocument(found []console.Refusal, words messageWords) messageDocument {
	d := messageDocument{JSONHeader: report.NewJSONHeader()}
	for _, r := range found {
		v := foundView{Causes: []string{}, OfPreflight: r.OfPreflight, Messages: []engineMessages{}, Why: r.Why, Commands: words.commands(r)}
		for _, c := range r.Causes {
			v.Causes = append(v.Causes, string(c))
		}
		for _, m := range r.Messages {
			v.Messages = append(v.Messages, engineMessages{string(m.Engine), m.Text})
		}
		d.Found = append(d.Found, v)
	}
	return d
}

// messageWords are the values that a message names, each as one word of a shell,
// by what stands for it in a command.
type messageWords map[string]string

// wordsOf reads a message of any engine, old or new.
func wordsOf(message string) messageWords {
	message = report.Clean(strings.Join(strings.Fields(html.UnescapeString(message)), " "))
	words := messageWords{}
	for word, patterns := range map[string][]string{
		"URL": {
			`at '(https?://[^'\s]+)'[^']*(?:'[^']*'\) )?from origin`, `remote resource at ‘?(https?://[^\s’]+?)’?\. \(Reason`,
			`cannot load (https?://\S+?)[.:]? `, `to '(https?://[^'\s]+)' because`, `(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) (https?://\S+) `, `response for (https?://\S+): 0`,
		},
		"ORIGIN": {`from origin '([^'\s]+)'`, `Origin '?((?:https?|[a-z-]+)://[^'\s]+|null)'? is (?:not allowed by|therefore not)`},
		"METHOD": {`Method ([A-Za-z]+) is not allowed`, `(GET|HEAD|POST|PUT|PATCH|DELETE) https?://`},
		"HEADER": {`header field ([!-~]+) is not allowed`, `(?:header|token) [‘']([^’'\s]+)[’'] (?:is not allowed|in CORS header)`},
	} {
		for _, p := range patterns {
			if found := regexp.MustCompile(p).FindStringSubmatch(message); found != nil {
				words[word] = found[1]
				break
			}
		}
	}
	return words
}

// commands are the row's own, and where the message names the URL the one that
// looks there, with the request that the message is about.
func (words messageWords) commands(r console.Refusal) []string {
	// In one pass: a value may have the words in it.
	var fill []string
	for word, value := range words {
		fill = append(fill, word, generator.ShellWord(value))
	}
	filled := strings.NewReplacer(fill...)
	out := []string{filled.Replace(r.Run)}
	if words["URL"] == "" || !strings.HasPrefix(r.Run, "apigw-cors lint") {
		return out
	}
	look := "apigw-cors probe URL --origin ORIGIN"
	switch {
	case words["HEADER"] != "":
		look += " --header " + generator.ShellWord(words["HEADER"]+"=x")
	case words["METHOD"] != "" || r.OfPreflight:
		look += " --method METHOD"
	}
	if slices.Contains(r.Causes, cors.AllowOriginAnyWithCredentials) {
		look += " --credentials include"
	}
	return append(out, filled.Replace(look))
}

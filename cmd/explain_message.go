package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator"
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
	found := console.Find(strings.Split(message, "\n")...)
	if len(found) == 0 {
		return &report.HintedError{
			Err:  errors.New("--message: " + report.Quote(message) + ": not a message of CORS that is known"),
			Hint: "apigw-cors help console lists them; apigw-cors probe URL --origin ORIGIN looks at the API itself",
		}
	}
	var out bytes.Buffer
	for i, r := range found {
		if i > 0 {
			out.WriteByte('\n')
		}
		r.Run = filledIn(r.Run, message)
		writeRefusal(&out, r)
	}
	_, err := a.out.Write(out.Bytes())
	return err
}

// filledIn puts the URL and the origin that a message of Chromium names into
// the command that looks further, each as one word of a shell.
func filledIn(command, message string) string {
	found := regexp.MustCompile(`at '(https?://[^'\s]+)' from origin '([^'\s]+)'`).FindStringSubmatch(report.Clean(message))
	if found == nil {
		return command
	}
	return strings.NewReplacer("URL", generator.ShellWord(found[1]), "ORIGIN", generator.ShellWord(found[2])).Replace(command)
}

package cmd

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"

	"apigw-cors/cmd/console"
	"apigw-cors/cmd/report"
)

// maxMessage bounds a message from the console, in bytes.
const maxMessage = 64 << 10

// explainMessage tells what a message of the browser's console is about; "-"
// reads it from stdin.
func (a *app) explainMessage(message string) error {
	if message == "-" {
		text, err := io.ReadAll(io.LimitReader(a.in, maxMessage))
		if err != nil {
			return err
		}
		message = string(text)
	}
	var out bytes.Buffer
	told := map[string]bool{}
	for line := range strings.Lines(message[:min(len(message), maxMessage)]) {
		for _, r := range console.Find(strings.TrimSpace(line)) {
			if told[r.Why] {
				continue
			}
			if len(told) > 0 {
				out.WriteByte('\n')
			}
			told[r.Why] = true
			r.Run = filledIn(r.Run, line)
			writeRefusal(&out, r)
		}
	}
	if len(told) == 0 {
		return &report.HintedError{
			Err:  errors.New("--message: " + report.Quote(message) + ": not a message of CORS that is known"),
			Hint: "apigw-cors help console lists them; apigw-cors probe URL --origin ORIGIN looks at the API itself",
		}
	}
	_, err := a.out.Write(out.Bytes())
	return err
}

// filledIn puts the URL and the origin that a message of Chromium names into
// the command that looks further. What a shell could take for more than a word
// is left to the user.
func filledIn(command, message string) string {
	found := regexp.MustCompile(`at '(https?://[^'\s]+)' from origin '(https?://[^'\s]+)'`).FindStringSubmatch(message)
	if found == nil || strings.ContainsFunc(found[1]+found[2], func(r rune) bool { return r <= ' ' || r > '~' || r == '\\' }) {
		return command
	}
	return strings.NewReplacer("URL", "'"+found[1]+"'", "ORIGIN", found[2]).Replace(command)
}

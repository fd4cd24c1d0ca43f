package cmd

import (
	"regexp"
	"strings"
	"testing"

	"apigw-cors/cmd/console"
)

// FuzzMessage: whatever a page has written into the console, the commands that
// are told run nothing else when they are pasted into a shell.
func FuzzMessage(f *testing.F) {
	f.Add("Access to fetch at 'https://api.example.com/$(id)' from origin 'https://a;id' has been blocked by CORS policy: Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.")
	f.Add("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/ORIGIN. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing).")
	f.Add("[Error] Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 403\n[Error] Fetch API cannot load https://api.example.com/`id` due to access control checks.")
	f.Add("Request header field x`id` is not allowed by Access-Control-Allow-Headers.\nGET https://api.example.com/ net::ERR_FAILED")
	quoted := regexp.MustCompile(`'[^']*'|\\'|"[^"$` + "`" + `\\!]*"`)
	plain := regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,~ -]*$`)
	f.Fuzz(func(t *testing.T, message string) {
		words := wordsOf(message)
		for _, r := range console.Find(strings.Split(message, "\n")...) {
			for _, command := range words.commands(r) {
				if rest := quoted.ReplaceAllString(command, ""); !plain.MatchString(rest) || strings.ContainsAny(command, "\n\r\x1b") || !strings.HasPrefix(rest, "apigw-cors ") {
					t.Errorf("%q", command)
				}
			}
		}
	})
}

package cmd

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"apigw-cors/cmd/report"
)

// runMain runs a whole command line with a text on stdin.
func runMain(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	code = Main(args, strings.NewReader(stdin), &out, &err, func(string) string { return "" })
	return code, out.String(), err.String()
}

// names are entries of a YAML list, each with a number; paths are resources.
func names(prefix string, n int) string {
	var out []string
	for i := range n {
		entry := prefix + strconv.Itoa(i)
		if strings.HasPrefix(prefix, "/") {
			entry = "{path: " + entry + "}"
		}
		out = append(out, entry)
	}
	return strings.Join(out, ", ")
}

// TestReviewB7StrictCanBeMet: --strict refuses every piece of advice there is,
// and lets it pass where its code is allowed, by the flag or in the file.
func TestReviewB7StrictCanBeMet(t *testing.T) {
	const one, two = "allowOrigins: [https://a.example.com]", "allowOrigins: [https://a.example.com, https://b.example.com]"
	// A policy that gives the advice and no other, with the flags it takes.
	type row struct{ policy, flags string }
	tests := map[string]row{
		"already-exposed":             {policy: "api: http, allowMethods: [GET], exposeHeaders: [Content-Type], " + one},
		"any-origin":                  {policy: `api: http, allowMethods: [GET], allowOrigins: ["*"]`},
		"any-site-with-credentials":   {policy: "api: http, allowMethods: [GET], allowCredentials: true, allowOrigins: ['https://*']"},
		"covered":                     {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], gatewayResponseOrigin: any, allowOrigins: ['https://*.example.com', https://a.example.com]"},
		"duplicate":                   {policy: "api: http, allowMethods: [GET, GET], " + one},
		"header-normalised":           {policy: "api: http, allowMethods: [GET], allowHeaders: [' X-A'], " + one},
		"insecure-origin":             {policy: "api: http, allowMethods: [GET], allowOrigins: [http://a.example.com]"},
		"max-age-capped":              {policy: "api: http, allowMethods: [GET], maxAge: 80000, " + one},
		"method-normalised":           {policy: "api: http, allowMethods: [get], " + one},
		"origin-normalised":           {policy: "api: http, allowMethods: [GET], allowOrigins: [https://A.example.com]"},
		"trailing-dot":                {policy: "api: http, allowMethods: [GET], allowOrigins: [https://a.example.com.]"},
		"unstable-origin":             {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], allowOrigins: [moz-extension://abc]"},
		"wildcard-not-authorization":  {policy: "api: http, allowMethods: [GET], allowHeaders: ['*'], " + one},
		"wildcard-public-suffix":      {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], gatewayResponseOrigin: any, allowOrigins: ['https://*.co.uk']"},
		"allow-methods-unused":        {policy: "api: http, allowMethods: [GET], resources: [{path: /a, methods: [GET]}], " + one},
		"auth-header-unused":          {policy: "api: http, allowMethods: [GET], authHeader: X-Token, " + one},
		"errors-unreadable":           {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], gatewayResponses: [DEFAULT_4XX], " + one},
		"gateway-response-any-origin": {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], " + two},
		"gateway-response-echo":       {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], allowCredentials: true, " + two},
		"no-function":                 {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], backendType: mock, " + one, flags: "--format lambda-nodejs"},
		"header-size":                 {policy: "api: http, allowMethods: [GET], allowHeaders: [" + names("X-Header-That-Is-Long-", 400) + "], " + one},
		"quota":                       {policy: "api: http, allowMethods: [GET], resources: [" + names("/a", 301) + "], " + one, flags: "--format terraform"},
		"reserved-path":               {policy: "api: http, allowMethods: [GET], resources: [{path: /ping}], " + one},
		"sam-local":                   {policy: "api: rest, allowMethods: [GET], resources: [{path: /a}], gatewayResponseOrigin: any, " + two, flags: "--format sam"},
		"terraform-greedy":            {policy: "api: http, allowMethods: [GET], " + one, flags: "--format terraform --terraform-preflight greedy"},
		"default-paths":               {policy: "api: rest, allowMethods: [GET], " + one},
		// API Gateway has the common methods alone, so that others are refused
		// before there is advice about them.
		"method-misspelt": {},
	}
	for _, code := range report.AdviceCodeNames() {
		t.Run(code, func(t *testing.T) {
			tt, ok := tests[code]
			if !ok {
				t.Fatal("give it a row: a policy that leads to this advice and no other")
			}
			if tt.policy == "" {
				return
			}
			strict := func(policy string, more ...string) (int, string) {
				args := strings.Fields("generate -f - --strict --format cloudformation " + tt.flags)
				exit, _, stderr := runMain("{"+policy+"}", append(args, more...)...)
				return exit, stderr
			}
			if exit, told := strict(tt.policy); exit != 3 || !strings.Contains(told, "["+code+"]\n") || !strings.Contains(told, "1 piece of advice, refused") {
				t.Fatalf("exit %d without leave:\n%s", exit, told)
			}
			for way, again := range map[string]func() (int, string){
				"flag": func() (int, string) { return strict(tt.policy, "--allow-advice", code) },
				"list": func() (int, string) { return strict(tt.policy, "--allow-advice", "duplicate,"+code) },
				"key":  func() (int, string) { return strict(tt.policy + ", allowAdvice: [" + code + "]") },
			} {
				if exit, told := again(); exit != 0 || !strings.Contains(told, "["+code+"]\n") || strings.Count(told, ", acknowledged: ") != strings.Count(told, "\n") {
					t.Errorf("allowed by the %s: exit %d, and not in a line each:\n%s", way, exit, told)
				}
			}
		})
	}
}

// TestReviewB7ExplicitChoice: a word that is given for its effect acknowledges
// what there is to say about it; the default of the same effect does not.
func TestReviewB7ExplicitChoice(t *testing.T) {
	const several = "{api: rest, allowMethods: [GET], resources: [{path: /a}], allowOrigins: [https://a.example.com, https://b.example.com]}"
	const credentials = "{api: rest, allowMethods: [GET], resources: [{path: /a}], allowCredentials: true, allowOrigins: [https://a.example.com, https://b.example.com]}"
	const http = "{api: http, allowMethods: [GET], allowOrigins: [https://a.example.com]}"
	tests := []struct {
		desc, policy string
		flags        string
		exit         int
	}{
		{"several origins, by default any", several, "", 3},
		{"several origins, auto by name", several, "--gateway-response-origin auto", 3},
		{"any by name", several, "--gateway-response-origin any", 0},
		{"echo by name, without need", several, "--gateway-response-origin echo", 0},
		{"credentials, by default echo", credentials, "", 3},
		{"echo by name", credentials, "--gateway-response-origin echo", 0},
		{"no gateway response at all", several, "--gateway-responses none", 0},
		{"some are left out", several, "--gateway-response-origin any --gateway-responses DEFAULT_4XX", 3},
		{"the function answers, by name", http, "--preflight lambda", 0},
		{"one OPTIONS method for all, by name", several, "--gateway-response-origin any --format terraform --terraform-preflight greedy", 0},
		{"any origin is an entry of a list", http, "--allow-origins *", 3},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			args := append([]string{"generate", "-f", "-", "--strict", "--format", "cloudformation"}, strings.Fields(tt.flags)...)
			if exit, _, told := runMain(tt.policy, args...); exit != tt.exit {
				t.Errorf("exit %d, not %d:\n%s", exit, tt.exit, told)
			}
		})
	}
}

// TestReviewB7UnknownCode is refused, with the code that was meant.
func TestReviewB7UnknownCode(t *testing.T) {
	const policy = "{api: http, allowMethods: [GET], allowOrigins: ['*']}"
	exit, _, told := runMain(policy, "generate", "-f", "-", "--allow-advice", "any-origins")
	if want := "apigw-cors: --allow-advice: \"any-origins\": no such code\n  hint: did you mean any-origin?\n"; exit != 2 || told != want {
		t.Errorf("exit %d:\n%s", exit, told)
	}
	exit, _, told = runMain(strings.Replace(policy, "}", ", allowAdvice: [any-origins]}", 1), "generate", "-f", "-")
	if want := "stdin:1:69: allowAdvice[0]: \"any-origins\": invalid: no such code of advice\n  hint: did you mean any-origin?\n"; exit != 3 || !strings.Contains(told, want) {
		t.Errorf("exit %d:\n%s", exit, told)
	}
	if _, offered, _ := runMain("", "__complete", "generate", "--allow-advice", "any-origin,"); !strings.Contains(offered, "any-origin,sam-local\n") {
		t.Errorf("completes %q", offered)
	}
}

package cmd_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

const (
	recipePolicy = "api: http\nallowOrigins: [https://app.example.com]\nallowMethods: [GET]\n"
	// recipeFault is what lint has to find, and fix can mend.
	recipeFault = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: "'https://app.example.com'"
      Auth:
        DefaultAuthorizer: Users
        Authorizers:
          Users:
            UserPoolArn: arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      CodeUri: src
      Events:
        List:
          Type: Api
          Properties: {Path: /orders, Method: get, RestApiId: !Ref Api}
`
)

// scratch is a repository of git with a policy and what is rendered of it.
func scratch(t *testing.T) string {
	t.Helper()
	for _, program := range []string{"git", "bash", "make"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("no %s: install it", program)
		}
	}
	dir := t.TempDir()
	write(t, dir, "cors.yaml", recipePolicy)
	for _, line := range []string{
		"git init -q", "apigw-cors generate -f cors.yaml --format sam --out infra", "git add -A",
		"git -c user.name=a -c user.email=a@b.example commit -qm first",
	} {
		if code, out := shell(t, dir, line); code != 0 {
			t.Fatalf("%s: exit %d\n%s", line, code, out)
		}
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// shell runs a script as the runners do, ended by its first failure.
func shell(t *testing.T, dir, script string, env ...string) (code int, output string) {
	t.Helper()
	cmd := exec.Command("bash", "-e", "-o", "pipefail", "-c", script)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}

// recipeFile is the file of a recipe out of help ci, as a person would copy it.
func recipeFile(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("apigw-cors", "help", "ci").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(out), ", "+name+":\n")
	if !found {
		t.Fatalf("no %s in help ci", name)
	}
	var text strings.Builder
	for line := range strings.Lines(rest) {
		if code, ok := strings.CutPrefix(line, "    "); ok {
			text.WriteString(code)
		} else if text.Len() > 0 {
			break
		}
	}
	return text.String()
}

// TestRecipes runs each script of help ci in a repository where all is well,
// then where the policy and the files have gone apart, and where a template has
// a fault.
func TestRecipes(t *testing.T) {
	commands := func(t *testing.T, text string, path ...string) string {
		var document any
		if err := yaml.Unmarshal([]byte(text), &document); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		for _, key := range path {
			document = document.(map[string]any)[key]
		}
		var lines []string
		for _, line := range document.([]any) {
			lines = append(lines, line.(string))
		}
		return strings.Join(lines, "\n")
	}
	for _, tt := range []struct {
		file   string
		script func(t *testing.T, text string) string
	}{
		{".gitlab-ci.yml", func(t *testing.T, text string) string { return commands(t, text, "cors", "script") }},
		{"buildspec.yml", func(t *testing.T, text string) string { return commands(t, text, "phases", "build", "commands") }},
		{"Makefile", func(*testing.T, string) string { return "make cors-check" }},
	} {
		t.Run(tt.file, func(t *testing.T) {
			dir := scratch(t)
			text := recipeFile(t, tt.file)
			write(t, dir, tt.file, text)
			script := tt.script(t, text)
			if code, out := shell(t, dir, script); code != 0 {
				t.Errorf("all is well, and exit %d\n%s", code, out)
			}
			write(t, dir, "cors.yaml", strings.Replace(recipePolicy, "GET", "PUT", 1))
			if code, out := shell(t, dir, script); code == 0 || !strings.Contains(out, "1 of 1 file in infra would change") {
				t.Errorf("the files differ, and exit %d\n%s", code, out)
			}
			write(t, dir, "cors.yaml", recipePolicy)
			write(t, dir, "template.yaml", recipeFault)
			if code, out := shell(t, dir, script); code == 0 || !strings.Contains(out, "preflight-authorized") {
				t.Errorf("a template has a fault, and exit %d\n%s", code, out)
			}
		})
	}
	t.Run("make cors", func(t *testing.T) {
		dir := scratch(t)
		write(t, dir, "Makefile", recipeFile(t, "Makefile"))
		write(t, dir, "cors.yaml", strings.Replace(recipePolicy, "GET", "PUT", 1))
		if code, out := shell(t, dir, "make cors && make cors-check"); code != 0 {
			t.Errorf("exit %d\n%s", code, out)
		}
	})
}

// TestPreCommitHooks runs what pre-commit would: the entry of each hook that the
// recipe names, in the repository.
func TestPreCommitHooks(t *testing.T) {
	text, err := os.ReadFile("../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID, Entry, Language, Files string
		Pass                       *bool `yaml:"pass_filenames"`
	}
	if err := yaml.Unmarshal(text, &hooks); err != nil {
		t.Fatal(err)
	}
	var named struct {
		Repos []struct{ Hooks []struct{ ID string } }
	}
	if err := yaml.Unmarshal([]byte(recipeFile(t, ".pre-commit-config.yaml")), &named); err != nil {
		t.Fatal(err)
	}
	for i, hook := range hooks {
		if hook.Language != "golang" || hook.Pass == nil || *hook.Pass || named.Repos[0].Hooks[i].ID != hook.ID {
			t.Errorf("%+v", hook)
		}
		for _, name := range []string{"template.yaml", "a/main.tf", "cdk.out/App.template.json"} {
			if !regexp.MustCompile(hook.Files).MatchString(name) {
				t.Errorf("%s: not for %s", hook.ID, name)
			}
		}
		dir := scratch(t)
		if code, out := shell(t, dir, hook.Entry); code != 0 {
			t.Errorf("%s: all is well, and exit %d\n%s", hook.ID, code, out)
		}
		write(t, dir, "template.yaml", recipeFault)
		code, out := shell(t, dir, hook.Entry)
		changed, err := os.ReadFile(filepath.Join(dir, "template.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		// pre-commit fails, too, where a hook has changed a file.
		if mends := strings.Contains(hook.Entry, "fix"); code == 0 && !mends || mends == bytes.Equal(changed, []byte(recipeFault)) {
			t.Errorf("%s: a template has a fault, and exit %d\n%s", hook.ID, code, out)
		}
	}
}

// TestAction runs the scripts of the composite action as the runner does: with
// its inputs in the environment, and after a failure those alone that ask for it.
func TestAction(t *testing.T) {
	text, err := os.ReadFile("../.github/actions/apigw-cors/action.yml")
	if err != nil {
		t.Fatal(err)
	}
	type step struct {
		Name, Run, Shell, Uses string
		If                     string
		Env                    map[string]string
		WorkingDirectory       string `yaml:"working-directory"`
	}
	var action struct {
		Inputs map[string]struct{ Default string }
		Runs   struct{ Steps []step }
	}
	if err := yaml.Unmarshal(text, &action); err != nil {
		t.Fatal(err)
	}
	var with struct {
		Jobs map[string]struct {
			Steps []struct{ With map[string]string }
		}
	}
	if err := yaml.Unmarshal([]byte(recipeFile(t, ".github/workflows/cors.yml")), &with); err != nil {
		t.Fatal(err)
	}
	inputs := map[string]string{}
	for name, input := range action.Inputs {
		inputs[name] = input.Default
	}
	for name, value := range with.Jobs["cors"].Steps[1].With {
		if _, ok := inputs[name]; !ok {
			t.Errorf("the recipe gives %s, and the action has no such input", name)
		}
		inputs[name] = value
	}
	inputs["paths"] = "."
	// run gives the steps that fail, with blanks between them.
	run := func(t *testing.T, dir string) (failed string, output string) {
		runner := t.TempDir()
		for _, s := range action.Runs.Steps {
			if s.Run == "" {
				continue
			}
			if s.Shell != "bash" {
				t.Errorf("%s: shell %q", s.Name, s.Shell)
			}
			if s.Name == "build" {
				if !strings.HasSuffix(s.WorkingDirectory, "/../../..") {
					t.Errorf("the action is built in %s", s.WorkingDirectory)
				}
				continue // what is on the PATH is it
			}
			if failed != "" && !strings.Contains(s.If, "!cancelled()") {
				continue
			}
			lint, _ := os.ReadFile(filepath.Join(runner, "output"))
			if s.Name == "findings" && !slices.Contains(strings.Fields(string(lint)), "code=3") {
				continue
			}
			env := []string{"RUNNER_TEMP=" + runner, "GITHUB_OUTPUT=" + filepath.Join(runner, "output")}
			for name, value := range s.Env {
				input := strings.TrimSuffix(strings.TrimPrefix(value, "${{ inputs."), " }}")
				env = append(env, name+"="+inputs[input])
			}
			if strings.Contains(s.Run, "${{") {
				t.Errorf("%s: an expression in a script can be a command", s.Name)
			}
			code, out := shell(t, dir, s.Run, env...)
			output += out
			if code != 0 {
				failed = strings.TrimSpace(failed + " " + s.Name)
			}
		}
		sarif, err := os.ReadFile(filepath.Join(runner, "apigw-cors.sarif"))
		if err != nil || !bytes.Contains(sarif, []byte(`"2.1.0"`)) {
			t.Errorf("no SARIF to upload: %v", err)
		}
		return failed, output
	}
	dir := scratch(t)
	if failed, out := run(t, dir); failed != "" {
		t.Errorf("all is well, and %s fails\n%s", failed, out)
	}
	write(t, dir, "cors.yaml", strings.Replace(recipePolicy, "GET", "PUT", 1))
	if failed, out := run(t, dir); failed != "generate" {
		t.Errorf("the files differ, and %q fails\n%s", failed, out)
	}
	write(t, dir, "cors.yaml", recipePolicy)
	write(t, dir, "template.yaml", recipeFault)
	if failed, out := run(t, dir); failed != "fix findings" {
		t.Errorf("a template can be mended, and %q fails\n%s", failed, out)
	}
	inputs["fix"] = "false"
	for i, s := range action.Runs.Steps {
		if s.Name == "fix" {
			action.Runs.Steps = slices.Delete(action.Runs.Steps, i, i+1)
			break
		}
	}
	if failed, out := run(t, dir); failed != "findings" || !strings.Contains(out, "::error file=template.yaml,line=9") {
		t.Errorf("a template has a fault, and %q fails\n%s", failed, out)
	}
}

package golden_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"apigw-cors/golden/tools"
)

// translateSAM hands every SAM template to the SAM translator, and lints it.
func translateSAM(t *testing.T, m *made) {
	translator := tools.StartTranslator(t)
	var files []string
	for _, c := range cases(t) {
		file := c.path("sam/template.yaml")
		translated := translator.Template(t, file)
		t.Run(c.name, func(t *testing.T) {
			m.keep(t, c, readTemplate(t, translated))
		})
		// cfn-lint runs the SAM transform itself, after it has put a
		// DefinitionUri into every API that has neither Cors nor Auth of its
		// own; Cors in Globals is then an error. So it gets the translation.
		if slices.Contains(c.flags, "--sam-scope=globals") {
			file = filepath.Join(t.TempDir(), c.name+".json")
			tools.WriteFile(t, file, string(translated))
		}
		files = append(files, file)
	}
	for _, p := range paste(t, "sam") {
		translated := translator.Template(t, p.template())
		t.Run(p.name, func(t *testing.T) { p.pageReads(t, readOne(t, translated)) })
		file := filepath.Join(p.dir, "translated.json")
		tools.WriteFile(t, file, string(translated))
		files = append(files, file)
	}
	files = append(files, oneFileTemplates(t, translator, m)...)
	for name, file := range mendedFiles(t, "sam") {
		translated := translator.Template(t, file)
		t.Run("mended/"+name, func(t *testing.T) {
			sameInOwnForm(t, want(goldenCase{name: name}.api(t)), told(readOne(t, translated)))
		})
		file = filepath.Join(t.TempDir(), name+".json")
		tools.WriteFile(t, file, string(translated))
		files = append(files, file)
	}
	for name, file := range mendedMutations(t, "sam") {
		translated := translator.Template(t, file)
		file = filepath.Join(t.TempDir(), name+".json")
		tools.WriteFile(t, file, string(translated))
		files = append(files, file)
	}
	// W3005: the translator names what its usage plan depends on twice.
	if complaints := tools.LintTemplates(t, files, "--ignore-checks", "W3005"); complaints != "" {
		t.Errorf("cfn-lint:\n%s", complaints)
	}
}

// TestReviewB1 pastes SAM's snippets into an API that has an authorizer and an
// API key of its own, of which the policy says nothing: the preflight is behind
// neither, whatever form carries the policy.
func TestReviewB1(t *testing.T) {
	t.Parallel()
	const (
		optOut = "AddApiKeyRequiredToCorsPreflight: false\n"
		user   = `

  Backend:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      InlineCode: exports.handler = async () => ({});
      Events:
        List:
          Type: Api
          Properties:
            RestApiId: !Ref Shop
            Path: /orders
            Method: get
`
	)
	own := []string{
		"ApiKeyRequired: true", "DefaultAuthorizer: Users", "Authorizers:", "  Users:",
		"    UserPoolArn: arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_aaaaaaaaa",
	}
	translator := tools.StartTranslator(t)
	for desc, flags := range map[string][]string{
		"Cors":             {"--allow-origins=https://app.example.com"},
		"MergeDefinitions": {"--allow-origins=https://app.example.com,https://admin.example.com"},
		"DefinitionBody":   {"--allow-origins=https://app.example.com", "--integration=non-proxy"},
		"an OPTIONS event": {"--allow-origins=https://app.example.com", "--preflight=lambda"},
		"Globals":          {"--allow-origins=https://app.example.com", "--sam-scope=globals"},
	} {
		t.Run(desc, func(t *testing.T) {
			snippet := generate(t, append(flags, "--api=rest", "--name=Shop", "--allow-methods=GET", "--resource=/orders", "--format=sam")...)
			before, after, ok := strings.Cut(snippet, optOut)
			if !ok {
				t.Fatalf("no opt-out:\n%s", snippet)
			}
			indent := before[strings.LastIndex(before, "\n")+1:]
			file := filepath.Join(t.TempDir(), "template.yaml")
			tools.WriteFile(t, file, before+optOut+indent+strings.Join(own, "\n"+indent)+"\n"+after+user)
			api := readTemplate(t, translator.Template(t, file)).api
			if m := api.Methods["OPTIONS /orders"]; m == nil || m.Auth != "NONE" || m.APIKey {
				t.Errorf("the preflight is behind %+v", m)
			}
			if m := api.Methods["GET /orders"]; m == nil || !m.APIKey || desc != "DefinitionBody" && m.Auth == "NONE" {
				t.Errorf("the test is blind: GET asks for %+v", m)
			}
		})
	}
}

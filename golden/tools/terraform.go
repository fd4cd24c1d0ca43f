package tools

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// TerraformRoot is one root module with many modules below it: most of
// Terraform's time is the provider's start, which so happens once a step.
type TerraformRoot struct{ tool Tool }

// Terraform is Terraform itself, for what needs no provider.
func Terraform(t testing.TB) Tool {
	t.Helper()
	return Require(t, "terraform", installTerraform)
}

// NewTerraformRoot initialises a root whose modules are copies of folders by
// name, and which a control plane takes. The provider is the one of
// APIGW_CORS_TF_PLUGIN_DIR, a folder that holds
// registry.terraform.io/hashicorp/aws, or else the registry's.
func NewTerraformRoot(t testing.TB, plane ControlPlane, folders map[string]string) TerraformRoot {
	t.Helper()
	dir := t.TempDir()
	r := TerraformRoot{Terraform(t).In(dir).Environment(
		"TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_INPUT=0",
		"TF_CLI_ARGS=-no-color", "AWS_ENDPOINT_URL="+plane.URL,
	)}
	var root strings.Builder
	for name, folder := range folders {
		module := r.module(t, name, folder)
		fmt.Fprintf(&root, "module %q {\n  source = \"./modules/%s\"\n", name, name)
		for _, variable := range requiredVariables(t, module) {
			fmt.Fprintf(&root, "  %s = %s\n", variable, variableValue(t, variable))
		}
		root.WriteString("}\n")
	}
	WriteFile(t, filepath.Join(dir, "main.tf"), root.String())
	writePackage(t, filepath.Join(dir, "lambda.zip"))

	initialise := r.tool.With("init")
	if plugins := os.Getenv("APIGW_CORS_TF_PLUGIN_DIR"); plugins != "" {
		initialise.Run(t, "-plugin-dir="+plugins)
	} else if _, stderr, code := initialise.Environment(Network()...).Try(t); code != 0 {
		Missing(t, "the provider hashicorp/aws", "set APIGW_CORS_TF_PLUGIN_DIR to a folder that holds it, or let Terraform reach its registry\n"+stderr)
	}
	return r
}

// module copies a folder to where the module of that name stands, in place of
// what is there.
func (r TerraformRoot) module(t testing.TB, name, folder string) string {
	t.Helper()
	module := filepath.Join(r.tool.dir, "modules", name)
	if err := os.RemoveAll(module); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(module, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	packageFromBucket(t, module)
	return module
}

// Network lets a tool reach it the way the machine does.
func Network() []string {
	var env []string
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"} {
		value := os.Getenv(name)
		if value == "" {
			value = os.Getenv(strings.ToLower(name))
		}
		env = append(env, name+"="+value, strings.ToLower(name)+"="+value)
	}
	return env
}

// packageFromBucket lets the functions of a module take their package from the
// control plane's bucket: those with a package on disk are created one after
// the other, and each takes five seconds.
func packageFromBucket(t testing.TB, module string) {
	t.Helper()
	var overrides strings.Builder
	for _, block := range blocks(t, module) {
		if block.Type == "resource" && block.Labels[0] == "aws_lambda_function" {
			fmt.Fprintf(&overrides, "resource %q %q {\n  filename  = null\n  s3_bucket = \"golden\"\n  s3_key    = \"lambda.zip\"\n}\n",
				block.Labels[0], block.Labels[1])
		}
	}
	WriteFile(t, filepath.Join(module, "package_override.tf"), overrides.String())
}

// requiredVariables are the variables of a module that have no default.
func requiredVariables(t testing.TB, module string) []string {
	t.Helper()
	var names []string
	for _, block := range blocks(t, module) {
		if _, optional := block.Body.Attributes["default"]; block.Type == "variable" && !optional {
			names = append(names, block.Labels[0])
		}
	}
	return names
}

// blocks are the top-level blocks of a module's files.
func blocks(t testing.TB, module string) []*hclsyntax.Block {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(module, "*.tf"))
	if err != nil {
		t.Fatal(err)
	}
	var out []*hclsyntax.Block
	for _, file := range files {
		f, diagnostics := hclsyntax.ParseConfig(ReadFile(t, file), file, hcl.InitialPos)
		if diagnostics.HasErrors() {
			t.Fatal(diagnostics)
		}
		out = append(out, f.Body.(*hclsyntax.Body).Blocks...)
	}
	return out
}

// variableValue is what a person would fill in, by the name's end.
func variableValue(t testing.TB, name string) string {
	t.Helper()
	for end, value := range map[string]string{
		"_lambda_package":   `"${path.root}/lambda.zip"`,
		"_backend_url":      `"https://backend.example.com/orders"`,
		"_service_uri":      `"` + ServiceURI() + `"`,
		"invoke_arn":        `"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/` + FunctionARN("orders") + `/invocations"`,
		"_service_role_arn": `"arn:aws:iam::123456789012:role/service"`,
		"_authorizer_arn":   `"` + FunctionARN("authorizer") + `"`,
		"pool":              `"arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_aaaaaaaaa"`,
		"_user_pool_arn":    `"arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_aaaaaaaaa"`,
		"_jwt_issuer":       `"https://issuer.example.com"`,
		"_jwt_audience":     `["audience"]`,
	} {
		if strings.HasSuffix(name, end) {
			return value
		}
	}
	// An API whose name ends in InDev is that of the environment dev.
	if id, ok := strings.CutSuffix(name, "_cors_environment"); ok {
		_, environment, _ := strings.Cut(id, "_in_")
		return `"` + strings.ReplaceAll(environment, "_", "-") + `"`
	}
	t.Fatalf("no value for the Terraform variable %s", name)
	return ""
}

func writePackage(t testing.TB, path string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	archive := zip.NewWriter(file)
	w, err := archive.Create("index.mjs")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(w, "export const handler = async () => ({});")
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
}

// Validate validates everything.
func (r TerraformRoot) Validate(t testing.TB) {
	t.Helper()
	r.tool.Run(t, "validate")
}

// Apply validates, plans and applies everything.
func (r TerraformRoot) Apply(t testing.TB) {
	t.Helper()
	r.Validate(t)
	r.tool.Run(t, "plan", "-out=plan")
	r.tool.Run(t, "apply", "plan")
}

// resourceChange is what a plan would do to one resource.
type resourceChange struct {
	Address string
	Change  struct {
		Actions       []string
		Before, After map[string]json.RawMessage
	}
}

// Changes are what a second plan still finds to do, one line each.
func (r TerraformRoot) Changes(t testing.TB) []string {
	t.Helper()
	r.tool.Run(t, "plan", "-out=second")
	plan := Decode[struct {
		ResourceChanges []resourceChange `json:"resource_changes"`
	}](t, []byte(r.tool.Run(t, "show", "-json", "second")))
	var out []string
	for _, c := range plan.ResourceChanges {
		if !slices.Equal(c.Change.Actions, []string{"no-op"}) {
			out = append(out, fmt.Sprintf("%s: %s %s", c.Address, strings.Join(c.Change.Actions, ", "), strings.Join(c.attributes(), ", ")))
		}
	}
	return out
}

// attributes are those whose values change.
func (c resourceChange) attributes() []string {
	var out []string
	for name, after := range c.Change.After {
		if string(after) != string(c.Change.Before[name]) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Update applies one module alone, with the files of another folder if that is
// not "", and replaces one of its resources if that is not "".
func (r TerraformRoot) Update(t testing.TB, name, folder, replaced string) {
	t.Helper()
	if folder != "" {
		r.module(t, name, folder)
	}
	args := []string{"apply", "-auto-approve", "-refresh=false", "-target=module." + name}
	if replaced != "" {
		args = append(args, "-replace=module."+name+"."+replaced)
	}
	r.tool.Run(t, args...)
}

// Refused gives what Terraform says of a module in which something else is put in
// the place of a text: it must not plan it.
func (r TerraformRoot) Refused(t testing.TB, name, old, other string) string {
	t.Helper()
	file := filepath.Join(r.tool.dir, "main.tf")
	root := string(ReadFile(t, file))
	before, module, found := strings.Cut(root, fmt.Sprintf("module %q {\n", name))
	if !found || !strings.Contains(module, old) {
		t.Fatalf("module %s has no %s", name, old)
	}
	WriteFile(t, file, before+fmt.Sprintf("module %q {\n", name)+strings.Replace(module, old, other, 1))
	defer WriteFile(t, file, root)
	stdout, stderr, code := r.tool.Try(t, "plan", "-refresh=false", "-target=module."+name)
	if code == 0 {
		t.Errorf("Terraform plans %s with %s\n%s", name, other, stdout)
	}
	return stderr
}

// Graph is the DOT of "terraform graph".
func (r TerraformRoot) Graph(t testing.TB) string {
	t.Helper()
	return r.tool.Run(t, "graph")
}

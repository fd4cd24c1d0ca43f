package golden_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"apigw-cors/generator/gateway"
	"apigw-cors/generator/reader"
	"apigw-cors/golden/tools"
)

// oneFileCase is a policy whose environments go into one file of each format.
type oneFileCase struct {
	name    string
	policy  string
	formats []string
}

// oneFileCases have an answer of each form: a static value, a mapping template,
// the service's own list.
func oneFileCases() []oneFileCase {
	stacks := []string{"sam", "cloudformation", "terraform"}
	return []oneFileCase{
		{"RestOne", `api: rest
name: RestOne
integration: non-proxy
backendType: mock
allowMethods: [GET, PUT]
allowCredentials: true
exposeHeaders: [ETag]
resources: [{path: /orders}]
environments:
  dev: {allowOrigins: ["http://localhost:3000"]}
  prod-eu: {allowOrigins: [https://app.example.com]}
`, stacks},
		{"RestSeveral", `api: rest
name: RestSeveral
integration: non-proxy
backendType: mock
allowMethods: [GET, PUT]
allowCredentials: true
resources: [{path: /orders}]
environments:
  dev: {allowOrigins: ["http://localhost:3000", https://dev.example.com, "https://[::1]:8443"]}
  prod-eu: {allowOrigins: [https://app.example.com, https://admin.example.com]}
`, []string{"terraform"}},
		{"HttpOne", `api: http
name: HttpOne
allowMethods: [GET, PUT]
maxAge: 600
environments:
  dev: {allowOrigins: ["http://localhost:3000"]}
  prod-eu: {allowOrigins: [https://app.example.com]}
`, stacks},
		{"HttpSeveral", `api: http
name: HttpSeveral
allowMethods: [GET, PUT]
environments:
  dev: {allowOrigins: ["http://localhost:3000", https://dev.example.com, https://test.example.com]}
  prod-eu: {allowOrigins: [https://app.example.com]}
`, []string{"terraform"}},
	}
}

// render gives the folder of what is rendered of the policy in a format.
func (c oneFileCase) render(t *testing.T, format string) string {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "cors.yaml")
	tools.WriteFile(t, file, c.policy)
	generate(t, "--file", file, "--environment", "all", "--one-file", "--format", format, "--standalone", "--out", dir)
	return filepath.Join(dir, format)
}

// apis are those of the environments by name.
func (c oneFileCase) apis(t *testing.T) map[string]gateway.API {
	t.Helper()
	var keys map[string]any
	if err := yaml.Unmarshal([]byte(c.policy), &keys); err != nil {
		t.Fatal(err)
	}
	environments := keys["environments"].(map[string]any)
	delete(keys, "environments")
	all := map[string]gateway.API{}
	for name, own := range environments {
		keys["allowOrigins"] = own.(map[string]any)["allowOrigins"]
		all[name] = apiOf(t, keys)
	}
	return all
}

// TestOneFileSaysEachPolicy reads what is rendered for all environments with the
// name of each: it tells API Gateway what the policy of that environment says, and
// so gives pages the same answers.
func TestOneFileSaysEachPolicy(t *testing.T) {
	t.Parallel()
	for _, c := range oneFileCases() {
		for _, format := range c.formats {
			folder := c.render(t, format)
			for name, api := range c.apis(t) {
				t.Run(c.name+"/"+format+"/"+name, func(t *testing.T) {
					id := map[string]string{"RestOne": "rest_one", "RestSeveral": "rest_several", "HttpOne": "http_one", "HttpSeveral": "http_several"}[c.name]
					options := reader.Options{
						Parameters: map[string]string{c.name + "Environment": name},
						Variables:  map[string]string{id + "_cors_environment": name},
					}
					path := "template.yaml"
					if format == "terraform" {
						path = "."
					}
					r, err := reader.Read(os.DirFS(folder), path, options)
					if err != nil || len(r.Faults) > 0 {
						t.Fatal(err, r.Faults)
					}
					got := theOne(t, r.APIs)
					if format == "sam" {
						sameInOwnForm(t, want(api), told(got))
						return
					}
					for _, line := range gateway.Difference(api.Facts(), got) {
						t.Error(line)
					}
					if len(got.Open) > 0 {
						t.Errorf("open: %v", got.Open)
					}
				})
			}
		}
	}
}

// readWith reads what one file says of one API with the values of its parameters.
func readWith(t *testing.T, content []byte, parameters map[string]string) gateway.Facts {
	t.Helper()
	r, err := reader.Read(oneFile(content), "file", reader.Options{Parameters: parameters})
	if err != nil || len(r.Faults) > 0 {
		t.Fatal(err, r.Faults)
	}
	return theOne(t, r.APIs)
}

// oneFileTemplates hands the templates of a format to the tool that reads them,
// with the name of each environment, keeps what it makes of them, and gives their
// files to be linted. SAM makes another deployment when an origin changes in the
// mapping.
func oneFileTemplates(t *testing.T, translator tools.Translator, m *made) []string {
	t.Helper()
	var files []string
	format := m.format
	for _, c := range oneFileCases() {
		if !slices.Contains(c.formats, format) {
			continue
		}
		file := filepath.Join(c.render(t, format), "template.yaml")
		files = append(files, file)
		for name, api := range c.apis(t) {
			t.Run(c.name+"/"+name, func(t *testing.T) {
				parameters := map[string]string{c.name + "Environment": name}
				template := translator.TemplateWith(t, file, parameters)
				facts := readWith(t, template, parameters)
				m.keepEnvironment(t, "one-file-"+c.name+"/"+name, api, product{told(facts), identityOf(facts), template})
			})
		}
		if c.name == "RestOne" && format == "sam" {
			other := c
			other.policy = strings.Replace(c.policy, "https://app.example.com", "https://new.example.com", 1)
			before := deployments(translator.Template(t, file))
			after := deployments(translator.Template(t, filepath.Join(other.render(t, format), "template.yaml")))
			if len(before) == 0 || slices.Equal(before, after) {
				t.Errorf("deployments %q before and %q after an origin has changed", before, after)
			}
		}
	}
	return files
}

// deployments are the logical ids of the deployments of a template in JSON.
func deployments(template []byte) []string {
	return regexp.MustCompile(`"RestOneDeployment[0-9a-f]+": *\{`).FindAllString(string(template), -1)
}

// oneFileModules adds a module for each environment of some policies, and gives
// their APIs by the names of the modules.
func oneFileModules(t *testing.T, modules map[string]string) map[string]gateway.API {
	t.Helper()
	all := map[string]gateway.API{}
	for _, c := range oneFileCases() {
		if !strings.HasSuffix(c.name, "Several") {
			continue // the form of the others is that of every case
		}
		for environment, suffix := range map[string]string{"dev": "InDev", "prod-eu": "InProdEu"} {
			named := c
			named.policy = strings.Replace(c.policy, "name: "+c.name, "name: "+c.name+suffix, 1)
			name := "one-file-" + c.name + suffix
			modules[name], all[name] = named.render(t, "terraform"), named.apis(t)[environment]
		}
	}
	return all
}

// oneFileApps adds an app with a stack for each environment, and gives their APIs
// by the names of app and stack.
func oneFileApps(t *testing.T, apps map[string]string) map[string]gateway.API {
	t.Helper()
	all := map[string]gateway.API{}
	for _, c := range oneFileCases() {
		app := "one-file-" + c.name
		apps[app] = c.render(t, "cdk")
		for environment, api := range c.apis(t) {
			all[app+"/"+c.name+"Stack-"+environment] = api
		}
	}
	return all
}

package generator

import (
	"errors"
	"path"
	"slices"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Format is a form an API can be rendered in, and what there is to know about
// it. Formats come from [Formats] and [ParseFormat]; the zero Format is not
// one, and rendering it is an error.
type Format struct {
	// Name is what the command line calls it; Summary says in one line what
	// is rendered.
	Name, Summary string
	// Languages are the extensions of the rendered files, without the dot.
	Languages []string
	// Documents are patterns, as of [path.Match], of the names of its files that
	// have no room for a head and are of no use to anybody else.
	Documents []string
	// Function reports that the files are an example Lambda function, not
	// the API itself.
	Function bool
	// Redeploy says what is left to do with a REST API's snippet, so that its
	// stage serves a change: a stage serves the snapshot of its last
	// deployment. Empty where deploying the files is all it takes.
	// https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html
	Redeploy string
	// Beside says where the snippet has to stand, where its tool does not read
	// the format's own folder.
	Beside string
	// Options are the choices it leaves to its user.
	Options []Option
	// Proofs are the kinds of evidence there are that the files mean what the
	// policy says. The tests hold a format to what it promises here.
	Proofs []Proof

	render func(job) ([]File, []cors.Advice, error)
	// reference is how a file looks up the value of that name that the environment
	// chooses, "" where it cannot; nil where no file looks anything up.
	reference func(c *choices, api gateway.API, name string) string
}

// Proof is a kind of evidence that a format carries a policy faithfully.
type Proof string

// The proofs.
const (
	// ReadsBack: whatever policy is accepted, the files read back as it.
	ReadsBack Proof = "reads back"
	// RealTool: the tool that reads the files takes them.
	RealTool Proof = "real tool"
	// Sameness: what that tool makes of them is what API Gateway should be
	// told, to the value.
	Sameness Proof = "sameness"
	// Browser: pages in a real browser fetch from it, and are refused where
	// the policy refuses.
	Browser Proof = "browser"
	// Handlers: the function runs in its own runtime.
	Handlers Proof = "handlers"
)

// Formats lists every format, the one that suits most first.
func Formats() []Format {
	template := []Proof{ReadsBack, RealTool, Sameness, Browser}
	function := []Proof{ReadsBack, Browser, Handlers}
	return []Format{
		{
			Name: "sam", Summary: "AWS SAM template", Languages: []string{"yaml"},
			Options: []Option{samScope()}, Proofs: template, render: renderSAM, reference: stackReference,
		},
		{
			Name: "cloudformation", Summary: "AWS CloudFormation template", Languages: []string{"yaml"},
			Redeploy: "Let the DeploymentId of your stage point at the deployment in the template.",
			Proofs:   template, render: renderCloudFormation, reference: stackReference,
		},
		{
			Name: "terraform", Summary: "Terraform configuration for the hashicorp/aws provider", Languages: []string{"tf"},
			Redeploy: "Give the triggers of your aws_api_gateway_deployment the local value that changes with the policy.",
			Beside:   "Terraform reads no folder below a module's: move terraform/cors.tf beside your API's own files, or let --flat write it there.",
			Options:  []Option{terraformPreflight()}, Proofs: template, render: renderTerraform, reference: terraformReference,
		},
		{
			Name: "cdk", Summary: "AWS CDK stack in TypeScript (aws-cdk-lib v2)", Languages: []string{"ts", "json"},
			Proofs: template, render: renderCDK, reference: cdkReference,
		},
		{
			Name: "aws-cli", Summary: "shell script that applies the policy with the AWS CLI", Languages: []string{"sh", "json"},
			Documents: []string{"preflight-*.json", "actual-*.json", "gateway-response.json", "cors-configuration.json"},
			Proofs:    template, render: renderAWSCLI,
		},
		{
			Name: "lambda-nodejs", Summary: "wrapper for Lambda functions in Node.js, and an example", Languages: []string{"mjs", "cjs"},
			Function: true, Proofs: function, render: renderNodeJS,
		},
		{
			Name: "lambda-python", Summary: "wrapper for Lambda functions in Python, and an example", Languages: []string{"py"},
			Function: true, Proofs: function, render: renderPython,
		},
	}
}

// ParseFormat returns the format of that name.
func ParseFormat(name string) (Format, bool) {
	all := Formats()
	i := slices.IndexFunc(all, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, false
	}
	return all[i], true
}

var errZeroFormat = errors.New("the zero Format is not a format")

// renders runs the format on a job.
func (f Format) renders(j job) ([]File, []cors.Advice, error) {
	if f.render == nil {
		return nil, nil, errZeroFormat
	}
	return f.render(j)
}

// job is one API to be rendered in one format.
type job struct {
	// format is its name, policy what every job of the API has in common of
	// the command that renders it again.
	format, policy string
	api            gateway.API
	options        Options
	templates      *templateSet
	// choices are the values that an environment chooses, nil where there is one
	// policy.
	choices *choices
}

// file executes the template of the same path and name.
func (j job) file(path string, view any) (File, error) {
	content, err := j.execute(path, view)
	return File{Path: path, Content: content}, err
}

// execute runs templates/<file>.tmpl on a view.
func (j job) execute(file string, view any) ([]byte, error) {
	return j.templates.execute(templateKey{patternOf(file), j.api.IsREST(), j.options.Standalone}, path.Base(file)+".tmpl", view, j.choices)
}

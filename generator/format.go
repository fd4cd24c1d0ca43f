package generator

import (
	"slices"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Format is a language an API can be rendered in.
type Format struct {
	// Name is what the command line calls it; Summary says in one line what
	// is rendered.
	Name, Summary string
	render        func(job) ([]File, []cors.Advice, error)
}

// Formats lists every format.
func Formats() []Format {
	return []Format{
		{"sam", "AWS SAM template", renderSAM},
		{"cloudformation", "AWS CloudFormation template", renderCloudFormation},
		{"terraform", "Terraform configuration for the hashicorp/aws provider", renderTerraform},
		{"cdk", "AWS CDK stack in TypeScript (aws-cdk-lib v2)", renderCDK},
		{"aws-cli", "shell script that applies the policy with the AWS CLI", renderAWSCLI},
		{"lambda-nodejs", "example Lambda function for Node.js", renderNodeJS},
		{"lambda-python", "example Lambda function for Python", renderPython},
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

// job is one API to be rendered in one format.
type job struct {
	api       gateway.API
	options   Options
	templates *templateSet
}

// file executes the template of the same path and name.
func (j job) file(path string, view any) (File, error) {
	content, err := j.templates.execute(path, view)
	return File{Path: path, Content: content}, err
}

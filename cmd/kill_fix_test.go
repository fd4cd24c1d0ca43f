package cmd_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestKilledFix kills fix while it writes, again and again: each file is whole,
// as it was or as it is to be, what else is left is of no name that anybody
// reads, and the next run comes to what a run that nobody kills comes to. Of one
// API's files some may be old and some new in between.
func TestKilledFix(t *testing.T) {
	if testing.Short() {
		t.Skip("kills sixty runs")
	}
	policy := filepath.Join(t.TempDir(), "cors.yaml")
	const text = "{api: rest, name: Shop, allowOrigins: [https://app.example, https://b.example], allowMethods: [GET, PUT]}"
	if err := os.WriteFile(policy, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, p := range []brokenProject{
		{"templates", "api00/template.yaml", brokenTemplates(), 40, []string{"--unsafe"}},
		{"module", "shop/cors.tf", brokenModule(), 20, []string{"--file", policy}},
	} {
		t.Run(p.name, p.kill)
	}
}

// brokenProject is what fix mends, and is killed at so many times.
type brokenProject struct {
	name string
	// first is the file that is written first.
	first string
	files map[string]string
	kills int
	flags []string
}

func (p brokenProject) kill(t *testing.T) {
	dir := t.TempDir()
	command := append([]string{"fix", "--write", dir}, p.flags...)
	p.write(t, dir)
	begun := time.Now()
	run(t, command...)
	took, mended := time.Since(begun), contents(t, dir)
	for name := range p.files {
		if string(mended[name]) == p.files[name] {
			t.Errorf("%s stays as it is", name)
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	cut, torn := 0, 0
	for i := range p.kills {
		p.write(t, dir)
		c, _ := start(t, nil, command...)
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		p.await(dir, ended, i%2 == 0)
		if i%2 == 0 {
			time.Sleep(time.Duration(random.Int64N(int64(took / 2))))
		}
		c.Process.Kill()
		<-ended
		written := p.look(t, dir, mended)
		if len(written) < len(mended) {
			cut++
		}
		if isTorn(written, mended) {
			torn++
		}
		run(t, command...)
		left := contents(t, dir)
		for name, want := range mended {
			if !bytes.Equal(left[name], want) {
				t.Fatalf("kill %d: the next run makes %s\n%s\nnot\n%s", i, name, left[name], want)
			}
			delete(left, name)
		}
		// What is beside a file goes with the next run that writes in its folder.
		for name := range left {
			for unwritten := range mended {
				if path.Dir(unwritten) == path.Dir(name) && !written[unwritten] {
					t.Errorf("kill %d: left behind: %s", i, name)
				}
			}
		}
	}
	if cut == 0 {
		t.Error("no run was killed while it wrote")
	}
	t.Logf("%d of %d runs were killed while they wrote, %d of them between the files of an API", cut, p.kills, torn)
}

// await waits until something is written, beside its place or in it, or the run
// has ended.
func (p brokenProject) await(dir string, ended chan error, beside bool) {
	first := filepath.Join(dir, p.first)
	for len(ended) == 0 {
		if beside {
			if found, err := filepath.Glob(filepath.Join(filepath.Dir(first), ".*-tmp")); err != nil || len(found) > 0 {
				return
			}
		} else if info, err := os.Stat(first); err == nil && info.Size() != int64(len(p.files[p.first])) {
			return
		}
	}
}

// isTorn reports whether of one API some files are written and some not.
func isTorn(written map[string]bool, mended map[string][]byte) bool {
	for name := range mended {
		for other := range mended {
			if path.Dir(name) == path.Dir(other) && written[name] != written[other] {
				return true
			}
		}
	}
	return false
}

// write puts the project back as it was.
func (p brokenProject) write(t *testing.T, dir string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, text := range p.files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// look gives the files that are written, and fails where one is neither as it
// was nor as it is to be.
func (p brokenProject) look(t *testing.T, dir string, mended map[string][]byte) map[string]bool {
	t.Helper()
	written := map[string]bool{}
	for name, text := range contents(t, dir) {
		old, had := p.files[name]
		switch base := path.Base(name); {
		case mended[name] != nil && bytes.Equal(text, mended[name]):
			written[name] = true
		case had && string(text) == old:
		case strings.HasPrefix(base, ".") && strings.HasSuffix(base, ".apigw-cors-tmp"):
		default:
			t.Fatalf("%s is not whole: %q", name, text)
		}
	}
	return written
}

// brokenTemplates are the templates of some APIs, of which each second has its
// OpenAPI document in a file of its own.
func brokenTemplates() map[string]string {
	const (
		head = `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors:
        AllowOrigin: https://a%d.example  # whose pages
        AllowMethods: "'GET,POST'"
        AllowHeaders: "'Content-Type'"
`
		alone = head + `  Function:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      CodeUri: src
      Events:
        Order: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /orders, Method: post}}
`
		beside = head + `      DefinitionBody:
        Fn::Transform:
          Name: AWS::Include
          Parameters: {Location: openapi.yaml}
      GatewayResponses:
        DEFAULT_4XX: {ResponseParameters: {Headers: {Access-Control-Allow-Origin: https://a%d.example}}}
`
		document = `openapi: 3.0.1
info: {title: A, version: "1"}
paths:
  /orders:
    post:
      security: [{key: []}]
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations
    options:
      responses:
        "200":
          description: yes
          headers:
            Access-Control-Allow-Origin: {schema: {type: string}}
            Access-Control-Allow-Headers: {schema: {type: string}}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default:
            statusCode: "200"
            responseParameters:
              method.response.header.Access-Control-Allow-Origin: https://a%d.example
              method.response.header.Access-Control-Allow-Headers: "'Content-Type'"
components:
  securitySchemes:
    key: {type: apiKey, name: x-api-key, in: header}
`
	)
	files := map[string]string{}
	for i := range 16 {
		folder := fmt.Sprintf("api%02d/", i)
		if i%2 == 0 {
			files[folder+"template.yaml"] = fmt.Sprintf(alone, i)
			continue
		}
		files[folder+"template.yaml"], files[folder+"openapi.yaml"] = fmt.Sprintf(beside, i, i), fmt.Sprintf(document, i)
	}
	return files
}

// brokenModule is a Terraform module with the CORS of another policy in several
// files.
func brokenModule() map[string]string {
	const path = `resource "aws_api_gateway_resource" "NAME" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  parent_id   = aws_api_gateway_rest_api.shop.root_resource_id
  path_part   = "NAME"
}

resource "aws_api_gateway_method" "NAME" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.NAME.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "NAME" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_resource.NAME.id
  http_method             = aws_api_gateway_method.NAME.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/f/invocations"
}

resource "aws_api_gateway_method" "NAME_options" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_resource.NAME.id
  http_method   = "OPTIONS"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "NAME_options" {
  rest_api_id       = aws_api_gateway_rest_api.shop.id
  resource_id       = aws_api_gateway_resource.NAME.id
  http_method       = aws_api_gateway_method.NAME_options.http_method
  type              = "MOCK"
  request_templates = { "application/json" = "{\"statusCode\": 200}" }
}
`
	const responses = `resource "aws_api_gateway_method_response" "NAME_options" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  resource_id         = aws_api_gateway_resource.NAME.id
  http_method         = aws_api_gateway_method.NAME_options.http_method
  status_code         = "200"
  response_parameters = { "method.response.header.Access-Control-Allow-Origin" = true }
}

resource "aws_api_gateway_integration_response" "NAME_options" {
  rest_api_id         = aws_api_gateway_rest_api.shop.id
  resource_id         = aws_api_gateway_resource.NAME.id
  http_method         = aws_api_gateway_method.NAME_options.http_method
  status_code         = aws_api_gateway_method_response.NAME_options.status_code
  response_parameters = { "method.response.header.Access-Control-Allow-Origin" = "'https://old.example'" }
}
`
	files := map[string]string{"shop/main.tf": `resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_deployment" "shop" {
  rest_api_id = aws_api_gateway_rest_api.shop.id
  triggers    = { paths = filesha1("${path.module}/orders.tf") }

  depends_on = [aws_api_gateway_integration_response.orders_options]

  lifecycle {
    create_before_destroy = true
  }
}
`}
	for _, name := range []string{"orders", "carts", "users", "items"} {
		files["shop/"+name+".tf"] = strings.ReplaceAll(path, "NAME", name)
		files["shop/"+name+"_responses.tf"] = strings.ReplaceAll(responses, "NAME", name)
	}
	return files
}

package tools

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// ControlPlane is moto: the control-plane calls of API Gateway and a few other
// services, on loopback. It stores what it is told and checks almost none of
// it, so what counts is what can be read back.
type ControlPlane struct{ URL string }

// StartControlPlane starts one without an API; it ends with the test.
func StartControlPlane(t testing.TB) ControlPlane {
	t.Helper()
	python := Python(t, "moto", "flask", "boto3")
	server := Start(t, python.With(File(t, "control_plane.py")))
	return ControlPlane{URL: "http://127.0.0.1:" + string(server.Line(t))}
}

// FunctionARN is that of a Lambda function the control plane holds from its
// start: backend or authorizer.
func FunctionARN(name string) string {
	return "arn:aws:lambda:us-east-1:123456789012:function:" + name
}

// ServiceURI is an action of an AWS service that an integration calls.
func ServiceURI() string { return "arn:aws:apigateway:us-east-1:sqs:path/123456789012/messages" }

// Get reads a resource of a service as its wire format spells it.
func (c ControlPlane) Get(t testing.TB, service, path string, reply any) {
	t.Helper()
	c.Do(t, service, http.MethodGet, path, "", reply)
}

// Do is one call in a service's wire format, JSON.
func (c ControlPlane) Do(t testing.TB, service, method, path, body string, reply any) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, c.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	answer, status := c.send(t, service, request)
	if status < 200 || status > 299 {
		t.Fatalf("%s %s: %d\n%s", method, path, status, answer)
	}
	if err := json.Unmarshal(answer, reply); err != nil {
		t.Fatalf("%s %s: %v\n%s", method, path, err, answer)
	}
}

// CreateStack deploys a CloudFormation template.
func (c ControlPlane) CreateStack(t testing.TB, name, template string, parameters map[string]string) {
	t.Helper()
	form := url.Values{
		"Action":              {"CreateStack"},
		"Version":             {"2010-05-15"},
		"StackName":           {name},
		"TemplateBody":        {template},
		"Capabilities.member": {"CAPABILITY_IAM"},
	}
	i := 0
	for key, value := range parameters {
		i++
		form.Set(fmt.Sprintf("Parameters.member.%d.ParameterKey", i), key)
		form.Set(fmt.Sprintf("Parameters.member.%d.ParameterValue", i), value)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.URL+"/", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if body, status := c.send(t, "cloudformation", request); status != http.StatusOK {
		t.Fatalf("the stack %s is refused:\n%s", name, body)
	}
}

// send signs nothing: moto only reads which service the signature is for.
func (c ControlPlane) send(t testing.TB, service string, request *http.Request) (body []byte, status int) {
	t.Helper()
	request.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=golden/20250101/us-east-1/"+service+
		"/aws4_request, SignedHeaders=host, Signature=golden")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body, response.StatusCode
}

// RESTAPI is the id of the one REST API of that name.
func (c ControlPlane) RESTAPI(t testing.TB, name string) string {
	t.Helper()
	var list struct{ Item []struct{ ID, Name string } }
	c.Get(t, "apigateway", "/restapis", &list)
	var ids []string
	for _, api := range list.Item {
		if api.Name == name {
			ids = append(ids, api.ID)
		}
	}
	return theOne(t, name, ids)
}

// HTTPAPI is the id of the one HTTP API of that name.
func (c ControlPlane) HTTPAPI(t testing.TB, name string) string {
	t.Helper()
	var list struct {
		Items []struct{ APIID, Name string }
	}
	c.Get(t, "apigateway", "/v2/apis", &list)
	var ids []string
	for _, api := range list.Items {
		if api.Name == name {
			ids = append(ids, api.APIID)
		}
	}
	return theOne(t, name, ids)
}

func theOne(t testing.TB, name string, ids []string) string {
	t.Helper()
	if len(ids) != 1 {
		t.Fatalf("%d APIs are called %s: %s", len(ids), name, strings.Join(ids, ", "))
	}
	return ids[0]
}

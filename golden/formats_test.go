package golden_test

import (
	"encoding/json"
	"sync"
	"testing"

	"apigw-cors/generator/gateway"
)

// TestFormats hands every case in every format to the tool that reads it,
// compares what the tool made of it with the model, and then lets pages in a
// real browser fetch from that. The slow tools run once for both.
func TestFormats(t *testing.T) {
	t.Parallel()
	m := &made{products: map[string]product{}}
	t.Run("tool", func(t *testing.T) {
		t.Run("SAM", m.testSAM)
		t.Run("CloudFormation", m.testCloudFormation)
		t.Run("Terraform", m.testTerraform)
		t.Run("CDK", m.testCDK)
		t.Run("AWSCLI", m.testAWSCLI)
	})
	t.Run("browser", m.testBrowser)
}

// made is what the tools made of the cases.
type made struct {
	mu sync.Mutex
	// products by "format/case".
	products map[string]product
}

type product struct {
	seen *seen
	// output is the tool's own, as JSON.
	output []byte
}

func (m *made) keep(format string, c goldenCase, s *seen, output []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.products[format+"/"+c.name] = product{s, output}
}

// seenAPI reads the one API of a model's name back, and its authorizers.
func (c controlPlane) seenAPI(t testing.TB, api gateway.API) (s *seen, authorizers []byte) {
	t.Helper()
	path := ""
	if api.IsREST() {
		id := c.restAPI(t, api.Name())
		s, path = c.seenREST(t, id), "/restapis/"+id
	} else {
		id := c.httpAPI(t, api.Name())
		s, path = c.seenHTTP(t, id), "/v2/apis/"+id
	}
	var list json.RawMessage
	c.get(t, "apigateway", path+"/authorizers", &list)
	return s, list
}

func encode(t testing.TB, v any) []byte {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

package golden_test

import (
	"sync"
	"testing"

	"apigw-cors/golden/emulator"
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
	seen *emulator.API
	// output is the tool's own, as JSON.
	output []byte
}

func (m *made) keep(format string, c goldenCase, s *emulator.API, output []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.products[format+"/"+c.name] = product{s, output}
}

package generator

import (
	"slices"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestReviewB4: a snippet that answers the preflight of the default paths alone
// says so; one that answers it wherever the API has a path does not.
func TestReviewB4(t *testing.T) {
	several := []string{"https://a.example", "https://b.example"}
	tests := []struct {
		desc    string
		c       gateway.Config
		o       Options
		formats []string
		want    int
	}{
		{"each path has a method of its own", policy(func(*gateway.Config) {}), Options{}, []string{"cloudformation"}, 1},
		{"said once for all formats", policy(func(*gateway.Config) {}), Options{}, []string{"cloudformation", "terraform", "aws-cli"}, 1},
		{"SAM's Cors is for every path, and so are CDK's options", policy(func(*gateway.Config) {}), Options{}, []string{"sam", "cdk"}, 0},
		{"SAM's definition is not", policy(func(c *gateway.Config) { c.AllowOrigins = several }), Options{}, []string{"sam"}, 1},
		{"the greedy method is for every path", policy(func(*gateway.Config) {}), Options{Choices: chosen(t, terraformPreflight(), preflightGreedy)}, []string{"terraform"}, 0},
		{"paths that were named", policy(func(c *gateway.Config) { c.Resources = []gateway.ResourceConfig{{Path: "/a"}} }), Options{}, []string{"cloudformation"}, 0},
		{"an example makes the paths", policy(func(*gateway.Config) {}), Options{Standalone: true}, []string{"cloudformation"}, 0},
		{"an HTTP API's configuration is for every path", policy(func(c *gateway.Config) { c.API = "http" }), Options{}, []string{"cloudformation", "terraform"}, 0},
	}
	for _, tt := range tests {
		t.Run(tt.desc, func(t *testing.T) {
			var formats []Format
			for _, name := range tt.formats {
				f, _ := ParseFormat(name)
				formats = append(formats, f)
			}
			_, advice, err := New(formats, tt.o).Render(parsed(t, tt.c))
			if err != nil {
				t.Fatal(err)
			}
			got := len(slices.DeleteFunc(advice, func(a cors.Advice) bool { return a.Code != codeDefaultPaths }))
			if got != tt.want {
				t.Errorf("said %d times, want %d: %+v", got, tt.want, advice)
			}
		})
	}
}

package policy

import (
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// TestIncomplete: comments stand above what they are about, and what is open has no
// value.
func TestIncomplete(t *testing.T) {
	text, err := EncodeIncomplete(Incomplete{
		Config: gateway.Config{
			API: "rest", Config: cors.Config{AllowOrigins: []string{"https://a.example", ""}},
			Resources: []gateway.ResourceConfig{{Path: "/a", Methods: []string{"GET"}}, {Path: "/b"}, {Path: "/c"}},
		},
		Head: []string{"the first line", "the second"},
		Comments: map[string][]string{
			"allowOrigins": {"about all"}, "allowOrigins[1]": {"fill in: about one", "in two lines"}, "maxAge": {"about what is not there"}, "auth": {"fill in: auth"},
			"resources[1]": {"about b"}, "resources[2].methods": {"fill in: methods"}, "gatewayResponses": {"at the end"},
		},
		Open: map[string]bool{"allowOrigins[1]": true, "auth": true, "resources[2].methods": true},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `# the first line
# the second

api: rest
# about all
allowOrigins:
  - https://a.example
  # fill in: about one
  # in two lines
  -
# about what is not there
# fill in: auth
auth:
resources:
  - path: /a
    methods: [GET]
  # about b
  - path: /b
  - path: /c
    # fill in: methods
    methods:

# at the end
`
	if string(text) != want {
		t.Errorf("got\n%s", text)
	}
}

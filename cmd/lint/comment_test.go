package lint

import (
	"fmt"
	"slices"
	"testing"
)

func TestCommentsIn(t *testing.T) {
	for _, tt := range []struct {
		desc, file, text string
		want             []string
	}{
		{"at the end of a line", "a.yaml", "a: 1\nb: 2 # apigw-cors: ignore[x] why not\nc: 3\n", []string{"2:6 on 2 [x]"}},
		{"above a line", "a.yaml", "a: 1\n  # apigw-cors: ignore[x, y]\n\n# another comment\nb: 2\n", []string{"2:3 on 5 [x y]"}},
		{"several above one line", "a.yaml", "# apigw-cors: ignore[x]\n# apigw-cors: ignore[y]\nb: 2 # apigw-cors: ignore[z]\n",
			[]string{"1:1 on 3 [x]", "2:1 on 3 [y]", "3:6 on 3 [z]"}},
		{"after another comment", "a.yaml", "b: 2 # a word # apigw-cors: ignore[z]\n", []string{"1:15 on 1 [z]"}},
		{"characters, not bytes", "a.yaml", "ü: ö # apigw-cors: ignore[z]\r\n", []string{"1:6 on 1 [z]"}},
		{"without a rule", "a.yaml", "b: 2 # apigw-cors: ignore\n", []string{"1:6 on 1 []"}},
		{"not a comment of YAML", "a.yaml", "b: 2 // apigw-cors: ignore[x]\nc: a#apigw-cors: ignore[x]\n", nil},
		{"something else for us", "a.yaml", "# apigw-cors: generate --api rest\nb: 2\n", nil},
		{"both comments of HCL", "a.tf", "// apigw-cors: ignore[x]\na = 1\nb = 2#apigw-cors: ignore[y]\n", []string{"1:1 on 2 [x]", "3:6 on 3 [y]"}},
		{"an address of HCL", "a.tf", "a = \"https://x\" # apigw-cors: ignore[y]\n", []string{"1:17 on 1 [y]"}},
		{"JSON", "a.json", "{} # apigw-cors: ignore[y]\n", nil},
		{"at the end of a file", "a.yaml", "a: 1\n# apigw-cors: ignore[x]", []string{"2:1 on 2 [x]"}},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			var got []string
			for _, c := range commentsIn(tt.file, []byte(tt.text)) {
				got = append(got, fmt.Sprintf("%d:%d on %d %v", c.line, c.column, c.on, c.rules))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

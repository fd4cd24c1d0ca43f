package reader

import (
	"fmt"
	"strings"
	"testing"
)

// TestValues shows each value as it stands in the text, by its offsets.
func TestValues(t *testing.T) {
	for _, tt := range []struct{ desc, text, want string }{
		{"block", "a: 1 # c\nb:\n  - x\n  - 'y'\nc:\n", "a=1 b[0]=x b[1]='y' c="},
		{"dashes at the key", "b:\n- x\n- k: v\n  l: !Sub \"w\"\n", `b[0]=x b[1].k=v b[1].l=!Sub "w"`},
		{"flow", "a: {b: [1, \"2\"], c: *x }\n", `a.b[0]=1 a.b[1]="2" a.c=*x`},
		{"anchors", "a: &x {b: 1}\nc: *x\n", "a.b=1 c=*x"},
		{"block text", "a: |\n  one\n  two\nb: >-\n  three\n", "a=|\n  one\n  two b=>-\n  three"},
		{"JSON", "{ \"a\" : [ 1, null ],\n\t\"b\": {\"c\": \"\\u0041\"} }", `a[0]=1 a[1]=null b.c="\u0041"`},
		{"a mark before it, carriage returns", "\ufeffa: 1\r\nb: 2\r\n", "a=1 b=2"},
		{"an empty item", "a:\n  -\n  - b\n", "a[0]= a[1]=b"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			if strings.Contains(tt.text, "*x") && !strings.Contains(tt.text, "&x") {
				tt.text = "x: &x 0\n" + tt.text
				tt.want = "x=&x 0 " + tt.want
			}
			root, _, err := Values("f.yaml", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(shownValues(tt.text, "", root), " "); got != tt.want {
				t.Errorf("%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func shownValues(text, way string, v *Value) (out []string) {
	switch v.Kind {
	case MappingValue:
		for _, f := range v.Fields {
			if key := strings.Trim(text[f.Start:f.End], `"`); key != f.Key {
				return []string{"key " + key}
			}
			out = append(out, shownValues(text, strings.TrimPrefix(way+"."+f.Key, "."), f.Value)...)
		}
	case ListValue:
		for i, item := range v.Items {
			if !v.Flow && text[item.Dash] != '-' {
				return []string{"no dash"}
			}
			out = append(out, shownValues(text, fmt.Sprintf("%s[%d]", way, i), item.Value)...)
		}
	default:
		return []string{way + "=" + text[v.Start:v.End]}
	}
	return out
}

package reader

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestPlaces holds where each value begins and ends, to the byte.
func TestPlaces(t *testing.T) {
	cases := []struct {
		desc, name, src string
		// want are line:column and text of each scalar, keys included.
		want []string
	}{
		{"plain and quoted", "a.yaml", "a: b c\n'd': \"e\\\"f\"  # no\n", []string{"1:1 a", "1:4 b c", "2:1 'd'", `2:6 "e\"f"`}},
		{"single quotes inside", "a.yaml", "k: '''*'''\n", []string{"1:1 k", "1:4 '''*'''"}},
		{"tags belong to the value", "a.yaml", "k: !Sub \"${A}\"\nr: !Ref A\n", []string{"1:1 k", `1:4 !Sub "${A}"`, "2:1 r", "2:4 !Ref A"}},
		{"CR LF", "a.yaml", "a: 1\r\nb:\r\n  - x\r\n", []string{"1:1 a", "1:4 1", "2:1 b", "3:5 x"}},
		{"a byte order mark", "a.yaml", bom + "a: 1\n", []string{"1:1 a", "1:4 1"}},
		{"columns count characters", "a.yaml", "\"é\": {ü: \"'*'\"}\n", []string{`1:1 "é"`, "1:7 ü", `1:10 "'*'"`}},
		{"a literal block", "a.yaml", "a: |\n  x\n\n   y\n# c\nb: 1\n", []string{"1:1 a", "1:4 |\n  x\n\n   y", "6:1 b", "6:4 1"}},
		{"a block of its own indentation", "a.yaml", "a: |2-\n    x\n   y\nb: 1\n", []string{"1:1 a", "1:4 |2-\n    x\n   y", "4:1 b", "4:4 1"}},
		{"a folded plain scalar", "a.yaml", "a: x\n  y\n\n  z\nb: 1\n", []string{"1:1 a", "1:4 x\n  y\n\n  z", "5:1 b", "5:4 1"}},
		{"nothing", "a.yaml", "a:\nb: !Ref\nc: 1\n", []string{"1:1 a", "1:3 ", "2:1 b", "2:4 !Ref", "3:1 c", "3:4 1"}},
		{"JSON", "a.json", bom + "{\n\t\"a\": [1, \"é\", null],\n\t\"b\": {\"c\": true}}", []string{
			`2:2 "a"`, "2:8 1", `2:11 "é"`, "2:16 null", `3:2 "b"`, `3:8 "c"`, "3:13 true",
		}},
	}
	for _, c := range cases {
		d := parse(c.name, []byte(c.src))
		var got []string
		walk(d.root, func(n *node, key *field) {
			p := n.place
			if key != nil {
				p = key.at
			} else if n.kind != scalar {
				return
			}
			got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, c.src[p.Start:p.End]))
		})
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") || len(d.faults) > 0 {
			t.Errorf("%s: got %q, want %q (%v)", c.desc, got, c.want, d.faults)
		}
	}
}

// walk visits a value, and the keys and values in it, in their order.
func walk(n *node, visit func(n *node, key *field)) {
	if n == nil {
		return
	}
	visit(n, nil)
	for _, item := range n.items {
		walk(item, visit)
	}
	for _, f := range n.fields {
		visit(n, &f)
		walk(f.value, visit)
	}
}

func TestCollectionsEnd(t *testing.T) {
	src := "a: {b: [1, 2 ,], c: !X {d: 1}  }\ne:\n  - f: 1\n    g: [ ]\n"
	d := parse("a.yaml", []byte(src))
	var got []string
	walk(d.root, func(n *node, key *field) {
		if key == nil && n.kind != scalar {
			got = append(got, src[n.place.Start:n.place.End])
		}
	})
	want := []string{strings.TrimSuffix(src, "\n"), "{b: [1, 2 ,], c: !X {d: 1}  }", "[1, 2 ,]", "!X {d: 1}", "- f: 1\n    g: [ ]", "f: 1\n    g: [ ]", "[ ]"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestDocumentFaults(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	bomb := "a0: &a0 [x, x]\n"
	for i := range 30 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	cases := []struct{ desc, name, src, want string }{
		{"a parser's error", "a.yaml", "a: [1\nb: 2\n", "a.yaml:2: did not find expected ',' or ']'"},
		{"a scanner's error", "a.yaml", "a: 1\n\tb: 2\n", "a.yaml:2: found a tab character that violates indentation"},
		{"a bare star", "a.yaml", "a: 1\nb: *\n", "a.yaml:2: did not find expected alphabetic or numeric character"},
		{"JSON's syntax", "a.json", "{\n  \"a\": 1,\n  b\n}", "a.json:3:3: invalid character 'b'"},
		{"JSON cut off", "a.json", "{\n  \"a\": [1,", "a.json:2:11: the file ends in the middle of a value"},
		{"two JSON values", "a.json", "{}\n{}", "a.json:2:1: there is something behind the JSON value"},
		{"Latin-1", "a.yaml", "a: 1\nb: \xe9\n", "a.yaml:2:4: not UTF-8"},
		{"too deep", "a.json", deep, "a.json:1:202: nested more than 200 levels deep"},
		{"too deep", "a.yaml", "a: " + deep, "a.yaml:1:204: nested more than 200 levels deep"},
		{"an alias bomb", "a.yaml", bomb, "more than 262144 values"},
		{"an alias in itself", "a.yaml", "a: &a [*a]\n", "a.yaml:1:8: the alias *a stands inside of what it repeats"},
		{"too many values", "a.json", "[" + strings.Repeat("1,", maxValues) + "1]", "more than 262144 values"},
		{"too many values", "a.yaml", "[" + strings.Repeat("1,", 2*maxValues) + "1]", "a.yaml: more than 262144 values"},
		{"too large", "a.yaml", strings.Repeat("#", MaxBytes+1), "a.yaml: larger than 16 MiB"},
	}
	for _, c := range cases {
		d := parse(c.name, []byte(c.src))
		if len(d.faults) != 1 || !strings.Contains(d.faults[0].Error(), c.want) || d.root != nil {
			t.Errorf("%s in %s: got %v, want %s", c.desc, c.name, d.faults, c.want)
		}
	}
}

func TestKeysThatStandTwice(t *testing.T) {
	for name, src := range map[string]string{"a.yaml": "a: 1\nb: 2\na: 3\n", "a.json": "{\"a\": 1,\n\"b\": 2,\n\"a\": 3}"} {
		d := parse(name, []byte(src))
		if !d.root.get("a").is("3") || len(d.replaced) != 1 || d.replaced[0].Line != 1 {
			t.Errorf("%s: got %v, replaced %v", name, d.root.get("a"), d.replaced)
		}
	}
}

func TestMergeKeys(t *testing.T) {
	d := parse("a.yaml", []byte("x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz:\n  <<: [*x, {c: 4}]\n"))
	if y := d.root.get("y"); !y.get("a").is("1") || !y.get("b").is("3") || len(y.fields) != 2 {
		t.Errorf("y: %v", y)
	}
	if z := d.root.get("z"); !z.get("a").is("1") || !z.get("c").is("4") {
		t.Errorf("z: %v", z)
	}
	if len(d.replaced) != 0 {
		t.Errorf("replaced: %v", d.replaced)
	}
}

// FuzzDocument holds that a document parses without a panic, and that every
// value's place is inside of the source, in the order of the source.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		"a: b\n", "a: |2-\n    x\n   y\n", "!a &b {c: [*d]}", "- - - x\n", "\"a\\", "a: 'x\n  y'", "{\"a\": [1, \"\\u00e9\"]}", "? a\n: b\n",
		"a: &a !t\nb: *a\n", "%YAML 1.1\n---\na\n", "a: >+\n\n\n b\n\n", bom + "{}", "a: !<tag:x> y\n", "[a: b, c]", "a:\u2028b\n",
	} {
		f.Add("a.yaml", []byte(seed))
		f.Add("a.json", []byte(seed))
	}
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		began := time.Now()
		d := parse(name, src)
		if took := time.Since(began); took > 5*time.Second {
			t.Fatalf("%v for %d bytes", took, len(src))
		}
		walk(d.root, func(n *node, key *field) {
			p := n.place
			if key != nil {
				p = key.at
			}
			if p.Start < 0 || p.End < p.Start || p.End > len(src) || p.Line < 1 || p.Column < 1 {
				t.Fatalf("%q: place %+v", src, p)
			}
		})
	})
}

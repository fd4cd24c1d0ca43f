package edit_test

import (
	"regexp"
	"strings"
	"testing"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/reader"
)

// at is the value of a way through the keys of a document; a number is an item.
func at(t testing.TB, d *edit.Document, way string) edit.Spot {
	t.Helper()
	s := edit.Spot{Value: d.Root}
	for _, key := range strings.Fields(way) {
		if s.Value.Kind == reader.ListValue {
			s = s.Item(int(key[0] - '0'))
		} else {
			s = s.Child(key)
		}
		if s.IsZero() {
			t.Fatalf("no %s in %q", key, way)
		}
	}
	return s
}

// TestDocument edits files in their own styles. The text of a case is the file,
// what becomes of it, and what is done: a function of the document.
func TestDocument(t *testing.T) {
	set := func(way, key string, v edit.Tree) func(testing.TB, *edit.Document) []edit.Change {
		return func(t testing.TB, d *edit.Document) []edit.Change { return d.Set(at(t, d, way), key, v) }
	}
	push := func(way string, v edit.Tree) func(testing.TB, *edit.Document) []edit.Change {
		return func(t testing.TB, d *edit.Document) []edit.Change { return d.Append(at(t, d, way), v) }
	}
	text := func(way, s string) func(testing.TB, *edit.Document) []edit.Change {
		return func(t testing.TB, d *edit.Document) []edit.Change { return d.SetText(at(t, d, way), s) }
	}
	remove := func(way string) func(testing.TB, *edit.Document) []edit.Change {
		return func(t testing.TB, d *edit.Document) []edit.Change { return d.Delete(at(t, d, way)) }
	}
	wrap := func(way string) func(testing.TB, *edit.Document) []edit.Change {
		return func(t testing.TB, d *edit.Document) []edit.Change { return d.Wrap(at(t, d, way)) }
	}
	header := edit.Map(edit.Field{Key: "H", Value: edit.String("'*'")}, edit.Field{Key: "L", Value: edit.List(edit.String("GET"), edit.String("200"))})
	for _, tt := range []struct {
		desc, text string
		do         func(testing.TB, *edit.Document) []edit.Change
		want       string
	}{
		{"a scalar in double quotes", "a: \"x\" # c\n", text("a", "'*'"), "a: \"'*'\" # c\n"},
		{"in single quotes", "a: 'x'\n", text("a", "y"), "a: 'y'\n"},
		{"in single quotes that are doubled", "a: '''x'''\n", text("a", "'y'"), "a: '''y'''\n"},
		{"in single quotes, with one", "a: 'x'\n", text("a", "'y'"), "a: \"'y'\"\n"},
		{"plain", "a: x # c", text("a", "z"), "a: z # c"},
		{"a list beside one in brackets", "c:\n  o: [x]\n", set("c", "m", edit.List(edit.String("GET"), edit.String("PUT"))), "c:\n  o: [x]\n  m: [GET, PUT]\n"},
		{"plain that needs quotes", "a: x\n", text("a", "'x'"), "a: \"'x'\"\n"},
		{"behind a tag and an anchor", "a: &n !Sub \"x${Y}\"\n", text("a", "'x${Y}'"), "a: &n !Sub \"'x${Y}'\"\n"},
		{"of JSON", "{\"a\": \"x\"}", text("a", "'<\"y\">'"), "{\"a\": \"'<\\\"y\\\">'\"}"},
		{"a number becomes a text", "a: 600\n", text("a", "'600'"), "a: \"'600'\"\n"},

		{"a key at the end", "a:\n  b: 1 # one\n\n# two\nc: 2\n", set("a", "k", edit.String("v")), "a:\n  b: 1 # one\n  k: v\n\n# two\nc: 2\n"},
		{"at the end of a file without newline", "a:\n    b: 1", set("a", "k", edit.String("v")), "a:\n    b: 1\n    k: v"},
		{"with carriage returns, deeper", "a:\r\n    b: 1\r\nc: 2\r\n", set("a", "k", header), "a:\r\n    b: 1\r\n    k:\r\n        H: \"'*'\"\r\n        L:\r\n            - GET\r\n            - \"200\"\r\nc: 2\r\n"},
		{"behind a mark", "\ufeffa: 1\n", set("", "k", edit.String("v")), "\ufeffa: 1\nk: v\n"},
		{"lists whose dashes stand at the key", "a:\n- x\nb: 'c'\n", set("", "k", header), "a:\n- x\nb: 'c'\nk:\n  H: \"'*'\"\n  L:\n  - GET\n  - '200'\n"},
		{"in an item", "- a: 1\n  b: 2\n- c: 3\n", set("0", "k", edit.Bare("true")), "- a: 1\n  b: 2\n  k: true\n- c: 3\n"},
		{"in brackets", "a: { b: 1, c: 2 } # d\n", set("a", "k", edit.String("'*'")), "a: { b: 1, c: 2, k: \"'*'\" } # d\n"},
		{"in empty brackets", "a: {}\nb: 1\n", set("a", "k", edit.String("v")), "a:\n  k: v\nb: 1\n"},
		{"where there is nothing", "a: # why\nb: 1\n", set("a", "k", edit.String("v")), "a: # why\n  k: v\nb: 1\n"},
		{"in place of a value", "a:\n  b: 1\n  c: 2\n", set("a", "b", header), "a:\n  b:\n    H: \"'*'\"\n    L:\n      - GET\n      - \"200\"\n  c: 2\n"},
		{"in one line of JSON", `{"a":{"b":1,"c":[1,2]}}`, set("a", "k", header), `{"a":{"b":1,"c":[1,2],"k":{"H":"'*'","L":["GET","200"]}}}`},
		{"in lines of JSON, with tabs", "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}\n", set("a", "k", header), "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\t\"k\": {\n\t\t\t\"H\": \"'*'\",\n\t\t\t\"L\": [\n\t\t\t\t\"GET\",\n\t\t\t\t\"200\"\n\t\t\t]\n\t\t}\n\t}\n}\n"},
		{"in an empty object", "{\n  \"a\": {},\n  \"b\" : 1\n}", set("a", "k", edit.String("v")), "{\n  \"a\": {\n    \"k\": \"v\"\n  },\n  \"b\" : 1\n}"},
		{"a comment in brackets stays", "a: {\n  b: 1 # one\n}\n", set("a", "k", edit.String("v")), "a: {\n  b: 1, # one\n  k: v\n}\n"},
		{"behind a text of several lines", "a:\n  b: |\n    x\n    y\n\nc: 1\n", set("a", "k", edit.String("1\n2\n")), "a:\n  b: |\n    x\n    y\n  k: |\n    1\n    2\n\nc: 1\n"},
		{"behind the comments at the end of what is deeper", "a:\n  b:\n    c: 1\n    # of b\n  # of a\nd: 2\n", set("a", "k", edit.String("v")), "a:\n  b:\n    c: 1\n    # of b\n  k: v\n  # of a\nd: 2\n"},
		{"in place of a text of lines, whose comment stays", "a:\n  b: >- # why\n    x\n  c: 1\n", set("a", "b", edit.String("y")), "a:\n  b: \"y\" # why\n  c: 1\n"},
		{"not into an alias", "x: &x {b: 1}\na: *x\n", set("a", "k", edit.String("v")), ""},

		{"an item", "a:\n  - b\n  - c # d\ne: 1\n", push("a", edit.String("f")), "a:\n  - b\n  - c # d\n  - f\ne: 1\n"},
		{"an item with keys", "a:\n- b: 1\n", push("a", header), "a:\n- b: 1\n- H: \"'*'\"\n  L:\n  - GET\n  - \"200\"\n"},
		{"an item in brackets", "a: [b,c]\n", push("a", edit.String("d")), "a: [b,c,d]\n"},
		{"an item in empty brackets", "a: []\n", push("a", edit.String("d")), "a:\n  - d\n"},
		{"an item of JSON", "{\"a\": [\n  \"b\"\n]}", push("a", edit.String("d")), "{\"a\": [\n  \"b\",\n  \"d\"\n]}"},

		{"take a key away, with its comment", "a:\n  # of b\n  b: 1 # one\n  # of c\n  c: 2\n", remove("a b"), "a:\n  # of b\n  # of c\n  c: 2\n"},
		{"the last of a file", "a:\n  b: 1\n  c:\n    d: 2", remove("a c"), "a:\n  b: 1"},
		{"the only one", "a:\n  b: 1\nc: 2\n", remove("a b"), "a: {}\nc: 2\n"},
		{"the first of an item", "- a: 1\n  b: 2\n", remove("0 a"), "- b: 2\n"},
		{"an item away", "a:\n  - b\n  - c\n", remove("a 0"), "a:\n  - c\n"},
		{"in brackets, the first", "a: {b: 1, c: 2}\n", remove("a b"), "a: {c: 2}\n"},
		{"in lines of JSON, the last", "{\n  \"a\": 1,\n  \"b\": 2\n}\n", remove("b"), "{\n  \"a\": 1\n}\n"},

		{"wrap what stands on a line", "a:\n  b: !Ref X # c\n", wrap("a b"), "a:\n  b:\n    - !Ref X # c\n"},
		{"wrap JSON", `{"a": {"Ref": "X"}}`, wrap("a"), `{"a": [{"Ref": "X"}]}`},
		{"wrap lines", "a:\n  b:\n    Fn::Sub: x\n", wrap("a b"), "a:\n  b:\n    - Fn::Sub: x\n"},

		{"part of a text", "a: |\n  x.matches(\"y\")\n", func(t testing.TB, d *edit.Document) []edit.Change {
			return d.ReplaceIn(at(t, d, "a"), regexp.MustCompile(`\.matches\((.*)\)`), " == $1")
		}, "a: |\n  x == \"y\"\n"},
		{"a key", "a: {\"b\": 1}\n", func(t testing.TB, d *edit.Document) []edit.Change { return d.SetKey(at(t, d, "a b"), "c") }, "a: {\"c\": 1}\n"},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			d, err := edit.Parse("f", []byte(tt.text))
			if err != nil {
				t.Fatal(err)
			}
			changes := tt.do(t, d)
			if tt.want == "" {
				if changes != nil {
					t.Errorf("%+v", changes)
				}
				return
			}
			got, err := edit.Apply("f", []byte(tt.text), changes)
			if err != nil || string(got) != tt.want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, tt.want)
			}
		})
	}
}

package imports

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"apigw-cors/cmd/policy"
	"apigw-cors/cmd/prompt"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/importer"
)

// WriteYAML writes a document of cors.yaml for each API, with a comment for each
// note. What is open has no value: generate then names it.
func (f *Found) WriteYAML(w io.Writer) error {
	var out bytes.Buffer
	for n, i := range f.APIs {
		text, err := document(i)
		if err != nil {
			return err
		}
		if n > 0 {
			out.WriteString("---\n")
		}
		out.Write(text)
	}
	_, err := out.WriteTo(w)
	return err
}

// width is that of a line of comment, without its sign.
const width = 92

func document(i importer.Import) ([]byte, error) {
	d := policy.Incomplete{Config: i.Config, Comments: map[string][]string{}, Open: map[string]bool{}}
	head := "Imported from " + Where(i.Place) + " (" + i.Tool + ")"
	if i.Name != "" && i.Name != i.Place.File {
		head += ", where the API is called " + i.Name
	}
	head += "."
	if n := len(openFields(i)); n > 0 {
		head += " " + report.Plural(n, "value") + " to fill in."
	}
	d.Head = folded(head)
	for _, n := range i.Notes {
		lines := folded(Text(n))
		if n.Field == "" {
			d.Head = append(d.Head, lines...)
			continue
		}
		d.Comments[n.Field] = append(d.Comments[n.Field], lines...)
		d.Open[n.Field] = d.Open[n.Field] || n.Open
	}
	return policy.EncodeIncomplete(d)
}

// openFields are the paths that are open.
func openFields(i importer.Import) map[string]bool {
	open := map[string]bool{}
	for _, n := range Open(i) {
		open[n.Field] = true
	}
	return open
}

func folded(text string) []string {
	return strings.Split(strings.TrimSuffix(prompt.Fold(report.Clean(text), width, ""), "\n"), "\n")
}

// Text is a note in words: "fill in: template.yaml:3:5: why (rule)".
func Text(n importer.Note) string {
	text := n.Text
	if n.Place.File != "" {
		text = Where(n.Place) + ": " + text
	}
	if n.Rule != "" {
		text += " (" + n.Rule + ")"
	}
	if n.Open {
		text = "fill in: " + text + flagFor(n.Text)
	}
	return text
}

// flagFor names the flag of import that tells what a file leaves to those who
// deploy it; "" where there is none.
func flagFor(text string) string {
	if _, after, ok := strings.Cut(text, "parameter "); ok {
		if name, _, ok := strings.Cut(after, " has no default"); ok && !strings.Contains(name, " ") {
			return "; --parameter " + name + "=VALUE tells it"
		}
	}
	// The variables of the module itself; those of modules in it are set by it.
	if after, ok := strings.CutPrefix(text, "var."); ok {
		if name, _, ok := strings.Cut(after, " has no default"); ok && !strings.Contains(name, " ") {
			return "; --var " + name + "=VALUE tells it"
		}
	}
	return ""
}

// Where is a place as messages have it.
func Where(at gateway.Place) string {
	return report.Place{File: at.File, Line: at.Line, Column: at.Column}.Where()
}

// jsonDocument is what import prints with --json. Its names are stable.
type jsonDocument struct {
	report.JSONHeader
	APIs   []jsonAPI   `json:"apis"`
	Faults []jsonFault `json:"faults"`
}

type jsonPlace struct {
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

type jsonAPI struct {
	// API is how the file calls it.
	API  string `json:"api"`
	Tool string `json:"tool"`
	jsonPlace
	// Complete: nothing is open.
	Complete bool           `json:"complete"`
	Policy   map[string]any `json:"policy"`
	Notes    []jsonNote     `json:"notes"`
	Sources  []jsonSource   `json:"sources"`
}

type jsonNote struct {
	Field string `json:"field,omitempty"`
	Open  bool   `json:"open"`
	Text  string `json:"text"`
	Rule  string `json:"rule,omitempty"`
	jsonPlace
}

type jsonSource struct {
	Field string `json:"field"`
	jsonPlace
}

type jsonFault struct {
	jsonPlace
	Detail string `json:"detail"`
	Hint   string `json:"hint,omitempty"`
}

// WriteJSON writes the same for a program.
func (f *Found) WriteJSON(w io.Writer) error {
	d := jsonDocument{JSONHeader: report.NewJSONHeader(), APIs: []jsonAPI{}, Faults: []jsonFault{}}
	for _, i := range f.APIs {
		api := jsonAPI{
			API: i.Name, Tool: i.Tool, jsonPlace: placeOf(i.Place), Complete: i.IsComplete(), Policy: keys(i), Notes: []jsonNote{}, Sources: []jsonSource{},
		}
		for _, n := range i.Notes {
			api.Notes = append(api.Notes, jsonNote{Field: n.Field, Open: n.Open, Text: n.Text, Rule: n.Rule, jsonPlace: placeOf(n.Place)})
		}
		for _, field := range gateway.Fields() {
			if at, ok := i.Places[field.Key]; ok && !at.IsZero() {
				api.Sources = append(api.Sources, jsonSource{field.Key, placeOf(at)})
			}
		}
		d.APIs = append(d.APIs, api)
	}
	for _, fault := range f.Faults {
		d.Faults = append(d.Faults, jsonFault{placeOf(fault.Place), fault.Detail, fault.Hint})
	}
	return report.EncodeJSON(w, d)
}

func placeOf(at gateway.Place) jsonPlace { return jsonPlace{at.File, at.Line, at.Column} }

// keys are those of cors.yaml; what is open is null.
func keys(i importer.Import) map[string]any {
	open := openFields(i)
	out := map[string]any{}
	entries := func(path string, words []string) []any {
		list := []any{}
		for n, word := range words {
			if list = append(list, word); open[path+"["+strconv.Itoa(n)+"]"] {
				list[n] = nil
			}
		}
		return list
	}
	for _, f := range gateway.Fields() {
		switch v := f.In(&i.Config).(type) {
		case *string:
			if seconds, err := strconv.Atoi(*v); f.Number && err == nil {
				out[f.Key] = seconds
			} else if *v != "" {
				out[f.Key] = *v
			}
		case *bool:
			if *v {
				out[f.Key] = true
			}
		case *[]string:
			if len(*v) > 0 {
				out[f.Key] = entries(f.Key, *v)
			}
		case *[]gateway.ResourceConfig:
			var list []map[string]any
			for n, r := range *v {
				entry := map[string]any{"path": r.Path}
				methods := f.Key + "[" + strconv.Itoa(n) + "].methods"
				if len(r.Methods) > 0 {
					entry["methods"] = entries(methods, r.Methods)
				} else if open[methods] {
					entry["methods"] = nil
				}
				if r.ID != "" {
					entry["id"] = r.ID
				}
				list = append(list, entry)
			}
			if list != nil {
				out[f.Key] = list
			}
		}
		if open[f.Key] {
			out[f.Key] = nil
		}
	}
	return out
}

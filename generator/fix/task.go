package fix

import (
	"regexp"
	"slices"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// task is a finding in a YAML or JSON document, to be mended.
type task struct {
	*State
	f lint.Finding
	d *edit.Document
	// spot is the value that the finding is at.
	spot edit.Spot
}

// inDocument edits by what works on the value at the finding's place.
func inDocument(do func(*task) Edit) func(*State, lint.Finding) Edit {
	return func(s *State, f lint.Finding) Edit {
		d, err := s.Document(f.Place.File)
		if err != nil {
			return Edit{Not: err.Error()}
		}
		t := &task{s, f, d, d.Find(f.Place.Start, f.Place.End)}
		if t.spot.IsZero() || f.Place.End == 0 {
			return not("where it stands is not known to the letter")
		}
		return do(t)
	}
}

func not(why string) Edit { return Edit{Not: why} }

// unsafe is an edit that decides who may call.
func (e Edit) unsafe() Edit {
	e.Unsafe = true
	return e
}

// mapped are the headers whose value the finding's place is.
func (t *task) mapped() (out []gateway.HeaderFacts) {
	add := func(headers []gateway.HeaderFacts) {
		for _, h := range headers {
			same := func(g gateway.HeaderFacts) bool {
				return g.Name.String() == h.Name.String() && g.Value.String() == h.Value.String()
			}
			if h.Value.Place == t.f.Place && !slices.ContainsFunc(out, same) {
				out = append(out, h)
			}
		}
	}
	for _, api := range t.APIs(t.f) {
		for _, m := range api.Methods {
			if m.Integration != nil {
				for _, r := range m.Integration.Responses {
					add(r.Headers)
				}
			}
		}
		for _, g := range api.GatewayResponses {
			add(g.Headers)
		}
	}
	return out
}

// method is the method that a finding is about, or that a place belongs to.
func (t *task) method(is func(*gateway.MethodFacts) bool) *gateway.MethodFacts {
	for _, api := range t.APIs(t.f) {
		for i := range api.Methods {
			if is(&api.Methods[i]) {
				return &api.Methods[i]
			}
		}
	}
	return nil
}

// scalar is the text that a value is written with: its own, or the one of
// Fn::Sub, in which ${Name} stands for another value. ok is false where other
// functions make it.
func (t *task) scalar(s edit.Spot) (at edit.Spot, ok bool) {
	v := s.Value
	switch {
	case v.Alias || v.Null:
		return edit.Spot{}, false
	case v.Kind == reader.ScalarValue && (v.Tag == "" || v.Tag == "!Sub"):
		return s, true
	case v.Kind == reader.MappingValue && len(v.Fields) == 1 && v.Fields[0].Key == "Fn::Sub" && v.Fields[0].Value.Kind == reader.ScalarValue:
		return s.Child("Fn::Sub"), true
	case v.Tag == "!Sub" && v.Kind == reader.ListValue && len(v.Items) == 2 && v.Items[0].Value.Kind == reader.ScalarValue:
		return s.Item(0), true
	}
	return edit.Spot{}, false
}

// change gives a value another text, as what is mapped for it: become says what
// becomes of a text.
func (t *task) change(become func(string) string) Edit {
	at, ok := t.scalar(t.spot)
	if !ok {
		return not("a function makes the value: change it where it comes from")
	}
	if at.Value.Style == reader.Block {
		return not("the value has several lines")
	}
	if !keepsNames(at.Value.Text, become(at.Value.Text)) {
		return not("a parameter makes the value: change it where it comes from")
	}
	e := Edit{Changes: t.d.SetText(at, become(at.Value.Text))}
	for _, h := range t.mapped() {
		if at.Value.Tag == "" && at.Key() != "Fn::Sub" && h.Value.String() != at.Value.Text {
			// A tool makes it of what stands here.
			continue
		}
		e.Means = append(e.Means, "- "+h.Name.String()+": "+h.Value.String(), "+ "+h.Name.String()+": "+become(h.Value.String()))
	}
	if len(e.Means) == 0 {
		return not("what it means is not known")
	}
	return e
}

// keepsNames reports whether a text still has every ${} that it had: what these
// are today is not to be written in their place.
func keepsNames(before, after string) bool {
	for _, name := range regexp.MustCompile(`[$%]\{[^}]*\}`).FindAllString(before, -1) {
		if !strings.Contains(after, name) {
			return false
		}
	}
	return true
}

// setAll gives a mapping several keys.
func (t *task) setAll(m edit.Spot, fields ...edit.Field) (out []edit.Change) {
	if m.Value != nil && (m.Value.Null || len(m.Value.Fields) == 0) {
		if len(m.Keys()) == 0 || m.Value.Alias {
			return nil
		}
		return t.d.Replace(m, edit.Map(fields...))
	}
	for _, f := range fields {
		changes := t.d.Set(m, f.Key, f.Value)
		if changes == nil {
			return nil
		}
		out = append(out, changes...)
	}
	return out
}

// inner is the text between the quotes of a static value; quoted reports
// whether it has them.
func inner(text string) (s string, quoted bool) {
	if len(text) >= 2 && text[0] == '\'' && text[len(text)-1] == '\'' {
		return text[1 : len(text)-1], true
	}
	return text, false
}

// words are the names of a list with commas.
func words(list string) (out []string) {
	for word := range strings.SplitSeq(list, ",") {
		if word = strings.TrimSpace(word); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// extended is a static value with more names: with its quotes, its blanks and
// its case.
func extended(text string, names []string) string {
	list, quoted := inner(text)
	comma := ","
	if strings.Contains(list, ", ") {
		comma = ", "
	}
	names = slices.Clone(names)
	if list == strings.ToLower(list) && list != strings.ToUpper(list) {
		for i := range names {
			if strings.Contains(names[i], "-") || strings.EqualFold(names[i], "authorization") {
				names[i] = strings.ToLower(names[i])
			}
		}
	}
	list = strings.TrimRight(list, ", ")
	if list != "" {
		list += comma
	}
	list += strings.Join(names, comma)
	if quoted {
		return "'" + list + "'"
	}
	return list
}

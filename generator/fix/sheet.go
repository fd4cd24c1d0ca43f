package fix

import (
	"fmt"
	"strconv"
	"strings"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/reader"
)

// sheet is a YAML or JSON file under a series of edits, each of which is made
// before the next is thought of.
type sheet struct {
	name string
	// offset is where the text begins in its file.
	offset       int
	before, text []byte
	*edit.Document
}

// sheet is a file as it is now.
func (s *State) sheet(name string) (*sheet, error) {
	text, err := s.Text(name)
	if err != nil {
		return nil, err
	}
	d, err := edit.Parse(name, text)
	if err != nil {
		return nil, err
	}
	return &sheet{name, 0, text, text, d}, nil
}

// changes are what all edits come to.
func (h *sheet) changes() []edit.Change {
	out := edit.Lines(h.name, h.before, h.text)
	for i := range out {
		out[i].Start += h.offset
		out[i].End += h.offset
	}
	return out
}

// way leads from the root to a value: keys, and the numbers of items.
type way []any

// to is the way to a value below.
func (w way) to(steps ...any) way { return append(w[:len(w):len(w)], steps...) }

func (w way) String() string {
	parts := make([]string, len(w))
	for i, step := range w {
		parts[i] = fmt.Sprint(step)
	}
	return strings.Join(parts, ".")
}

// at is the value at the end of a way; zero where there is none.
func (h *sheet) at(w way) edit.Spot {
	if h.Root == nil {
		return edit.Spot{}
	}
	s := h.Find(h.Root.Start, h.Root.End)
	for _, step := range w {
		switch step := step.(type) {
		case string:
			s = s.Child(step)
		case int:
			if s.Value.Kind != reader.ListValue || step >= len(s.Value.Items) {
				return edit.Spot{}
			}
			s = s.Item(step)
		}
		if s.IsZero() {
			return s
		}
	}
	return s
}

// has reports whether there is a value at the end of a way, other than null.
func (h *sheet) has(w way) bool {
	s := h.at(w)
	return !s.IsZero() && !s.Value.Null
}

// word is the text of a scalar that calls no function; "" for any other value.
func (h *sheet) word(w way) string {
	s := h.at(w)
	if s.IsZero() || s.Value.Kind != reader.ScalarValue || s.Value.Tag != "" {
		return ""
	}
	return s.Value.Text
}

// make makes the changes of one edit.
func (h *sheet) make(changes []edit.Change, w way) error {
	if len(changes) == 0 {
		return fmt.Errorf("%s cannot be edited as it is written", w)
	}
	text, err := edit.Apply(h.name, h.text, changes)
	if err != nil {
		return err
	}
	d, err := edit.Parse(h.name, text)
	if err != nil {
		return fmt.Errorf("%s cannot be edited as it is written: %w", w, err)
	}
	h.text, h.Document = text, d
	return nil
}

// set gives a key of a mapping a value. A new key stands behind another, if that
// is there, and apart from it where the others stand apart.
func (h *sheet) set(w way, after, key string, value edit.Tree) error {
	m := h.at(w)
	if m.IsZero() {
		return fmt.Errorf("%s is not there", w)
	}
	_, had := m.Value.Field(key)
	apart := h.standApart(m.Value)
	if err := h.make(h.SetAfter(m, after, key, value), w.to(key)); err != nil || had >= 0 || !apart {
		return err
	}
	m = h.at(w)
	_, i := m.Value.Field(key)
	if i < 0 {
		return fmt.Errorf("%s cannot be edited as it is written", w.to(key))
	}
	start := m.Value.Fields[i].Start
	for start > 0 && h.text[start-1] != '\n' {
		start--
	}
	newline := "\n"
	if strings.Contains(string(h.text[:start]), "\r\n") {
		newline = "\r\n"
	}
	return h.make([]edit.Change{{File: h.name, Start: start, End: start, New: newline}}, w.to(key))
}

// standApart reports whether empty lines stand between the fields of a mapping.
func (h *sheet) standApart(m *reader.Value) bool {
	if m.Flow || len(m.Fields) < 2 {
		return false
	}
	apart := 0
	for i := range m.Fields[1:] {
		between := string(h.text[m.Fields[i].Value.End:m.Fields[i+1].Start])
		if strings.Contains(strings.ReplaceAll(between, "\r", ""), "\n\n") {
			apart++
		}
	}
	return 2*apart > len(m.Fields)-1
}

// remove takes a key away, if it is there.
func (h *sheet) remove(w way) error {
	s := h.at(w)
	if s.IsZero() {
		return nil
	}
	return h.make(h.Delete(s), w)
}

// put makes a value what it is to be. What is the same already stays as it is
// written; drop names the keys that go where they are not wanted.
func (h *sheet) put(w way, want *reader.Value, drop func(key string) bool) error {
	s := h.at(w)
	parent, key := w[:len(w)-1], w[len(w)-1]
	switch {
	case s.IsZero():
		return h.set(parent, "", key.(string), edit.Copy(want))
	case same(s.Value, want):
		return nil
	case isWords(s.Value) && isWords(want):
		return h.putWords(w, want)
	case s.Value.Kind != want.Kind || want.Kind != reader.MappingValue || isFunction(s.Value) || len(s.Value.Fields) == 0:
		return h.replace(w, want)
	}
	for _, f := range want.Fields {
		if err := h.put(w.to(f.Key), f.Value, drop); err != nil {
			return err
		}
	}
	for _, f := range h.at(w).Value.Fields {
		if _, i := want.Field(f.Key); i < 0 && drop != nil && drop(f.Key) {
			if err := h.remove(w.to(f.Key)); err != nil {
				return err
			}
		}
	}
	return nil
}

// isWords reports whether a value is a list of texts that are written out.
func isWords(v *reader.Value) bool {
	for _, item := range v.Items {
		if item.Value.Kind != reader.ScalarValue || item.Value.Tag != "" || item.Value.Alias {
			return false
		}
	}
	return v.Kind == reader.ListValue && v.Tag == "" && !v.Alias
}

// putWords makes a list of texts, in which order does not count, another: those
// that it has already stay where they are.
func (h *sheet) putWords(w way, want *reader.Value) error {
	has := func(list *reader.Value, text string) bool {
		for _, item := range list.Items {
			if item.Value.Text == text {
				return true
			}
		}
		return false
	}
	for _, item := range want.Items {
		if s := h.at(w); !has(s.Value, item.Value.Text) {
			if err := h.make(h.Append(s, edit.Copy(item.Value)), w); err != nil {
				return err
			}
		}
	}
	for i := len(h.at(w).Value.Items) - 1; i >= 0; i-- {
		if s := h.at(w.to(i)); !has(want, s.Value.Text) {
			if err := h.make(h.Delete(s), w); err != nil {
				return err
			}
		}
	}
	return nil
}

// replace puts a value in the place of another; a text keeps its quotes.
func (h *sheet) replace(w way, want *reader.Value) error {
	s := h.at(w)
	if s.Value.Kind == reader.ScalarValue && want.Kind == reader.ScalarValue && s.Value.Tag == "" && !s.Value.Alias {
		if want.Style == reader.Plain {
			return h.make(h.SetBare(s, want.Text), w)
		}
		if s.Value.Style != reader.Block && !strings.Contains(want.Text, "\n") {
			return h.make(h.SetText(s, want.Text), w)
		}
	}
	return h.make(h.Replace(s, edit.Copy(want)), w)
}

// same reports whether a value says what it is to say, in whatever style.
func same(have, want *reader.Value) bool {
	if have.Kind != want.Kind || have.Tag != want.Tag || have.Alias || have.Null != want.Null ||
		len(have.Fields) != len(want.Fields) || len(have.Items) != len(want.Items) || have.Text != want.Text {
		return false
	}
	// A tool may take a boolean in quotes for a text.
	if want.Kind == reader.ScalarValue && want.Style == reader.Plain && have.Style != reader.Plain {
		if _, err := strconv.ParseBool(want.Text); err == nil {
			return false
		}
	}
	for _, f := range want.Fields {
		if v, i := have.Field(f.Key); i < 0 || !same(v.Value, f.Value) {
			return false
		}
	}
	for i, item := range want.Items {
		if !same(have.Items[i].Value, item.Value) {
			return false
		}
	}
	return true
}

// isFunction reports whether a value calls an intrinsic function.
func isFunction(v *reader.Value) bool {
	if v.Tag != "" || v.Alias {
		return true
	}
	if v.Kind != reader.MappingValue || len(v.Fields) != 1 {
		return false
	}
	key := v.Fields[0].Key
	return key == "Ref" || strings.HasPrefix(key, "Fn::")
}

// The values that are to be.

func quoted(text string) *reader.Value { return &reader.Value{Text: text, Style: reader.DoubleQuoted} }

func bare(word string) *reader.Value { return &reader.Value{Text: word} }

func mappingOf(fields ...reader.ValueField) *reader.Value {
	return &reader.Value{Kind: reader.MappingValue, Fields: fields}
}

func with(key string, v *reader.Value) reader.ValueField {
	return reader.ValueField{Key: key, Value: v}
}

func wordList(texts ...string) *reader.Value {
	out := &reader.Value{Kind: reader.ListValue}
	for _, t := range texts {
		out.Items = append(out.Items, reader.ValueItem{Value: quoted(t)})
	}
	return out
}

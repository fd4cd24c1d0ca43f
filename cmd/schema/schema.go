// Package schema says JSON Schema, and holds that of each document that the
// commands print with --json: help is made of them, and the tests hold what is
// printed against them.
// https://json-schema.org/draft/2020-12/json-schema-core
package schema

import (
	"bytes"
	"embed"
	"encoding/json"
	"strings"
)

//go:embed *.json
var texts embed.FS

// Names lists the documents, the one that every command prints first. Each is
// a file of its name.
func Names() []string {
	return []string{"report", "explain", "message", "probe", "matrix", "test", "serve", "lint", "fix", "import", "formats", "version"}
}

// Text is the schema of a document as JSON.
func Text(name string) ([]byte, error) { return texts.ReadFile(name + ".json") }

// Dialect is the release of JSON Schema that all of them are of.
const Dialect = "https://json-schema.org/draft/2020-12/schema"

// Schema is the part of JSON Schema that the documents need. A keyword that is
// left at its zero value says nothing.
type Schema struct {
	Dialect     string `json:"$schema,omitempty"`
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	// Type is the name of a type, or a list of them. AdditionalProperties is false,
	// or the schema of the members without a name.
	Type                 any                `json:"type,omitempty"`
	Const                any                `json:"const,omitempty"`
	Enum                 []string           `json:"enum,omitempty"`
	Pattern              string             `json:"pattern,omitempty"`
	MaxLength            int                `json:"maxLength,omitempty"`
	Minimum              int                `json:"minimum,omitempty"`
	Maximum              int                `json:"maximum,omitempty"`
	Default              any                `json:"default,omitempty"`
	Examples             []string           `json:"examples,omitempty"`
	Required             []string           `json:"required,omitempty"`
	Properties           Members            `json:"properties,omitempty"`
	PatternProperties    Members            `json:"patternProperties,omitempty"`
	AdditionalProperties any                `json:"additionalProperties,omitempty"`
	MinProperties        int                `json:"minProperties,omitempty"`
	PropertyNames        *Schema            `json:"propertyNames,omitempty"`
	Items                *Schema            `json:"items,omitempty"`
	Contains             *Schema            `json:"contains,omitempty"`
	MinItems             int                `json:"minItems,omitempty"`
	MaxItems             *int               `json:"maxItems,omitempty"`
	UniqueItems          bool               `json:"uniqueItems,omitempty"`
	OneOf                []*Schema          `json:"oneOf,omitempty"`
	AnyOf                []*Schema          `json:"anyOf,omitempty"`
	AllOf                []*Schema          `json:"allOf,omitempty"`
	Not                  *Schema            `json:"not,omitempty"`
	If                   *Schema            `json:"if,omitempty"`
	Then                 *Schema            `json:"then,omitempty"`
	Else                 *Schema            `json:"else,omitempty"`
	Ref                  string             `json:"$ref,omitempty"`
	Defs                 map[string]*Schema `json:"$defs,omitempty"`
}

// Read gives the schema of a document, with its references followed.
func Read(name string) (*Schema, error) {
	text, err := Text(name)
	if err != nil {
		return nil, err
	}
	s := &Schema{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, err
	}
	s.resolve(s.Defs)
	return s, nil
}

// resolve puts what a reference is to in its place. A description beside it
// stays.
func (s *Schema) resolve(defs map[string]*Schema) {
	if to, ok := defs[strings.TrimPrefix(s.Ref, "#/$defs/")]; ok {
		own := *s
		*s = *to
		s.Ref = own.Ref
		if own.Description != "" {
			s.Description = own.Description
		}
	}
	for _, m := range s.Properties {
		m.Schema.resolve(defs)
	}
	for _, inner := range s.OneOf {
		inner.resolve(defs)
	}
	if s.Items != nil {
		s.Items.resolve(defs)
	}
}

// Member is a member of an object.
type Member struct {
	Name   string
	Schema *Schema
}

// Members are in the order in which they are written.
type Members []Member

// UnmarshalJSON keeps the order of the members.
func (m *Members) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		s := &Schema{}
		if err := d.Decode(s); err != nil {
			return err
		}
		*m = append(*m, Member{name.(string), s})
	}
	return nil
}

// MarshalJSON writes the members in their order.
func (m Members) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for i, member := range m {
		b.WriteByte("{,"[min(i, 1)])
		if err := e.Encode(member.Name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := e.Encode(member.Schema); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Package schema holds the JSON Schema of each document that the commands
// print with --json. Help is made of them, and the tests hold what is printed
// against them.
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
	return []string{"report", "explain", "probe", "matrix", "serve", "lint", "formats", "version"}
}

// Text is the schema of a document as JSON.
func Text(name string) ([]byte, error) { return texts.ReadFile(name + ".json") }

// Schema is the part of JSON Schema that the documents need.
type Schema struct {
	Description string             `json:"description"`
	Type        any                `json:"type"`
	Const       any                `json:"const"`
	Enum        []string           `json:"enum"`
	Required    []string           `json:"required"`
	Properties  Members            `json:"properties"`
	Items       *Schema            `json:"items"`
	OneOf       []*Schema          `json:"oneOf"`
	Ref         string             `json:"$ref"`
	Defs        map[string]*Schema `json:"$defs"`
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

package generator

import (
	"bytes"
	"reflect"
	"strings"
	"text/template"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Environment is an API as it is in one environment.
type Environment struct {
	Name string
	API  gateway.API
}

// RenderOneFile renders one API for all its environments: whoever deploys names
// the environment, by a parameter or a variable of the tool's own, and the files
// hold what differs, finished. So nothing but a name is ever put in from outside.
// Only origins may differ, and only exact ones. policy is the name of the file
// that says all this, for the heads.
func (r *Renderer) RenderOneFile(all []Environment, policy string) ([]File, []cors.Advice, error) {
	outputs := make([]output, len(r.formats))
	for i, f := range r.formats {
		o := &outputs[i]
		o.files, o.advice, o.err = r.renderOneFile(f, all, policy)
	}
	return join(outputs)
}

func (r *Renderer) renderOneFile(f Format, all []Environment, policy string) ([]File, []cors.Advice, error) {
	refuse := func(why string) error {
		return &UnsupportedError{
			Target: f.Name, Feature: "one file for all environments", Why: why, Instead: "leave --one-file out: each environment gets a folder",
		}
	}
	if f.reference == nil {
		return nil, nil, refuse("its files have no parameters")
	}
	if why := notOnlyOrigins(all); why != "" {
		return nil, nil, refuse(why)
	}
	stand, err := standIn(all)
	if err != nil {
		return nil, nil, err
	}
	c := newChoices(stand, all, f)
	j := job{
		format: f.Name, policy: "apigw-cors generate --file " + ShellWord(policy) + " --environment all --one-file",
		api: stand, options: r.options, templates: r.templates, choices: c,
	}
	// The first run finds out which values the file looks up.
	if _, _, err = f.renders(j); err != nil {
		return nil, nil, err
	}
	files, advice, err := f.renders(j)
	if err != nil {
		return nil, nil, err
	}
	for _, file := range files {
		if bytes.Contains(file.Content, []byte(standInHost)) {
			return nil, nil, refuse("origins stand where nothing can be looked up: in a list, in a mapping template or in a function")
		}
	}
	if len(c.used) == 0 {
		return nil, nil, refuse("no origin stands in it, but in the function that answers")
	}
	return files, advice, nil
}

// notOnlyOrigins says what differs besides origins, or "".
func notOnlyOrigins(all []Environment) string {
	if len(all) == 0 {
		return "there is none"
	}
	first, several := all[0], false
	for i, e := range all {
		one, other := first.API.Config(), e.API.Config()
		one.AllowOrigins, other.AllowOrigins = nil, nil
		for _, f := range gateway.Fields() {
			if !reflect.DeepEqual(f.In(&one), f.In(&other)) {
				return first.Name + " and " + e.Name + " differ in " + f.Key + ", and not in origins alone"
			}
		}
		origins := e.API.Policy().AllowOrigins()
		for _, p := range origins {
			if p.Kind() != cors.Exact {
				return e.Name + " allows " + p.String() + ", which is not one origin"
			}
		}
		if i > 0 && e.API.IsREST() && several != (len(origins) > 1) {
			return "of " + first.Name + " and " + e.Name + " one has several origins, which takes another form of answer than one origin"
		}
		several = len(origins) > 1
	}
	return ""
}

// standInHost ends the origins that stand in for those of an environment while a
// file is rendered. No policy can allow them by chance: the name is reserved.
// https://www.rfc-editor.org/rfc/rfc2606#section-2
const standInHost = "environment.invalid"

// standIn is the API with origins that are replaced when they are quoted.
func standIn(all []Environment) (gateway.API, error) {
	c := all[0].API.Config()
	c.AllowOrigins = []string{"https://" + standInHost}
	for _, e := range all {
		if len(e.API.Policy().AllowOrigins()) > 1 {
			c.AllowOrigins = []string{"https://a." + standInHost, "https://b." + standInHost}
		}
	}
	api, _, err := gateway.Parse(c)
	return api, err
}

// choices are the values that an environment chooses. A quoter writes where the
// file looks one up in the place of the value.
type choices struct {
	environments []choice
	// names are those of the values, by what stands in for them.
	names map[string]string
	// used are the names that the file looks up.
	used map[string]bool
	// reference is how the file looks one up, "" where it cannot.
	reference func(name string) string
}

// choice is an environment and its values, of which the file has those it looks
// up.
type choice struct {
	Name   string
	Values []chosenValue
}

// chosenValue is a finished value: a text, a mapping template or a list.
type chosenValue struct {
	Name           string
	Text, Template string
	List           []string
}

// Lines are those of the template.
func (v chosenValue) Lines() []string { return lines(v.Template) }

// key tells the value from others.
func (v chosenValue) key() string {
	if v.List != nil {
		return listKey(v.List)
	}
	return v.Text + v.Template
}

func listKey(list []string) string { return "\n" + strings.Join(list, "\n") }

func newChoices(stand gateway.API, all []Environment, f Format) *choices {
	c := &choices{names: map[string]string{}, used: map[string]bool{}}
	c.reference = func(name string) string { return f.reference(c, stand, name) }
	for _, v := range varying(stand) {
		c.names[v.key()] = v.Name
	}
	for _, e := range all {
		c.environments = append(c.environments, choice{e.Name, varying(e.API)})
	}
	return c
}

// varying are the values that differ with the origins.
func varying(api gateway.API) []chosenValue {
	var origins []string
	for _, p := range api.Policy().AllowOrigins() {
		origins = append(origins, p.String())
	}
	all := []chosenValue{{Name: "AllowOrigins", List: origins}}
	static, one := api.Policy().StaticOrigin()
	switch {
	case one && api.IsREST():
		all = append(all, chosenValue{Name: "AllowOrigin", Text: gateway.Mapping{Header: cors.HeaderAllowOrigin, Value: static}.String()})
	case api.IsREST():
		if m, ok := api.Mock(api.Resources()[0]); ok {
			all = append(all, chosenValue{Name: "PreflightTemplate", Template: m.ResponseTemplate})
		}
		if r := api.IntegrationResponses(); len(r) > 0 {
			all = append(all, chosenValue{Name: "ResponseTemplate", Template: r[0].ResponseTemplate})
		}
	case len(origins) == 1:
		all = append(all, chosenValue{Name: "AllowOrigin", Text: origins[0]})
	}
	return all
}

// look finds where the file looks a value up.
func (c *choices) look(value string) (string, bool) {
	name, ok := c.names[value]
	if !ok || c.reference(name) == "" {
		return "", false
	}
	c.used[name] = true
	return c.reference(name), true
}

// funcs are the quoters of a language, but for the values that are looked up.
func (c *choices) funcs(all template.FuncMap) template.FuncMap {
	out := template.FuncMap{}
	for name, f := range all {
		switch quote := f.(type) {
		case func(string) (string, error):
			out[name] = func(s string) (string, error) {
				if reference, ok := c.look(s); ok {
					return reference, nil
				}
				return quote(s)
			}
		case func(int, string) (string, error):
			out[name] = func(spaces int, s string) (string, error) {
				if reference, ok := c.look(s); ok {
					return reference, nil
				}
				return quote(spaces, s)
			}
		case func([]string) (string, error):
			out[name] = func(list []string) (string, error) {
				if reference, ok := c.look(listKey(list)); ok {
					return reference, nil
				}
				return quote(list)
			}
		case func(int, []string) (string, error):
			out[name] = func(spaces int, list []string) (string, error) {
				if reference, ok := c.look(listKey(list)); ok {
					return reference, nil
				}
				return quote(spaces, list)
			}
		}
	}
	return out
}

// environmentsView is what a file says of its environments.
type environmentsView struct {
	// Parameter is what the environment is chosen by, Table holds the values.
	Parameter, Table string
	Description      string
	Names            []string
	Rows             []choice
}

// environments is the view of a file, whose names are made of a name of the API.
func (j job) environments(parameter, table string, spell func(string) string) *environmentsView {
	v := &environmentsView{Parameter: parameter, Table: table, Description: "Environment whose pages may call the API " + j.api.Name()}
	for _, e := range j.choices.environments {
		row := choice{Name: e.Name}
		for _, value := range e.Values {
			if j.choices.used[value.Name] {
				value.Name = spell(value.Name)
				row.Values = append(row.Values, value)
			}
		}
		v.Names, v.Rows = append(v.Names, e.Name), append(v.Rows, row)
	}
	return v
}

// choiceNote says in a head how the environment is chosen, for good: what holds
// one (a stack, a state) goes on being that of this environment. flag ends where
// the name of the environment begins.
func (j job) choiceNote(flag, holder string) []string {
	if j.choices == nil {
		return nil
	}
	names := j.choices.environmentNames()
	return []string{
		"", "Each environment has a " + holder + " of its own, and chooses what differs there:", "",
		"  " + flag + names[0], "", "It is one of " + strings.Join(names, ", ") + ".",
	}
}

func (c *choices) environmentNames() (names []string) {
	for _, e := range c.environments {
		names = append(names, e.Name)
	}
	return names
}

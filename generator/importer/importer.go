// Package importer makes a CORS policy of what a file tells API Gateway: the
// config that would come to the same facts. What a file does not say, or says in
// a way that no policy can carry, is left open; nothing is guessed, and no
// policy lets in more than its file means to.
package importer

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Import is the policy of one API as far as its file says it.
type Import struct {
	// Name is how the file's author calls the API, see [gateway.Facts.Name];
	// Tool is what reads the file, Place where the API stands in it.
	Name, Tool string
	Place      gateway.Place
	// Config has the values that were found. A field that is open has none, and
	// an open entry of a list is empty.
	Config gateway.Config
	// Notes are in the order of the fields, those about the API first.
	Notes []Note
	// Places are where the values stand, by the path of the field.
	Places map[string]gateway.Place
}

// Note is what there is to say about a value, or about what is not carried.
type Note struct {
	// Field is the path of the field, as in "allowOrigins[1]"; "" for what is
	// about the API.
	Field string
	// Open: the value is for a person to give. Parse refuses the config without
	// it, unless the field has a default.
	Open bool
	// Text says what the file has, and why that is not carried as it stands.
	Text string
	// Rule is the name of the rule of lint that finds it, or "".
	Rule  string
	Place gateway.Place
}

// IsComplete reports whether nothing is left open.
func (i Import) IsComplete() bool {
	return !slices.ContainsFunc(i.Notes, func(n Note) bool { return n.Open })
}

// maxMethods bounds the methods or routes of an API: each path is held against
// all of them. API Gateway takes 300 resources.
const maxMethods = 3000

// From makes a policy of facts.
func From(f gateway.Facts) Import {
	t := &taking{facts: f, Import: Import{
		Name: f.Name, Tool: f.Tool, Place: f.Place, Places: map[string]gateway.Place{},
		Config: gateway.Config{API: string(f.Kind), Name: logicalName(f)},
	}}
	t.facts.Methods, t.unknownPaths = nameUnknownPaths(f.Methods)
	t.Places["api"], t.Places["name"] = f.Place, f.Place
	if f.When != "" {
		t.note("", f.Place, "it holds where "+f.When)
	}
	t.elsewhere()
	switch n := len(f.Methods) + len(f.Routes); {
	case n > maxMethods:
		t.open("allowOrigins", f.Place, strconv.Itoa(n)+" methods are too many to read")
		t.open("allowMethods", f.Place, strconv.Itoa(n)+" methods are too many to read")
	case f.Kind == gateway.HTTP:
		t.http()
	default:
		t.rest()
	}
	t.openPaths()
	t.settle()
	t.sort()
	return t.Import
}

// taking is an Import in the making.
type taking struct {
	Import
	// facts have a name for each path that is not known, so that what stands on
	// it is found by it; unknownPaths are the paths themselves by that name.
	facts        gateway.Facts
	unknownPaths map[string]gateway.Text
}

// nameUnknownPaths gives each unknown path a name.
func nameUnknownPaths(methods []gateway.MethodFacts) ([]gateway.MethodFacts, map[string]gateway.Text) {
	out, unknown := slices.Clone(methods), map[string]gateway.Text{}
	names := map[string]string{}
	for i := range out {
		path := out[i].Path
		if path.Unknown() == "" {
			continue
		}
		text := path.String()
		if names[text] == "" {
			names[text] = fmt.Sprintf("/unknown-%d", len(names))
			unknown[names[text]] = path
		}
		out[i].Path = gateway.Literal(names[text], path.Place)
	}
	return out, unknown
}

// openPaths leaves the paths open that are not known.
func (t *taking) openPaths() {
	for i := range t.Config.Resources {
		r := &t.Config.Resources[i]
		if path, ok := t.unknownPaths[r.Path]; ok {
			r.Path = ""
			t.open(entryOf("resources", i)+".path", first(path.Place, t.facts.Place), path.Unknown())
		}
	}
	for i := range t.Notes {
		for name, path := range t.unknownPaths {
			t.Notes[i].Text = strings.ReplaceAll(t.Notes[i].Text, name, path.String())
		}
	}
}

// elsewhere says what may be told where nobody can see it.
func (t *taking) elsewhere() {
	parts := map[gateway.Open][]string{}
	var order []gateway.Open
	for _, o := range t.facts.Open {
		part := string(o.Part)
		if o.Part = ""; parts[o] == nil {
			order = append(order, o)
		}
		parts[o] = append(parts[o], part)
	}
	for _, o := range order {
		t.note("", o.Place, "the file does not show "+strings.Join(parts[o], ", ")+": "+o.Why)
	}
}

func (t *taking) note(field string, at gateway.Place, text string, rule ...string) {
	t.tell(Note{Field: field, Place: at, Text: text, Rule: strings.Join(rule, "")})
}

func (t *taking) open(field string, at gateway.Place, text string, rule ...string) {
	t.tell(Note{Field: field, Open: true, Place: at, Text: text, Rule: strings.Join(rule, "")})
}

// tell keeps a note, once: what holds for many paths is told of the first.
func (t *taking) tell(n Note) {
	if !slices.ContainsFunc(t.Notes, func(o Note) bool { return o.Field == n.Field && o.Text == n.Text && o.Open == n.Open }) {
		t.Notes = append(t.Notes, n)
	}
}

// isOpen reports whether a field, or what it is in, is left open.
func (t *taking) isOpen(path string) bool {
	return slices.ContainsFunc(t.Notes, func(n Note) bool {
		return n.Open && (n.Field == path || strings.HasPrefix(path, n.Field+"[") || strings.HasPrefix(path, n.Field+"."))
	})
}

// sort brings the notes into the order of the fields.
func (t *taking) sort() {
	rank := map[string]int{"": -1}
	for i, f := range gateway.Fields() {
		rank[f.Key] = i
	}
	slices.SortStableFunc(t.Notes, func(a, b Note) int { return rank[keyOf(a.Field)] - rank[keyOf(b.Field)] })
}

// keyOf is the key that a path begins with.
func keyOf(path string) string {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		return path[:i]
	}
	return path
}

func entryOf(field string, i int) string { return fmt.Sprintf("%s[%d]", field, i) }

// logicalName is the name of the API as logical ids have it; "" where the file
// has none: SAM's own for the APIs that it makes of events is not one to give.
func logicalName(f gateway.Facts) string {
	name := f.Name
	// A resource of a plan has its address for a place, too.
	if name == f.Place.File && f.Tool != "terraform" || isImplicit(name) {
		return ""
	}
	if name = LogicalName(f.Tool, name); name == gateway.DefaultName {
		return ""
	}
	return name
}

// LogicalName is the name of a policy that is made of an API, by the tool of the
// files and what they call it: OrdersApi of aws_api_gateway_rest_api.orders_api.
func LogicalName(tool, name string) string {
	if tool == "terraform" {
		name, _, _ = strings.Cut(name, "[")
		name = name[strings.LastIndexByte(name, '.')+1:]
	} else if i := strings.LastIndexByte(strings.TrimSuffix(name, "/Resource"), '/'); i >= 0 {
		name = strings.TrimSuffix(name, "/Resource")[i+1:]
	}
	var b strings.Builder
	up := true
	for _, c := range name {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		switch {
		case !letter && (c < '0' || c > '9' || b.Len() == 0):
			up = true
			continue
		case up:
			c = []rune(strings.ToUpper(string(c)))[0]
		}
		b.WriteRune(c)
		up = false
		if b.Len() == 64 {
			break
		}
	}
	return b.String()
}

// isImplicit reports whether a name is SAM's own for an API that it makes of
// events: it has no resource to refer to.
func isImplicit(name string) bool { return name == "ServerlessRestApi" || name == "ServerlessHttpApi" }

// settle holds the config against the parser: what it refuses is mended where
// that is plain, left out where it would have had no effect, and else left open.
func (t *taking) settle() {
	t.serialise()
	for range 20 {
		_, _, err := gateway.Parse(t.Config)
		faults := slices.DeleteFunc(cors.Faults(err), func(f *cors.FieldError) bool {
			// Methods are missing where those of a resource are open.
			methods := f.Field == "allowMethods" && f.Reason == cors.Missing && t.hasOpenMethods(len(t.Config.Resources))
			return methods || t.isOpen(f.Path()) || t.isOpen(keyOf(f.Field))
		})
		if len(faults) == 0 {
			break
		}
		// From the last to the first, so that the indexes hold.
		for _, f := range slices.Backward(faults) {
			t.refused(f)
		}
	}
	for _, f := range gateway.Fields() {
		if slices.Equal(f.Words(t.Config), f.Default(t.facts.Kind)) {
			f.SetWords(&t.Config, nil)
		}
	}
}

// serialise brings origins to the form that browsers send, each once.
func (t *taking) serialise() {
	var out []string
	for i, raw := range t.Config.AllowOrigins {
		p, _, err := cors.ParseOriginPattern(raw)
		if own := p.String(); err == nil && own != raw {
			at := first(t.Places[entryOf("allowOrigins", i)], t.Places["allowOrigins"])
			t.note(entryOf("allowOrigins", len(out)), at, "the file has "+raw+", which no browser sends", "origin-not-serialised")
			raw = own
		}
		if raw == "" || !slices.Contains(out, raw) {
			out = append(out, raw)
		} else {
			t.shift("allowOrigins", len(out))
		}
	}
	t.Config.AllowOrigins = out
}

func (t *taking) refused(f *cors.FieldError) {
	key := keyOf(f.Field)
	at := t.Places[f.Path()]
	if at.IsZero() {
		at = t.Places[key]
	}
	why := f.Detail
	if f.Value != "" {
		why = f.Value + ": " + f.Detail
	}
	field, _ := gateway.FieldOf(key)
	list, isList := field.In(&t.Config).(*[]string)
	switch {
	case key == "resources":
		t.refusedResource(f, at, why)
	case !isList || f.Index < 0 || f.Index >= len(*list):
		field.SetWords(&t.Config, nil)
		t.open(key, at, why, ruleFor(f))
	case key == "allowOrigins" && f.Fix != "" && !slices.Contains(*list, f.Fix):
		(*list)[f.Index] = f.Fix
		t.note(entryOf(key, f.Index), at, "the file has "+f.Value+", which no browser sends: "+f.Detail, ruleFor(f))
	case key == "allowOrigins" && len(*list) == 1:
		*list = nil
		t.open(key, at, why, ruleFor(f))
	case key == "allowOrigins" && f.Value != "null":
		(*list)[f.Index] = ""
		t.open(entryOf(key, f.Index), at, why, ruleFor(f))
	default:
		*list = slices.Delete(*list, f.Index, f.Index+1)
		t.shift(key, f.Index)
		t.note(key, at, "left out: "+why, ruleFor(f))
	}
}

// refusedResource mends the path of an entry where that is plain, and leaves
// out a method that no page can use.
func (t *taking) refusedResource(f *cors.FieldError, at gateway.Place, why string) {
	var i int
	if n, err := fmt.Sscanf(f.Field, "resources[%d]", &i); n != 1 || err != nil || i >= len(t.Config.Resources) {
		t.Config.Resources = nil
		t.open("resources", at, why)
		return
	}
	r := &t.Config.Resources[i]
	switch {
	case strings.HasSuffix(f.Field, ".methods") && f.Index >= 0 && f.Index < len(r.Methods) && len(r.Methods) > 1:
		r.Methods = slices.Delete(r.Methods, f.Index, f.Index+1)
		t.note(entryOf("resources", i), at, "left out: "+why)
	case strings.HasSuffix(f.Field, ".methods"):
		r.Methods = nil
		t.open(f.Field, at, why)
	case strings.HasSuffix(f.Field, ".path") && f.Fix != "" && !slices.ContainsFunc(t.Config.Resources, func(other gateway.ResourceConfig) bool { return other.Path == f.Fix }):
		t.note(entryOf("resources", i), at, "the file has "+why)
		r.Path = f.Fix
	default:
		t.note("resources", at, "left out: "+why)
		t.Config.Resources = slices.Delete(t.Config.Resources, i, i+1)
		t.shift("resources", i)
		if len(t.Config.Resources) == 0 {
			t.open("resources", at, "no path of the file can be carried")
		}
	}
}

// shift moves what is said of the entries behind one that was taken out.
func (t *taking) shift(key string, from int) {
	places := map[string]gateway.Place{}
	moved := func(path string) (string, bool) {
		var i int
		if _, err := fmt.Sscanf(strings.TrimPrefix(path, key), "[%d]", &i); err != nil || !strings.HasPrefix(path, key+"[") || i < from {
			return path, true
		}
		rest := strings.TrimPrefix(path, entryOf(key, i))
		return entryOf(key, i-1) + rest, i > from
	}
	for path, at := range t.Places {
		if to, kept := moved(path); kept {
			places[to] = at
		}
	}
	t.Places = places
	for i := range t.Notes {
		if to, kept := moved(t.Notes[i].Field); kept {
			t.Notes[i].Field = to
		} else {
			t.Notes[i].Field, t.Notes[i].Open = key, false
		}
	}
}

// ruleFor is the rule of lint that finds what the parser refuses.
func ruleFor(f *cors.FieldError) string {
	switch {
	case keyOf(f.Field) == "maxAge":
		return "max-age-invalid"
	case f.Value == "*" && f.Reason == cors.Forbidden && f.Field == "allowOrigins":
		return "wildcard-with-credentials"
	case f.Value == "*" && f.Reason == cors.Forbidden:
		return "wildcard-literal-with-credentials"
	case f.Field != "allowOrigins":
		return ""
	case f.Value == "null":
		return "null-origin"
	case f.Value == "*":
		return "wildcard-among-values"
	case strings.Contains(f.Value, "*"):
		return "origin-pattern-unsupported"
	}
	return "origin-not-serialised"
}

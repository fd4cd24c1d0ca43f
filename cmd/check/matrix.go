package check

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"apigw-cors/cmd/report"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// Matrix is what becomes of fetches from every path of a policy, with every
// method, by pages that are allowed and pages that are not.
type Matrix struct {
	API gateway.API
	// Environment is the one the policy is for, "" where there is one for all.
	Environment string
	Origins     []Origin
	Rows        []Row
	// Cells are those of the first row by origin, then those of the next.
	Cells []Cell
	model Model
	// Trimmed counts the cells that [Matrix.Trim] has left out.
	Trimmed int
}

// Title names the API, as in "Orders (REST API, prod)".
func (m *Matrix) Title() string {
	kind := strings.ToUpper(string(m.API.Kind())) + " API"
	if m.Environment != "" {
		kind += ", " + m.Environment
	}
	return report.Clean(m.API.Name()) + " (" + kind + ")"
}

// Origin is the origin of a page.
type Origin struct {
	// Origin is serialised; "" for a request without one.
	Origin string
	// Kind is OriginAllowed, OriginUnlisted, OriginNone, or a kind of look-alike.
	Kind string
}

// The kinds of origins, besides [cors.LookAlikeKind].
const (
	OriginAllowed  = "allowed"
	OriginUnlisted = "unlisted"
	OriginNone     = "none"
)

// ForeignOrigin is that of a page which no policy names. The name is reserved,
// so nobody has it.
// https://www.rfc-editor.org/rfc/rfc6761#section-6.4
const ForeignOrigin = "https://apigw-cors-probe.invalid"

// Row is a path with a method.
type Row struct {
	// Path is the policy's, Target the same with its variables filled.
	Path, Target string
	Method       string
	// Resource is the index of the path in the policy.
	Resource int
}

// IsSafe reports whether a request with the method changes nothing.
// https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1
func IsSafe(method string) bool { return method == "GET" || method == "HEAD" || method == "OPTIONS" }

// Cell is what pages of one origin come to with one method on one path.
type Cell struct {
	Row    *Row
	Origin *Origin
	// Fetches are the fetch with every header that the policy allows, and, where
	// that needs a preflight and the method is safe, one without any: a page that
	// the preflight refuses may still read what a simple request answers. The
	// second is asked about where the first ends at its preflight.
	Fetches []Fetch
	// Want and Got are the outcomes by the policy and by whoever was asked.
	Want, Got []Outcome
	// Differences are what differs between the two.
	Differences []Difference
	// Missed says why nobody was asked who should have been; "" where somebody
	// was.
	Missed string
}

// Options say what pages send.
type Options struct {
	// Values are those of path variables by name.
	Values map[string]string
	// Headers are sent with every actual request.
	Headers cors.HeaderList
}

// defaultValue stands for every path variable of which nobody says more.
const defaultValue = "apigw-cors-probe"

// Variables are the names of a path's variables.
func Variables(path string) (names []string) {
	for segment := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(segment, "{") {
			names = append(names, strings.Trim(segment, "{+}"))
		}
	}
	return names
}

// fill puts values in the places of a path's variables.
func fill(path string, values map[string]string) string {
	if path == gateway.DefaultRoute {
		return "/" + defaultValue
	}
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if !strings.HasPrefix(segment, "{") {
			continue
		}
		value, ok := values[strings.Trim(segment, "{+}")]
		switch {
		case !ok:
			segments[i] = defaultValue
		case strings.HasSuffix(segment, "+}"):
			segments[i] = strings.ReplaceAll(url.PathEscape(strings.Trim(value, "/")), "%2F", "/")
		default:
			segments[i] = url.PathEscape(value)
		}
	}
	return strings.Join(segments, "/")
}

// NewMatrix makes the matrix of an API.
func NewMatrix(api gateway.API, o Options) *Matrix {
	m := &Matrix{API: api, Origins: originsOf(api.Policy())}
	for i, r := range api.Resources() {
		for _, method := range r.Expanded() {
			m.Rows = append(m.Rows, Row{r.Path, fill(r.Path, o.Values), method, i})
		}
	}
	for i := range m.Rows {
		for j := range m.Origins {
			m.Cells = append(m.Cells, m.cell(&m.Rows[i], &m.Origins[j], o.Headers))
		}
	}
	return m
}

// Trim leaves look-alikes to one method of each path: the first that is safe.
func (m *Matrix) Trim() {
	tried := map[int]*Row{}
	for i := range m.Rows {
		r := &m.Rows[i]
		if first := tried[r.Resource]; first == nil || IsSafe(r.Method) && !IsSafe(first.Method) {
			tried[r.Resource] = r
		}
	}
	for i := range m.Cells {
		c := &m.Cells[i]
		if c.Origin.isLookAlike() && tried[c.Row.Resource] != c.Row {
			if len(c.Fetches) > 0 {
				m.Trimmed++
			}
			c.Fetches = nil
		}
	}
}

func (o Origin) isLookAlike() bool {
	return o.Kind != OriginAllowed && o.Kind != OriginUnlisted && o.Kind != OriginNone
}

// Requests are how many the matrix sends at most to a deployed API, to which only
// methods that change nothing are sent, unless unsafe says otherwise.
func (m *Matrix) Requests(unsafe bool) (n int) {
	for i := range m.Cells {
		c := &m.Cells[i]
		if len(c.Fetches) == 0 {
			continue
		}
		if f := c.Fetches[0]; !f.NoOrigin && needsPreflight(f.Request) {
			n++
		}
		if unsafe || IsSafe(c.Row.Method) {
			n++
		}
	}
	return n
}

func originsOf(p cors.Policy) (out []Origin) {
	isAllowed := func(origin string) bool {
		return slices.ContainsFunc(p.AllowOrigins(), func(o cors.OriginPattern) bool { return o.Matches(origin) })
	}
	for _, o := range p.AllowOrigins() {
		if origin := (Origin{o.Example(), OriginAllowed}); !slices.Contains(out, origin) {
			out = append(out, origin)
		}
	}
	if !isAllowed(ForeignOrigin) {
		out = append(out, Origin{ForeignOrigin, OriginUnlisted})
	}
	for _, l := range p.LookAlikes() {
		out = append(out, Origin{l.Origin, string(l.Kind)})
	}
	return append(out, Origin{"", OriginNone})
}

func (m *Matrix) cell(row *Row, origin *Origin, given cors.HeaderList) Cell {
	c := Cell{Row: row, Origin: origin}
	f := Fetch{Request: cors.Request{Origin: origin.Origin, Method: row.Method, URL: row.Target, Headers: slices.Clone(given)}}
	if origin.Kind == OriginNone {
		if IsSafe(row.Method) {
			f.NoOrigin = true
			c.Fetches = []Fetch{f}
		}
		return c
	}
	if m.API.Policy().AllowCredentials() {
		f.Credentials = cors.CredentialsInclude
	}
	simple := f
	for _, name := range m.headerNames() {
		if _, ok := f.Headers.Get(name); ok {
			continue
		}
		value := "application/json"
		if !strings.EqualFold(name, "Content-Type") {
			value = "x"
		}
		f.Headers = append(f.Headers, cors.Header{Name: name, Value: value})
		if value == "x" || IsSafe(row.Method) {
			f.Unvalued = append(f.Unvalued, name)
		}
	}
	c.Fetches = []Fetch{f}
	if IsSafe(row.Method) && !needsPreflight(simple.Request) && needsPreflight(f.Request) {
		c.Fetches = append(c.Fetches, simple)
	}
	return c
}

// headerNames are the request headers that a page of the policy may send.
func (m *Matrix) headerNames() []string {
	var names []string
	for _, name := range m.API.AllowHeaders().Strings() {
		if name != "*" {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = []string{"Content-Type"}
	}
	return names
}

// needsPreflight asks the model of a browser.
func needsPreflight(r cors.Request) bool {
	r.URL = ForeignOrigin + r.URL
	if r.Origin == ForeignOrigin {
		r.Origin = "null"
	}
	return cors.Fetch(r, func(cors.Request) cors.Response { return cors.Response{} }).Preflight != nil
}

// verdict is that of outcomes of the cell.
func (c *Cell) verdict(outcomes []Outcome) Verdict {
	if len(outcomes) == 0 && c.Missed != "" {
		return Unknown
	}
	return VerdictOf(outcomes)
}

// VerdictOf is that of a cell: of the first fetch, unless a second one, without
// headers, gets further.
func VerdictOf(outcomes []Outcome) Verdict {
	if len(outcomes) == 0 {
		return NotAsked
	}
	last := outcomes[len(outcomes)-1].Verdict
	if first := outcomes[0].Verdict; last == Refused || last == "" {
		return first
	}
	return last
}

// CheckValues refuses values of path variables that the API does not have.
func CheckValues(api gateway.API, flag string, values map[string]string) error {
	var known []string
	for _, r := range api.Resources() {
		known = append(known, Variables(r.Path)...)
	}
	e := &report.UsageError{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		switch {
		case !slices.Contains(known, name):
			hint := "the policy's paths have no variables"
			if len(known) > 0 {
				hint = "the variables are " + strings.Join(known, ", ")
			}
			e.Add(flag+": "+report.Quote(name)+": no path of the policy has it", report.DidYouMean(name, known, hint)...)
		case strings.Trim(values[name], "/") == "":
			e.Add(flag+": "+report.Quote(name+"="+values[name])+": empty", "name something harmless, as in "+flag+" "+name+"=0")
		}
	}
	if e.Problem != "" {
		return e
	}
	return nil
}

func containsFold(list []string, s string) bool {
	return slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, s) })
}

package check

import (
	"apigw-cors/cmd/report"
	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// Document is a matrix for a program. Its JSON names are stable.
type Document struct {
	Name        string         `json:"name"`
	API         string         `json:"api"`
	Environment string         `json:"environment,omitempty"`
	Origins     []originView   `json:"origins"`
	Cells       []cellView     `json:"cells"`
	Found       []foundView    `json:"differences"`
	Counts      map[string]int `json:"counts"`
}

type originView struct {
	// Origin is "" for a request without one.
	Origin string `json:"origin"`
	Kind   string `json:"kind"`
}

type cellView struct {
	Path   string `json:"path"`
	Method string `json:"method"`
	// Target is the path with its variables filled.
	Target string `json:"target"`
	Origin string `json:"origin"`
	// Verdict is what was got; Wanted what the policy wants.
	Verdict Verdict `json:"verdict"`
	Wanted  Verdict `json:"wanted"`
	// Cause is the code of what decides, Reason the same in words.
	Cause  cors.Cause `json:"cause,omitempty"`
	Reason string     `json:"reason,omitempty"`
	// Codes are those of what differs.
	Codes []Code `json:"codes,omitempty"`
}

type foundView struct {
	Code   Code         `json:"code"`
	Path   string       `json:"path"`
	Method string       `json:"method"`
	Origin string       `json:"origin"`
	Cause  cors.Cause   `json:"cause,omitempty"`
	Text   string       `json:"text"`
	Fault  *story.Fault `json:"fault,omitempty"`
}

// Document is the view of the matrix; wanted shows what the policy wants in the
// place of what was got.
func (m *Matrix) Document(wanted bool) Document {
	d := Document{
		Name: m.API.Name(), API: string(m.API.Kind()), Environment: m.Environment,
		Origins: []originView{}, Cells: []cellView{}, Found: []foundView{}, Counts: map[string]int{},
	}
	for _, o := range m.Origins {
		d.Origins = append(d.Origins, originView(o))
	}
	for i := range m.Cells {
		c := &m.Cells[i]
		got := c.Got
		if wanted {
			got = c.Want
		}
		v := cellView{
			Path: c.Row.Path, Method: c.Row.Method, Target: c.Row.Target, Origin: c.Origin.Origin,
			Verdict: c.verdict(got), Wanted: c.Wanted(), Reason: c.Missed,
		}
		if len(got) > 0 {
			s := got[len(got)-1].decisive()
			if v.Cause = s.Cause; s.Cause != "" {
				v.Reason = s.Detail()
			}
		}
		for _, found := range c.Differences {
			v.Codes = append(v.Codes, found.Code)
			d.Found = append(d.Found, foundView{
				found.Code, c.Row.Path, c.Row.Method, c.Origin.Origin, found.Cause, found.Text, found.Fault,
			})
		}
		d.Counts[string(v.Verdict)]++
		d.Cells = append(d.Cells, v)
	}
	return d
}

// MatrixDocument is what a command prints of matrices.
type MatrixDocument struct {
	report.JSONHeader
	// URL is that of the deployed API, "" where a model was asked.
	URL string `json:"url,omitempty"`
	// AsWanted: nothing differs. Complete: everything was asked.
	AsWanted bool       `json:"asWanted"`
	Complete bool       `json:"complete"`
	APIs     []Document `json:"apis"`
}

// NewMatrixDocument has no API yet.
func NewMatrixDocument(url string, asWanted, complete bool) MatrixDocument {
	return MatrixDocument{JSONHeader: report.NewJSONHeader(), URL: url, AsWanted: asWanted, Complete: complete, APIs: []Document{}}
}

package check

import (
	"fmt"
	"slices"

	"apigw-cors/cmd/story"
	"apigw-cors/generator/cors"
)

// Group is differences of one kind, for one reason.
type Group struct {
	Difference
	// Cells are those that show it, in their order.
	Cells []*Cell
}

// Groups brings the differences of all cells together.
func (m *Matrix) Groups() (out []Group) {
	index := map[string]int{}
	for i := range m.Cells {
		c := &m.Cells[i]
		for _, d := range c.Differences {
			layer := story.Layer("")
			if d.Fault != nil {
				layer = d.Fault.Layer
			}
			key := fmt.Sprint(d.Code, " ", d.Cause, " ", d.AtPreflight, " ", layer)
			if d.Code == CodeNoAnswer || d.Code == CodeUnknown {
				key += d.Text
			}
			n, ok := index[key]
			if !ok {
				n = len(out)
				index[key] = n
				out = append(out, Group{Difference: d})
			}
			if cells := out[n].Cells; len(cells) == 0 || cells[len(cells)-1] != c {
				out[n].Cells = append(out[n].Cells, c)
			}
		}
	}
	return out
}

// Diagnose asks for the layer behind each difference.
func (m *Matrix) Diagnose(ask func(Difference) *story.Fault) {
	for i := range m.Cells {
		for j := range m.Cells[i].Differences {
			d := &m.Cells[i].Differences[j]
			d.Fault = ask(*d)
		}
	}
}

// Verdict is what was got, or for a matrix that nobody was asked about what the
// policy wants.
func (c *Cell) Verdict() Verdict { return c.verdict(c.Got) }

// Wanted is the verdict that the policy wants.
func (c *Cell) Wanted() Verdict { return VerdictOf(c.Want) }

// String names the fetch of a cell.
func (c *Cell) String() string {
	from := "from " + c.Origin.Origin
	if c.Origin.Kind == OriginNone {
		from = "without an origin"
	}
	return c.Row.Method + " " + c.Row.Path + " " + from
}

// decisive is the step that decides an outcome: the refusal, or the last check
// that was passed.
func (o Outcome) decisive() cors.Step {
	if s, refused := o.Refusal(); refused {
		return s
	}
	var last cors.Step
	for _, s := range o.Steps {
		if s.Decision == cors.Passed || s.Cause == cors.SameOrigin {
			last = s
		}
	}
	return last
}

// Asked counts the cells with an outcome, and those without that should have
// one.
func (m *Matrix) Asked() (asked, missing int) {
	for i := range m.Cells {
		switch c := &m.Cells[i]; {
		case len(c.Got) > 0:
			asked++
		case len(c.Fetches) > 0:
			missing++
		}
	}
	return asked, missing
}

// Differing counts the cells that differ from what is wanted, and apart from
// them those without an answer.
func (m *Matrix) Differing() (differing, silent int) {
	for i := range m.Cells {
		switch d := m.Cells[i].Differences; {
		case len(d) == 0:
		case slices.ContainsFunc(d, func(d Difference) bool { return d.Code != CodeNoAnswer }):
			differing++
		default:
			silent++
		}
	}
	return differing, silent
}

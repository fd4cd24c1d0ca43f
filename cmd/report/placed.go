package report

import (
	"fmt"
	"strings"

	"apigw-cors/generator/fix"
)

// PlacedPolicy is what became of a policy in a file. Path is how a person in the
// current folder calls it, PathOf the same for the files of its places.
type PlacedPolicy struct {
	Path string
	fix.Placed
	PathOf func(file string) string
}

// writePlaced says what became of a policy.
func (m *Mended) writePlaced(b *strings.Builder, p Painter) {
	for _, placed := range m.Placed {
		name := p.Bold(Clean(placed.Path)) + ": "
		if placed.API != "" {
			name += Clean(placed.API) + " "
		}
		switch placed.Status {
		case fix.Refused:
			fmt.Fprintf(b, "%s: %s: %s\n", p.Bold(Clean(placed.at())), p.Yellow("refused"), Clean(placed.Refusal.Why))
			if placed.Refusal.Instead != "" {
				fmt.Fprintf(b, "  %s %s\n", p.Green("fix:"), Clean(placed.Refusal.Instead))
			}
		case fix.InPlace:
			fmt.Fprintf(b, "%ssays the policy already\n", name)
		case fix.ByHandStill:
			fmt.Fprintf(b, "%s%s\n", name, p.Yellow("does not use the policy: its sources are yours to edit"))
		default:
			says := "would say the policy"
			if m.Written {
				says = "says the policy"
			}
			fmt.Fprintf(b, "%s%s\n", name, p.Green(says))
		}
		for _, n := range placed.Notes {
			place := n.Place
			place.File = placed.PathOf(place.File)
			fmt.Fprintf(b, "%s: note: %s\n", p.Bold(Clean(where(place))), Clean(n.Text))
			if n.Hint != "" {
				fmt.Fprintf(b, "  %s %s\n", p.Green("fix:"), Clean(n.Hint))
			}
		}
	}
}

// at is where it was refused.
func (p PlacedPolicy) at() string {
	place := p.Refusal.Place
	if place.IsZero() {
		return p.Path
	}
	place.File = p.PathOf(place.File)
	return where(place)
}

// IsRefused reports whether a policy was refused.
func (m *Mended) IsRefused() bool {
	for _, p := range m.Placed {
		if p.Status == fix.Refused {
			return true
		}
	}
	return false
}

// IsByHand reports whether lines are left to be added by hand.
func (m *Mended) IsByHand() bool {
	for _, p := range m.Placed {
		if p.Status == fix.ByHandStill {
			return true
		}
	}
	return false
}

type placedDocument struct {
	Path    string           `json:"path"`
	API     string           `json:"api,omitempty"`
	Status  fix.PlacedStatus `json:"status"`
	Why     string           `json:"why,omitempty"`
	Instead string           `json:"instead,omitempty"`
	Notes   []noteDocument   `json:"notes"`
}

type noteDocument struct {
	placeDocument
	Text string `json:"text"`
	Hint string `json:"hint,omitempty"`
}

func (p PlacedPolicy) document() placedDocument {
	d := placedDocument{Path: p.Path, API: p.API, Status: p.Status, Notes: []noteDocument{}}
	if p.Refusal != nil {
		d.Why, d.Instead = p.Refusal.Why, p.Refusal.Instead
	}
	for _, n := range p.Notes {
		n.Place.File = p.PathOf(n.Place.File)
		d.Notes = append(d.Notes, noteDocument{documentOf(n.Place), n.Text, n.Hint})
	}
	return d
}

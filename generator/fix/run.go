package fix

import (
	"cmp"
	"context"
	"slices"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/lint"
)

// run is a run in the making.
type run struct {
	*Options
	now     *State
	known   []*tracked
	proofs  int
	changes int
	// order are the files that changed, the first to change first.
	order  []string
	placed Placed
}

// tracked is a finding through all edits.
type tracked struct {
	Outcome
	// at is where it begins now.
	at int
	// here: it was among the last findings.
	here bool
	// droppedAt is the number of changes at which its edit was dropped.
	droppedAt int
}

// meet takes in the findings of a state.
func (r *run) meet(findings []lint.Finding) {
	for _, t := range r.known {
		t.here = false
	}
	for _, f := range findings {
		if t := r.find(f); t != nil {
			t.here = true
			continue
		}
		r.known = append(r.known, &tracked{Outcome: Outcome{Finding: f}, at: f.Place.Start, here: true, droppedAt: -1})
	}
}

// find is the tracked finding that one of now is.
func (r *run) find(f lint.Finding) *tracked {
	for _, t := range r.known {
		if g := t.Finding; g.Rule == f.Rule && g.API == f.API && g.Place.File == f.Place.File && t.at == f.Place.Start {
			return t
		}
	}
	return nil
}

// refuse gives every finding one reason.
func (r *run) refuse(why string) {
	for _, t := range r.known {
		t.Status, t.Why = ByHand, why
	}
}

// round makes the edits that can be made at once, and reports whether there were
// some.
func (r *run) round(ctx context.Context, propose []Proposer) bool {
	var chosen []Proposal
	for _, p := range propose {
		for _, proposal := range p(r.now) {
			if r.choose(proposal) && !slices.ContainsFunc(chosen, func(c Proposal) bool { return c.excludes(proposal) }) {
				chosen = append(chosen, proposal)
			}
		}
	}
	for len(chosen) > 0 && ctx.Err() == nil {
		if r.proofs++; r.proofs > maxProofs {
			return false
		}
		after, why := r.prove(chosen)
		if why == "" {
			r.accept(chosen, after)
			return true
		}
		if len(chosen) == 1 {
			if t := r.find(chosen[0].Finding); t != nil {
				t.Status, t.Why, t.droppedAt = Dropped, why, r.changes
			}
			// What is left of the round may still be made.
			return r.round(ctx, propose)
		}
		chosen = chosen[:(len(chosen)+1)/2]
	}
	return false
}

// excludes reports whether two edits cannot be made and proved together.
func (p Proposal) excludes(other Proposal) bool {
	return p.Check != nil || other.Check != nil || edit.Overlap(p.Changes, other.Changes)
}

// choose reports whether an edit is wanted, and notes why it is not.
func (r *run) choose(p Proposal) bool {
	t := r.find(p.Finding)
	if t == nil {
		return len(p.Changes) > 0 && (!p.Unsafe || r.Unsafe)
	}
	text, _ := r.now.Text(p.Finding.Place.File)
	switch {
	case r.Wants != nil && !r.Wants(p.Finding, text):
		t.Status, t.Why = Unwanted, ""
	case len(p.Changes) == 0:
		t.Status, t.Why = ByHand, p.Not
	case p.Unsafe && !r.Unsafe:
		t.Status, t.Why = NeedsUnsafe, ""
	case t.droppedAt == r.changes:
		// Nothing has changed since it was dropped.
	default:
		return true
	}
	return false
}

// accept goes on from the state after some edits.
func (r *run) accept(made []Proposal, after *State) {
	changes := changesOf(made)
	for _, p := range made {
		if t := r.find(p.Finding); t != nil {
			t.Status, t.Why = Fixed, ""
		}
	}
	for _, t := range r.known {
		t.at = edit.Moved(t.Finding.Place.File, t.at, changes)
	}
	for _, file := range filesOf(changes) {
		if !slices.Contains(r.order, file) {
			r.order = append(r.order, file)
		}
	}
	r.now = after
	r.changes++
	r.meet(after.Report.Findings)
}

func changesOf(proposals []Proposal) (out []edit.Change) {
	for _, p := range proposals {
		out = append(out, p.Changes...)
	}
	return out
}

// outcomes are what became of the findings. One that is gone without an edit of
// its own was mended by that of another.
func (r *run) outcomes() (out []Outcome) {
	for _, t := range r.known {
		switch {
		case r.Policy != nil && t.Finding.Rule == Differs && t.Finding.API != r.placed.API:
			continue // the policy is for another API
		case !t.here:
			t.Status, t.Why = Fixed, ""
		case r.Policy != nil && t.Status == "":
			t.Status, t.Why = ByHand, "what the policy says stays: change it there, or mend what it does not say without it"
		case t.Status == "" || t.Status == Fixed:
			t.Status, t.Why = ByHand, "too much is to be mended in one run: run it again"
		}
		out = append(out, t.Outcome)
	}
	slices.SortStableFunc(out, func(a, b Outcome) int {
		p, q := a.Finding.Place, b.Finding.Place
		return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column), cmp.Compare(a.Finding.Rule, b.Finding.Rule))
	})
	return out
}

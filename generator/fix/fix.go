package fix

import (
	"context"
	"io/fs"

	"apigw-cors/generator/edit"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// Options are what to read and judge, and which edits are wanted.
type Options struct {
	Read  reader.Options
	Judge lint.Options
	// Unsafe also makes edits that decide who may call.
	Unsafe bool
	// Wants chooses the findings to mend; text is that of the finding's file. nil
	// stands for all.
	Wants func(f lint.Finding, text []byte) bool
	// Policy, where it is not nil, is put into the files before anything is
	// mended: what it decides is not for a finding to decide otherwise.
	Policy *Policy
}

// Proposer proposes edits of what is read.
type Proposer func(*State) []Proposal

// Proposal is an edit, or the reason for which there is none.
type Proposal struct {
	// Finding is what the edit mends; zero for an edit of something else.
	Finding lint.Finding
	Edit
}

// Edit is a change of the files with what it comes to.
type Edit struct {
	Changes []edit.Change
	// Unsafe is set for an edit that decides who may call.
	Unsafe bool
	// Means are what API Gateway is told otherwise after it: each line of
	// [gateway.Difference] begins with the sign of one of them, "+ " or "- ", and
	// has the rest of it in it. Without any, nothing is told otherwise.
	Means []string
	// Check, where it is not nil, decides in place of all that: of Means, and that
	// the finding is gone and no other has come.
	Check func(before, after *State) error
	// Not is why there are no changes.
	Not string
}

// Status is what became of a finding.
type Status string

// The statuses.
const (
	// Fixed is a finding that is gone after the edits.
	Fixed Status = "fixed"
	// NeedsUnsafe is one whose edit decides who may call, and was not asked for.
	NeedsUnsafe Status = "needs-unsafe"
	// ByHand is one for which there is no edit.
	ByHand Status = "by-hand"
	// Dropped is one whose edit did not come to what it was to.
	Dropped Status = "dropped"
	// Unwanted is one that was not to be mended.
	Unwanted Status = "unwanted"
)

// Outcome is what became of a finding, and why.
type Outcome struct {
	// Finding is as it was found; where it came to light only after other edits,
	// its place is in the edited file.
	Finding lint.Finding
	Status  Status
	// Why is the reason for which it is not fixed.
	Why string
}

// Result is what the edits of one reading come to.
type Result struct {
	// Reading is what the files say after the edits, Parts are those that were
	// read before them.
	Reading reader.Reading
	Parts   []string
	// Placed is what became of the policy.
	Placed Placed
	// Outcomes are of all findings, by place.
	Outcomes []Outcome
	// Unknown are the questions that the files leave open.
	Unknown []lint.Unknown
	// Files are the contents of those that changed, by path; Before what was in
	// them, nil for a file that is new.
	Files, Before map[string][]byte
	// Order has the names of Files in the order in which they are to come to their
	// places: where a run dies in between, the next one finds what is left to do.
	Order []string
}

// Run reads what is at a path as [reader.Read] does, and makes the edits that are
// proposed and proved, until nothing more is to be done: a second run changes
// nothing. The error is that of a path that cannot be opened, or of ctx.
func Run(ctx context.Context, fsys fs.FS, name string, o Options, propose ...Proposer) (Result, error) {
	before, err := read(fsys, name, nil, &o)
	if err != nil {
		return Result{}, err
	}
	r := &run{Options: &o, now: before}
	r.meet(before.Report.Findings)
	if len(before.Reading.Faults) == 0 {
		r.place()
		for range maxRounds {
			if err := ctx.Err(); err != nil {
				return Result{}, err
			}
			if !r.round(ctx, propose) {
				break
			}
		}
	} else {
		r.refuse("not all of the file can be read")
	}
	out := Result{Reading: r.now.Reading, Parts: before.Reading.Files, Placed: r.placed, Outcomes: r.outcomes(), Unknown: r.now.Report.Unknown, Files: map[string][]byte{}, Before: map[string][]byte{}}
	for _, file := range r.order {
		text := r.now.files.files[file]
		old, err := fs.ReadFile(fsys, file)
		if err != nil {
			old = nil
		}
		if err != nil || string(old) != string(text) {
			out.Files[file], out.Before[file] = text, old
			out.Order = append(out.Order, file)
		}
	}
	return out, ctx.Err()
}

const (
	// maxRounds bounds how often what earlier edits bring to light is mended.
	maxRounds = 30
	// maxProofs bounds how often the files are read again.
	maxProofs = 400
)

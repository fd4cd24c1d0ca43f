package check

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
)

// ask asks about the fetches of a cell.
func (c *Cell) ask(ctx context.Context, a Asker) (out []Outcome) {
	for _, f := range c.Fetches {
		o := a.Ask(ctx, f)
		out = append(out, o)
		if !o.isRefusedAtPreflight() {
			break
		}
	}
	return out
}

// Expect asks the model of the policy; endpoint is the API's origin.
func (m *Matrix) Expect(endpoint string) {
	m.model = Model{m.API.Deploy(), endpoint}
	for i := range m.Cells {
		m.Cells[i].Want = m.Cells[i].ask(context.Background(), m.model)
	}
}

// Ask asks about every cell, so many at a time, and holds the answers against
// what is wanted. Where the very first fetch gets no answer, that is the error.
// Where ctx ends it, cells are left without an outcome.
func (m *Matrix) Ask(ctx context.Context, a Asker, concurrency int, progress func(done, total int)) error {
	var cells []*Cell
	for i := range m.Cells {
		if len(m.Cells[i].Fetches) > 0 {
			cells = append(cells, &m.Cells[i])
		}
	}
	if len(cells) == 0 {
		return nil
	}
	first := cells[0].ask(ctx, a)
	switch err := first[0].Err; {
	case ctx.Err() != nil:
	case err != nil:
		return err
	default:
		cells[0].Got = first
	}
	each(ctx, len(cells)-1, concurrency, progress, func(i int) {
		got := cells[i+1].ask(ctx, a)
		if ctx.Err() == nil {
			cells[i+1].Got = got
		}
	})
	for _, c := range cells {
		if len(c.Got) == 0 {
			c.Missed = "not asked: " + Ended(context.Cause(ctx))
		}
		c.compare(m)
	}
	m.compareCaching()
	return context.Cause(ctx)
}

// Ended says in a few words what has ended a run.
func Ended(cause error) string {
	if errors.Is(cause, context.Canceled) {
		return "interrupted"
	}
	return cause.Error()
}

// each calls do for 0 to n-1, so many at a time, until ctx ends. progress is
// told how many are done; nil where nobody looks.
func each(ctx context.Context, n, concurrency int, progress func(done, total int), do func(int)) {
	var next, done atomic.Int64
	var told sync.Mutex
	var workers sync.WaitGroup
	for range min(n, max(concurrency, 1)) {
		workers.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				do(i)
				if progress != nil {
					told.Lock()
					progress(int(done.Add(1)), n)
					told.Unlock()
				}
			}
		})
	}
	workers.Wait()
}

package output

import (
	"fmt"
	"io"
	"time"
)

// progress tells a person at a terminal how far a long run is. It is nil where
// nobody looks.
type progress struct {
	to          io.Writer
	done, total int
	shown       time.Time
}

func NewProgress(to io.Writer) *progress { return &progress{to: to} }

// fewAPIs are written before a person could read a number.
const fewAPIs = 100

func (p *progress) start(total int) {
	if p != nil {
		p.total = total
	}
}

func (p *progress) step() {
	if p == nil || p.total < fewAPIs {
		return
	}
	p.done++
	if now := time.Now(); now.Sub(p.shown) > 100*time.Millisecond {
		p.shown = now
		fmt.Fprintf(p.to, "\r%d of %d APIs", p.done, p.total)
	}
}

// clear leaves the line to what follows.
func (p *progress) clear() {
	if p != nil && p.done > 0 {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

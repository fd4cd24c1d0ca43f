package output

import (
	"fmt"
	"io"
	"time"
)

// Progress tells a person at a terminal how far a long run is. It is nil where
// nobody looks.
type Progress struct {
	to          io.Writer
	done, total int
	shown       time.Time
}

// NewProgress writes to a terminal.
func NewProgress(to io.Writer) *Progress { return &Progress{to: to} }

// fewAPIs are written before a person could read a number.
const fewAPIs = 100

func (p *Progress) start(total int) {
	if p != nil {
		p.total = total
	}
}

func (p *Progress) step() {
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
func (p *Progress) clear() {
	if p != nil && p.done > 0 {
		fmt.Fprint(p.to, "\r\x1b[K")
	}
}

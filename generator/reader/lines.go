package reader

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"apigw-cors/generator/gateway"
)

// lines finds places in a source: a line and a column in characters for an
// offset in bytes, and back. It remembers where it was, so that going through
// a source from front to back is linear however long a line is.
type lines struct {
	file   string
	src    []byte
	starts []int
	last   struct{ line, column, offset int }
}

// newLines splits at CR LF, LF and CR. A byte order mark is not part of the
// first line.
func newLines(file string, src []byte) *lines {
	l := &lines{file: file, src: src, starts: make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))}
	if bytes.HasPrefix(src, []byte(bom)) {
		l.starts[0] = len(bom)
	}
	for i, b := range src {
		if b == '\n' || b == '\r' && (i+1 == len(src) || src[i+1] != '\n') {
			l.starts = append(l.starts, i+1)
		}
	}
	l.last.line, l.last.column, l.last.offset = 1, 1, l.starts[0]
	return l
}

// place is the place of a stretch of the source.
func (l *lines) place(start, end int) gateway.Place {
	line, column := l.position(start)
	return gateway.Place{File: l.file, Line: line, Column: column, Start: start, End: end}
}

func (l *lines) position(offset int) (line, column int) {
	line = l.last.line
	if offset < l.starts[line-1] || line < len(l.starts) && offset >= l.starts[line] {
		line = max(1, sort.SearchInts(l.starts, offset+1))
	}
	from, column := l.starts[line-1], 1
	if line == l.last.line && l.last.offset <= offset {
		from, column = l.last.offset, l.last.column
	}
	if offset > from {
		column += utf8.RuneCount(l.src[from:min(offset, len(l.src))])
	}
	l.last.line, l.last.column, l.last.offset = line, column, offset
	return line, column
}

// offset is where a line and column are; the end of the source for those
// beyond it.
func (l *lines) offset(line, column int) int {
	if line < 1 || line > len(l.starts) {
		return len(l.src)
	}
	at, c := l.starts[line-1], 1
	if line == l.last.line && l.last.column <= column {
		at, c = l.last.offset, l.last.column
	}
	for ; c < column && at < len(l.src); c++ {
		_, size := utf8.DecodeRune(l.src[at:])
		at += size
	}
	l.last.line, l.last.column, l.last.offset = line, column, at
	return at
}

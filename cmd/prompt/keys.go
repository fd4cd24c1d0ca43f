package prompt

import (
	"time"
)

// keyReader is a terminal as survey wants it, and does what survey does not: it
// hands out one key at a time, so that what was typed ahead (or pasted) stays
// for the next question; Esc goes back; Ctrl-D ends like Ctrl-C; and a key that
// survey does not know is dropped, where survey would fail or type its bytes.
type keyReader struct {
	*typedInput
	fd uintptr
	// err is what ended the question. It stays, as survey goes on reading
	// after some errors.
	err error
	// narrowing sees the keys of a list first.
	narrowing *narrowing
}

func (k *keyReader) Fd() uintptr { return k.fd }

func (k *keyReader) Read(p []byte) (int, error) {
	var key []byte
	for k.err == nil && len(key) == 0 {
		key, k.err = k.next()
	}
	if k.err != nil {
		return 0, k.err
	}
	if k.narrowing != nil {
		key = k.narrowing.key(key)
	}
	return copy(p, key), nil
}

const (
	ctrlC  = 0x03
	ctrlD  = 0x04
	escape = 0x1b
	// escapeTime is how long a terminal, or a slow line, may take between the
	// bytes of one key.
	escapeTime = 50 * time.Millisecond
)

// next is the bytes of the next key, none where it is to be dropped.
func (k *keyReader) next() ([]byte, error) {
	if err := k.need(1, 0); err != nil {
		return nil, err
	}
	switch k.pending[0] {
	case ctrlC, ctrlD:
		return nil, ErrInterrupted
	case escape:
		return k.sequence()
	}
	return k.cut(1), nil
}

// sequence is a key of several bytes, in the spelling that survey knows.
// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
func (k *keyReader) sequence() ([]byte, error) {
	if err := k.need(2, escapeTime); err != nil {
		return nil, err
	}
	if len(k.pending) == 1 || k.pending[1] == escape {
		k.cut(1)
		return nil, ErrBack
	}
	if c := k.pending[1]; c != '[' && c != 'O' {
		k.cut(2)
		return nil, nil
	}
	n := 2
	for {
		n++
		if err := k.need(n, escapeTime); err != nil {
			return nil, err
		}
		if len(k.pending) < n {
			k.cut(len(k.pending))
			return nil, nil
		}
		if c := k.pending[n-1]; '@' <= c && c <= '~' {
			return spelled(k.cut(n)), nil
		}
	}
}

func spelled(sequence []byte) []byte {
	switch s := string(sequence[2:]); s {
	case "A", "B", "C", "D", "F", "H", "3~":
		return []byte("\x1b[" + s)
	case "1~", "7~":
		return []byte("\x1b[H")
	case "4~", "8~":
		return []byte("\x1b[F")
	}
	return nil
}

// need waits until n bytes are there, or the time is over.
func (k *keyReader) need(n int, within time.Duration) error {
	for len(k.pending) < n {
		if more, err := k.fill(within); err != nil || !more {
			return err
		}
	}
	return nil
}

func (k *keyReader) cut(n int) []byte {
	key := k.pending[:n:n]
	k.pending = k.pending[n:]
	return key
}

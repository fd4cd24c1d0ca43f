package files

import (
	"context"
	"io"
	"os"
)

// Open opens the file that a person has named, and reports whether it is a
// regular one, which can be read more than once. It may as well be a pipe, such
// as the /dev/fd/63 of `-f <(jsonnet cors.jsonnet)`: opening one waits for its
// writer. The end of ctx ends the wait.
func Open(ctx context.Context, name string) (f *os.File, regular bool, err error) {
	f, err = await(ctx, func() (*os.File, error) { return os.Open(name) })
	if err != nil {
		return nil, false, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, false, err
	}
	return f, info.Mode().IsRegular(), nil
}

// ReadAll reads a stream to its end. It may be a terminal, where the read waits
// for as long as the person thinks: the end of ctx ends it. A stream of more
// than most bytes, such as /dev/zero, is a [TooLargeError].
func ReadAll(ctx context.Context, r io.Reader, most int64) ([]byte, error) {
	return await(ctx, func() ([]byte, error) { return readAtMost(r, most) })
}

func readAtMost(r io.Reader, most int64) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(text)) > most {
		return nil, &TooLargeError{most}
	}
	return text, err
}

// await runs what may block for ever. What it is waiting for when ctx ends is
// left behind, as the run ends then.
func await[T any](ctx context.Context, do func() (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		value, err := do()
		done <- result{value, err}
	}()
	select {
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	case r := <-done:
		return r.value, r.err
	}
}

package cmd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
)

// input is where the APIs of a run come from. It can be read more than once.
type input struct {
	flags *policyFlags
	// file is "" where the flags say it all, and "-" for stdin.
	file  string
	stdin io.Reader
	// held is what could not be read a second time: stdin, or a pipe.
	held []byte
}

// sources reads every API of the input, one document at a time, so that memory
// does not grow with their number. An error ends it.
func (in *input) sources(ctx context.Context) iter.Seq2[source, error] {
	return func(yield func(source, error) bool) {
		if in.file == "" {
			var s source
			in.flags.override(&s)
			if _, err := os.Stat(defaultFile); err == nil {
				s.ignored = defaultFile
			}
			yield(s, nil)
			return
		}
		text, err := in.open(ctx)
		if err != nil {
			yield(source{}, err)
			return
		}
		defer text.Close()
		docs := newDocuments(in.name(), text)
		// One document is read ahead: a single API is written without a folder of
		// its own.
		s, err := docs.next()
		if errors.Is(err, io.EOF) {
			s, err = docs.none(), nil
		}
		for several := false; err == nil; {
			following, next := docs.next()
			several = several || next == nil
			s.several = several
			in.flags.override(&s)
			if !yield(s, nil) {
				return
			}
			s, err = following, next
			if ctx.Err() != nil {
				err = ctx.Err()
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(source{}, err)
		}
	}
}

// name is what places call the input.
func (in *input) name() string {
	if in.file == "-" {
		return "stdin"
	}
	return in.file
}

func (in *input) open(ctx context.Context) (io.ReadCloser, error) {
	if in.held != nil {
		return io.NopCloser(bytes.NewReader(in.held)), nil
	}
	if in.file == "-" {
		return in.hold(ctx, in.stdin)
	}
	info, err := os.Stat(in.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &hintedError{errors.New(in.file + ": no such file"), "give -f the file that holds the policy"}
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &hintedError{errors.New(in.file + ": a folder"), "name the file in it"}
	}
	f, err := os.Open(in.file)
	if err != nil || info.Mode().IsRegular() {
		return f, err
	}
	// A pipe, as in `-f <(jsonnet cors.jsonnet)`.
	defer f.Close()
	return in.hold(ctx, f)
}

// hold reads a stream that cannot be rewound. It may be a terminal, where the
// read waits for as long as the person thinks; Ctrl-C ends it.
func (in *input) hold(ctx context.Context, r io.Reader) (io.ReadCloser, error) {
	type result struct {
		text []byte
		err  error
	}
	read := make(chan result, 1)
	go func() {
		text, err := io.ReadAll(r)
		read <- result{text, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case all := <-read:
		if all.err != nil {
			return nil, all.err
		}
		in.held = all.text
		return io.NopCloser(bytes.NewReader(in.held)), nil
	}
}

package policy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"github.com/spf13/pflag"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
)

// Input is where the APIs of a run come from. It can be read more than once.
type Input struct {
	flags *Flags
	// file is "" where the flags say it all, and "-" for stdin.
	file  string
	stdin io.Reader
	// held is what could not be read a second time: stdin, or a pipe.
	held []byte
}

// Sources reads every API of the input, one document at a time, so that memory
// does not grow with their number. An error ends it.
func (in *Input) Sources(ctx context.Context) iter.Seq2[Source, error] {
	return func(yield func(Source, error) bool) {
		if in.file == "" && in.flags.Environment == AllEnvironments {
			yield(Source{}, &report.UsageError{
				Problem: "--environment all: the policy is in flags, which are for one", Hints: []string{"name the file that has environments with -f"},
			})
			return
		}
		if in.file == "" {
			s := Source{Environment: in.flags.Environment}
			in.flags.override(&s)
			if _, err := os.Stat(DefaultFile); err == nil {
				s.ignored = DefaultFile
			}
			yield(s, nil)
			return
		}
		text, err := in.open(ctx)
		if err != nil {
			yield(Source{}, err)
			return
		}
		defer text.Close()
		docs := newDocuments(in.Name(), text)
		// One document is read ahead: a single API is written without a folder of
		// its own.
		d, err := docs.next()
		if errors.Is(err, io.EOF) {
			d, err = docs.none(), nil
		}
		for several := false; err == nil; {
			following, next := docs.next()
			several = several || next == nil
			sources, refusal := d.in(in.flags.Environment)
			if refusal != nil {
				yield(Source{}, refusal)
				return
			}
			for _, s := range sources {
				s.Several = several
				in.flags.override(&s)
				if !yield(s, nil) {
					return
				}
			}
			d, err = following, next
			if ctx.Err() != nil {
				err = ctx.Err()
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(Source{}, err)
		}
	}
}

// FileInput reads a file, or stdin with "-", for an environment, or with "" for
// none. No flag overrides its keys.
func FileInput(file, environment string, stdin io.Reader) *Input {
	return &Input{flags: &Flags{Environment: environment, set: pflag.NewFlagSet("", pflag.ContinueOnError)}, file: file, stdin: stdin}
}

// Name is what places call the input.
func (in *Input) Name() string {
	if in.file == "-" {
		return "stdin"
	}
	return in.file
}

// The bounds of what is read, in bytes.
const (
	// MaxDocument is the bound of one YAML document: the parser takes some 200
	// bytes for each value, and a value can be two bytes long.
	MaxDocument = 1 << 20
	// MaxStream is the bound of all that comes through stdin or a pipe, which is
	// held in memory.
	MaxStream = 16 << 20
)

func (in *Input) open(ctx context.Context) (io.ReadCloser, error) {
	if in.held != nil {
		return io.NopCloser(bytes.NewReader(in.held)), nil
	}
	if in.file == "-" {
		return in.hold(ctx, in.stdin)
	}
	info, err := os.Stat(in.file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &report.HintedError{Err: errors.New(in.file + ": no such file"), Hint: "give -f the file that holds the policy"}
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &report.HintedError{Err: errors.New(in.file + ": a folder"), Hint: "name the file in it"}
	}
	f, regular, err := files.Open(ctx, in.file)
	if err != nil || regular {
		return f, err
	}
	// A pipe, as in `-f <(jsonnet cors.jsonnet)`.
	defer f.Close()
	return in.hold(ctx, f)
}

// hold reads a stream that cannot be rewound.
func (in *Input) hold(ctx context.Context, r io.Reader) (io.ReadCloser, error) {
	text, err := files.ReadAll(ctx, r, MaxStream)
	var large *files.TooLargeError
	switch {
	case errors.As(err, &large):
		return nil, &report.HintedError{Err: fmt.Errorf("%s: %w", in.Name(), err), Hint: "only a file with several documents may be larger"}
	case err != nil:
		return nil, err
	}
	in.held = text
	return io.NopCloser(bytes.NewReader(in.held)), nil
}

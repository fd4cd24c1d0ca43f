package output

import (
	"context"
	"errors"
	"iter"

	"apigw-cors/cmd/report"
	"apigw-cors/generator"
)

// Rendering is the files of one API.
type Rendering struct {
	// Folder is the name of the API, where there are several, below that of the
	// environment, where all are rendered, and otherwise "".
	Folder string
	// API is its name, and Environment the one it is for, where all are rendered.
	API, Environment string
	// Files is nil for an API at fault.
	Files []generator.File
}

// path is where a file stands below the folder of all.
func (r Rendering) path(f generator.File) string {
	if r.Folder == "" {
		return f.Path
	}
	return r.Folder + "/" + f.Path
}

// Batch renders every API of an input. Nothing is written before the last is
// accepted, and yet only few are held in memory: where there are many they are
// rendered again to be written.
type Batch struct {
	// Name is the input's.
	Name string
	// Renderings renders the APIs, from the first on, and says to the report what
	// there is to say. An error ends it.
	Renderings func(context.Context, *report.Report) iter.Seq2[Rendering, error]
	To         Destination
	Progress   *Progress
}

// maxHeld bounds what is rendered once, in bytes.
const maxHeld = 4 << 20

// Run renders and writes. What there is to say about the policy goes to r; with
// strict, advice keeps everything from being written, as a fault does.
func (b *Batch) Run(ctx context.Context, r *report.Report, strict bool) error {
	held, total, err := b.inspect(ctx, r)
	if err != nil {
		return err
	}
	if err := r.Verdict(strict); err != nil {
		return err
	}
	if err := b.To.Obstacles(); err != nil {
		return err
	}
	b.Progress.start(total)
	defer b.Progress.clear()
	if len(held) == total {
		for _, r := range held {
			if err := b.write(ctx, r); err != nil {
				return err
			}
		}
		return b.To.Close()
	}
	// What there is to say was said the first time.
	var again report.Report
	for r, err := range b.Renderings(ctx, &again) {
		if err != nil {
			return err
		}
		if r.Files == nil {
			return errors.New(b.Name + ": changed while it was read")
		}
		if err := b.write(ctx, r); err != nil {
			return err
		}
	}
	return b.To.Close()
}

func (b *Batch) write(ctx context.Context, r Rendering) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.Progress.step()
	return b.To.Write(ctx, r)
}

// inspect renders every API, and gives the number of them, and all renderings
// if memory allows.
func (b *Batch) inspect(ctx context.Context, said *report.Report) (held []Rendering, total int, err error) {
	size := 0
	for r, err := range b.Renderings(ctx, said) {
		if err != nil {
			return nil, 0, err
		}
		total++
		if r.Files == nil {
			continue
		}
		b.To.Inspect(r)
		for _, f := range r.Files {
			size += len(f.Content)
		}
		if held = append(held, r); size > maxHeld {
			held = nil
		}
	}
	return held, total, nil
}

// Destination is where rendered files go.
type Destination interface {
	// Inspect looks for what would keep the files from being written, and
	// obstacles tells once all of them were inspected.
	Inspect(Rendering)
	Obstacles() error
	Write(context.Context, Rendering) error
	Close() error
}

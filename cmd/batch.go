package cmd

import (
	"context"
	"errors"
	"iter"

	"apigw-cors/generator"
)

// rendering is the files of one API.
type rendering struct {
	// folder is the name of the API, where there are several, and otherwise "".
	folder string
	// files is nil for an API at fault.
	files []generator.File
}

// path is where a file stands below the folder of all.
func (r rendering) path(f generator.File) string {
	if r.folder == "" {
		return f.Path
	}
	return r.folder + "/" + f.Path
}

// batch renders every API of an input. Nothing is written before the last is
// accepted, and yet only few are held in memory: where there are many they are
// rendered again to be written.
type batch struct {
	// name is the input's.
	name string
	// renderings renders the APIs, from the first on, and says to the report what
	// there is to say. An error ends it.
	renderings func(context.Context, *report) iter.Seq2[rendering, error]
	to         destination
	progress   *progress
}

// maxHeld bounds what is rendered once, in bytes.
const maxHeld = 4 << 20

// run renders and writes. What there is to say about the policy goes to r; with
// strict, advice keeps everything from being written, as a fault does.
func (b *batch) run(ctx context.Context, r *report, strict bool) error {
	held, total, err := b.inspect(ctx, r)
	if err != nil {
		return err
	}
	if err := r.verdict(strict); err != nil {
		return err
	}
	if err := b.to.obstacles(); err != nil {
		return err
	}
	b.progress.start(total)
	defer b.progress.clear()
	if len(held) == total {
		for _, r := range held {
			if err := b.write(ctx, r); err != nil {
				return err
			}
		}
		return b.to.close()
	}
	// What there is to say was said the first time.
	var again report
	for r, err := range b.renderings(ctx, &again) {
		if err != nil {
			return err
		}
		if r.files == nil {
			return errors.New(b.name + ": changed while it was read")
		}
		if err := b.write(ctx, r); err != nil {
			return err
		}
	}
	return b.to.close()
}

func (b *batch) write(ctx context.Context, r rendering) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	b.progress.step()
	return b.to.write(r)
}

// inspect renders every API, and gives the number of them, and all renderings
// if memory allows.
func (b *batch) inspect(ctx context.Context, report *report) (held []rendering, total int, err error) {
	size := 0
	for r, err := range b.renderings(ctx, report) {
		if err != nil {
			return nil, 0, err
		}
		total++
		if r.files == nil {
			continue
		}
		b.to.inspect(r)
		for _, f := range r.files {
			size += len(f.Content)
		}
		if held = append(held, r); size > maxHeld {
			held = nil
		}
	}
	return held, total, nil
}

// destination is where rendered files go.
type destination interface {
	// inspect looks for what would keep the files from being written, and
	// obstacles tells once all of them were inspected.
	inspect(rendering)
	obstacles() error
	write(rendering) error
	close() error
}

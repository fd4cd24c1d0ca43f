package cmd

import (
	"context"
	"errors"

	"apigw-cors/generator"
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// rendering is the files of one API.
type rendering struct {
	// folder is the name of the API, where there are several, and otherwise "".
	folder string
	files  []generator.File
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
	input    *input
	renderer *generator.Renderer
	report   *report
	to       destination
	progress *progress
}

// maxHeld bounds what is rendered once, in bytes.
const maxHeld = 4 << 20

func (b *batch) run(ctx context.Context) error {
	held, total, err := b.inspect(ctx)
	if err != nil {
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
	for s, err := range b.input.sources(ctx) {
		if err != nil {
			return err
		}
		// What there is to say was said the first time.
		var again report
		r, ok, err := b.render(s, &again)
		if err != nil {
			return err
		}
		if !ok {
			return errors.New(b.input.name() + ": changed while it was read")
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
func (b *batch) inspect(ctx context.Context) (held []rendering, total int, err error) {
	size, taken := 0, names{}
	for s, err := range b.input.sources(ctx) {
		if err != nil {
			return nil, 0, err
		}
		total++
		taken.take(s, b.report)
		r, ok, err := b.render(s, b.report)
		if err != nil {
			return nil, 0, err
		}
		if !ok {
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
	if err := b.report.outcome(); err != nil {
		return nil, 0, err
	}
	return held, total, b.to.obstacles()
}

// render parses and renders one API, and reports whether nothing is at fault.
func (b *batch) render(s source, r *report) (rendering, bool, error) {
	api, ok := s.parse(r)
	if !ok {
		return rendering{}, false, nil
	}
	files, advice, err := b.renderer.Render(api)
	for _, a := range advice {
		r.advise(remark{s.placeOf(a), a})
	}
	if err != nil {
		return rendering{}, false, s.refuse(err, r)
	}
	out := rendering{files: files}
	if s.several {
		out.folder = api.Name()
	}
	return out, true, nil
}

// placeOf finds what a format gives advice about: a field, or itself.
func (s source) placeOf(a cors.Advice) place {
	if a.Field == "" {
		return s.places.format()
	}
	return s.places.of(pathOf(a.Field, a.Index))
}

// refuse makes faults of what the formats cannot carry. Any other error is
// returned: a template that fails is nobody's policy.
func (s source) refuse(err error, r *report) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			if err := s.refuse(e, r); err != nil {
				return err
			}
		}
		return nil
	}
	var unsupported *generator.UnsupportedError
	if !errors.As(err, &unsupported) {
		return err
	}
	r.faults = append(r.faults, fault{s.places.format(), cors.FieldError{
		Field: "format", Index: -1, Value: unsupported.Target, Reason: gateway.Unsupported,
		Detail: unsupported.Feature + ": " + unsupported.Why, Hint: unsupported.Instead,
	}})
	return nil
}

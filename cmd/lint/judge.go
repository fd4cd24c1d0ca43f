package lint

import (
	"context"
	"fmt"
	"io/fs"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/report"
	"apigw-cors/generator/lint"
	"apigw-cors/generator/reader"
)

// judged is what a target says, and what was found in it.
type judged struct {
	Target
	// reading has no APIs any more, unless they are asked for: they are large, and
	// judged.
	reading reader.Reading
	report  lint.Report
	// comments are those of each file that could be read.
	comments map[string][]*comment
	// excerpts are what stands at the places of the report's findings.
	excerpts []report.Excerpt
	err      error
}

const (
	// maxWorkers bounds the files in memory.
	maxWorkers = 8
	// largeFile is one that is read while no other is: parsed, it takes some
	// hundred bytes for each value.
	largeFile = 1 << 20
)

// judgeAll judges the targets, several at a time, and gives what was found in
// their order.
func judgeAll(ctx context.Context, targets []Target, o Options) ([]*judged, error) {
	if o.Progress != nil {
		o.Progress(0, len(targets))
	}
	all := make([]*judged, len(targets))
	var next atomic.Int64
	var room sync.RWMutex
	var panicked any
	var once sync.Once
	finished := make(chan struct{}, len(targets))
	for range min(len(targets), maxWorkers, runtime.GOMAXPROCS(0)) {
		go func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(targets) {
					return
				}
				func() {
					defer func() {
						if p := recover(); p != nil {
							once.Do(func() { panicked = fmt.Sprintf("%v\n%s", p, debug.Stack()) })
						}
						finished <- struct{}{}
					}()
					defer enter(&room, targets[i])()
					all[i] = judge(targets[i], o)
				}()
			}
		}()
	}
	for n := range targets {
		select {
		case <-ctx.Done():
			// What is being read is left behind: the run ends.
			return nil, ctx.Err()
		case <-finished:
			if o.Progress != nil {
				o.Progress(n+1, len(targets))
			}
		}
	}
	if panicked != nil {
		// In a goroutine it would end the program, whatever its caller does.
		panic(panicked)
	}
	return all, nil
}

// enter waits until there is room for a file, and gives what leaves it.
func enter(room *sync.RWMutex, t Target) (leave func()) {
	if info, err := fs.Stat(t.Tree.FS, t.Name); err == nil && info.Mode().IsRegular() && info.Size() > largeFile {
		room.Lock()
		return room.Unlock
	}
	room.RLock()
	return room.RUnlock
}

func judge(t Target, o Options) *judged {
	j := &judged{Target: t, comments: map[string][]*comment{}}
	if j.reading, j.err = reader.Read(t.Tree.FS, t.Name, o.Read); j.err != nil {
		return j
	}
	j.report = lint.Lint(j.reading, o.Judge)
	if !o.keep {
		j.reading.APIs = nil
	}
	j.excerpts = make([]report.Excerpt, len(j.report.Findings))
	for _, name := range j.reading.Files {
		// Once more: the reader tells places, not texts.
		content, err := readAgain(t.Tree.FS, name)
		if err != nil {
			continue
		}
		j.comments[name] = commentsIn(name, content)
		for i, f := range j.report.Findings {
			if f.Place.File == name {
				j.excerpts[i] = report.NewExcerpt(content, f.Place.Start, f.Place.End)
			}
		}
	}
	return j
}

// readAgain reads a file that the reader has read, or refused as too large.
func readAgain(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return files.ReadAll(context.Background(), f, reader.MaxBytes)
}

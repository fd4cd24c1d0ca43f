package files

import (
	"bytes"
	"io"
	"io/fs"
	"time"
)

// NewTree is a tree with one file, whose content came from elsewhere, as from
// stdin.
func NewTree(name string, content []byte) *Tree { return &Tree{FS: single{name, content}} }

// single is a file system with one file at its top.
type single struct {
	name    string
	content []byte
}

func (s single) Open(name string) (fs.File, error) {
	if name != s.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return singleFile{s, bytes.NewReader(s.content)}, nil
}

// singleFile is its file, and what [fs.File] tells of it.
type singleFile struct {
	single
	io.Reader
}

func (f singleFile) Stat() (fs.FileInfo, error) { return f, nil }
func (f singleFile) Close() error               { return nil }
func (f singleFile) Name() string               { return f.name }
func (f singleFile) Size() int64                { return int64(len(f.content)) }
func (f singleFile) Mode() fs.FileMode          { return 0o444 }
func (f singleFile) ModTime() time.Time         { return time.Time{} }
func (f singleFile) IsDir() bool                { return false }
func (f singleFile) Sys() any                   { return nil }

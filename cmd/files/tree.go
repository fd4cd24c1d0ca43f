package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Trees are the folders from which files are read together with those that they
// name: the working tree of git that a path is in, otherwise the current folder,
// otherwise the folder named.
type Trees struct {
	// here is the current folder, by its real path.
	here string
	open map[string]*Tree
}

// Tree is a folder with all that is below it, to be read alone.
type Tree struct {
	// FS has the regular files and the folders. No symbolic link leads out of
	// the tree.
	FS fs.FS
	// Here is the way from the top of the tree to the current folder, with
	// slashes: "." at the top, "" where that folder is not in the tree.
	Here string
	top  string
	here string
	root *os.Root
}

// OpenTrees begins to read below the current folder.
func OpenTrees() (*Trees, error) {
	here, err := os.Getwd()
	if err == nil {
		here, err = filepath.EvalSymlinks(here)
	}
	if err != nil {
		return nil, err
	}
	return &Trees{here: here, open: map[string]*Tree{}}, nil
}

// Close lets go of the trees.
func (t *Trees) Close() {
	for _, tree := range t.open {
		tree.root.Close()
	}
}

// Find gives the tree of a path that a person has named, the name it has there,
// and whether it is a folder.
func (t *Trees) Find(named string) (tree *Tree, name string, isDir bool, err error) {
	real, err := filepath.Abs(named)
	if err == nil {
		real, err = filepath.EvalSymlinks(real)
	}
	var info fs.FileInfo
	if err == nil {
		info, err = os.Stat(real)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, "", false, errors.New(named + ": no such file or folder")
	case err != nil:
		return nil, "", false, fmt.Errorf("%s: %w", named, plain(err))
	case !info.IsDir() && !info.Mode().IsRegular():
		return nil, "", false, errors.New(named + ": neither a file nor a folder")
	}
	dir := real
	if !info.IsDir() {
		dir = filepath.Dir(real)
	}
	tree, err = t.at(t.top(dir))
	if err != nil {
		return nil, "", false, err
	}
	inside, err := filepath.Rel(tree.top, real)
	return tree, filepath.ToSlash(inside), info.IsDir(), err
}

// top is the uppermost folder that belongs to what is in dir.
func (t *Trees) top(dir string) string {
	for above := dir; ; above = filepath.Dir(above) {
		if _, err := os.Lstat(filepath.Join(above, ".git")); err == nil {
			return above
		}
		if above == filepath.Dir(above) {
			break
		}
	}
	if below(t.here, dir) != "" {
		return t.here
	}
	return dir
}

// below is the way from a folder down to a path; "" where it is not below.
func below(folder, path string) string {
	way, err := filepath.Rel(folder, path)
	if err != nil || !filepath.IsLocal(way) {
		return ""
	}
	return filepath.ToSlash(way)
}

func (t *Trees) at(top string) (*Tree, error) {
	if tree := t.open[top]; tree != nil {
		return tree, nil
	}
	root, err := os.OpenRoot(top)
	if err != nil {
		return nil, err
	}
	tree := &Tree{FS: readOnly{root.FS(), root}, Here: below(top, t.here), top: top, here: t.here, root: root}
	t.open[top] = tree
	return tree, nil
}

// Path is how a person at the current folder calls a file of the tree, with
// slashes.
func (t *Tree) Path(name string) string {
	full := filepath.Join(t.top, filepath.FromSlash(name))
	if way, err := filepath.Rel(t.here, full); err == nil && (t.Here != "" || filepath.IsLocal(way) || strings.Count(way, "..") < 3) {
		full = way
	}
	return filepath.ToSlash(full)
}

// Folder is the tree as a folder that files can be written to.
func (t *Tree) Folder() (*Folder, error) { return OpenFolder(t.top) }

// readOnly opens what is a regular file or a folder: opening a pipe would wait
// for its writer.
type readOnly struct {
	fs.FS
	root *os.Root
}

func (r readOnly) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	f, err := r.root.OpenFile(name, os.O_RDONLY|nonblocking, 0)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.IsDir() && !info.Mode().IsRegular() {
		f.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	return f, nil
}

// Stat spares [fs.Stat] opening the file.
func (r readOnly) Stat(name string) (fs.FileInfo, error) { return fs.Stat(r.FS, name) }

// ReadDir is in the order of names.
func (r readOnly) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(r.FS, name) }

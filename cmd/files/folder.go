package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Folder is a folder that a person has named. Names in it are relative and have
// slashes; one with ".." is refused.
type Folder struct {
	// dir is the folder as it was named.
	dir string
	// root is nil until the folder exists.
	root *os.Root
}

// OpenFolder opens a folder, which need not exist.
func OpenFolder(dir string) (*Folder, error) {
	dir = settled(dir)
	switch info, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return &Folder{dir: dir}, nil
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, errors.New(dir + ": a file, where a folder belongs")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &Folder{dir: dir, root: root}, nil
}

// settled takes out each "name/.." whose name is not there: on the way to
// x/../y nothing is to make an x. Where x is there it stays, as it may be a
// symbolic link, and its ".." another folder's.
func settled(dir string) string {
	volume := filepath.VolumeName(dir)
	elements := strings.Split(filepath.ToSlash(dir[len(volume):]), "/")
	for i := 1; i < len(elements); i++ {
		if elements[i] != ".." || elements[i-1] == ".." || elements[i-1] == "." || elements[i-1] == "" {
			continue
		}
		before := volume + filepath.FromSlash(strings.Join(elements[:i], "/"))
		if _, err := os.Lstat(before); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		elements = append(elements[:i-1:i-1], elements[i+1:]...)
		i = max(i-2, 0)
	}
	if dir = volume + filepath.FromSlash(strings.Join(elements, "/")); dir == "" {
		return "."
	}
	return dir
}

// Dir is the folder as it was named.
func (f *Folder) Dir() string { return f.dir }

// Path is where a file of the folder stands, as a person would name it.
func (f *Folder) Path(name string) string {
	return filepath.Join(f.dir, filepath.FromSlash(name))
}

// Close lets go of the folder.
func (f *Folder) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

// wrong is an error with the file's path in front of it.
func (f *Folder) wrong(name string, err error) error {
	return fmt.Errorf("%s: %w", f.Path(name), plain(err))
}

// Look describes a file: an error that is [fs.ErrNotExist] where there is
// nothing of that name, and another where there is no regular file.
func (f *Folder) Look(name string) (fs.FileInfo, error) {
	if !fs.ValidPath(name) || !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, f.wrong(name, errors.New("not a name below the folder"))
	}
	if f.root == nil {
		return nil, f.wrong(name, fs.ErrNotExist)
	}
	info, err := f.root.Lstat(name)
	switch {
	case err != nil:
		return nil, f.wrong(name, err)
	case info.IsDir():
		return nil, f.wrong(name, errors.New("a folder is in the way"))
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, f.wrong(name, errors.New("a symbolic link is in the way"))
	case !info.Mode().IsRegular():
		return nil, f.wrong(name, errors.New("something that is not a file is in the way"))
	}
	return info, nil
}

// Read gives the bytes of a file, at most so many.
func (f *Folder) Read(name string, most int64) ([]byte, error) {
	file, err := f.open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := readAtMost(file, most)
	if err != nil {
		return nil, f.wrong(name, err)
	}
	return text, nil
}

// open opens a regular file. What takes its place after the look is not
// waited for, and not opened.
func (f *Folder) open(name string) (*os.File, error) {
	seen, err := f.Look(name)
	if err != nil {
		return nil, err
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY|nonblocking, 0)
	if err != nil {
		return nil, f.wrong(name, err)
	}
	info, err := file.Stat()
	if err == nil && !os.SameFile(seen, info) {
		err = errors.New("replaced while it was read")
	}
	if err != nil {
		file.Close()
		return nil, f.wrong(name, err)
	}
	return file, nil
}

// MayWrite is why this process may not write to a file, without its name; nil
// where it may. To put another file in its place the system asks for the
// permission of the folder alone, and a file that is protected has to stay.
func (f *Folder) MayWrite(name string) error {
	file, err := f.root.OpenFile(name, os.O_WRONLY|nonblocking, 0)
	if err != nil {
		return plain(err)
	}
	return file.Close()
}

// List gives the names of the regular files in a folder below, or in the folder
// itself with ".". They are in order, and none where that folder is not there.
func (f *Folder) List(dir string) ([]string, error) {
	return f.list(dir, func(e fs.DirEntry) bool { return e.Type().IsRegular() && !isTemporary(e.Name()) })
}

// Folders gives the names of the folders in the folder, in order.
func (f *Folder) Folders() ([]string, error) { return f.list(".", fs.DirEntry.IsDir) }

func (f *Folder) list(dir string, has func(fs.DirEntry) bool) ([]string, error) {
	if f.root == nil {
		return nil, nil
	}
	entries, err := fs.ReadDir(f.root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, f.wrong(dir, err)
	}
	var names []string
	for _, e := range entries {
		if has(e) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

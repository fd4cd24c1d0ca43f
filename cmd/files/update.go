package files

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
)

// Update is a change to some files of a folder that come to their places
// together: first all of them beside their places and on the disk, then each in
// its place, which cannot run out of space. Close ends it in any case.
type Update struct {
	folder *Folder
	// entered are the folders of the files, locked where that works, and made
	// those among them, and above them, that were not there.
	entered map[string]*os.File
	made    []string
	staged  []stagedFile
}

// stagedFile is a file beside its place.
type stagedFile struct {
	name, temporary string
	open            *os.File
	info            fs.FileInfo
	// replaces: the file that is in its place is to go.
	replaces bool
}

// Update begins a change of the named files. It makes their folders, waits for
// another run that is writing there, for as long as ctx lasts, and sweeps up
// after one that died.
func (f *Folder) Update(ctx context.Context, names []string) (*Update, error) {
	u := &Update{folder: f, entered: map[string]*os.File{}}
	if err := u.open(); err != nil {
		return nil, err
	}
	var dirs []string
	for _, name := range names {
		if _, err := f.Look(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			u.Close()
			return nil, err
		}
		dirs = append(dirs, path.Dir(name))
	}
	// In one order, so that two runs do not wait for each other.
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		if err := u.enter(ctx, dir); err != nil {
			u.Close()
			return nil, f.wrong(dir, err)
		}
	}
	return u, nil
}

// open makes the folder itself, if it is not there.
func (u *Update) open() error {
	f := u.folder
	if f.root != nil {
		return nil
	}
	if err := os.MkdirAll(f.dir, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(f.dir)
	if err == nil {
		f.root = root
	}
	return err
}

// enter makes a folder, if it is not there, and takes it for this run.
func (u *Update) enter(ctx context.Context, dir string) error {
	root := u.folder.root
	for above := dir; above != "."; above = path.Dir(above) {
		if _, err := root.Lstat(above); errors.Is(err, fs.ErrNotExist) {
			u.made = append(u.made, above)
		}
	}
	if err := root.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	open, err := root.Open(dir)
	if err != nil {
		return err
	}
	u.entered[dir] = open
	locked, err := patiently(ctx, open)
	if err != nil {
		return err
	}
	u.sweep(dir, open, locked)
	return nil
}

// Stage writes a file beside its place. With replace it is to take the place of
// the one that is there, and keeps its mode; otherwise the place must be free.
func (u *Update) Stage(name string, content []byte, executable, replace bool) error {
	mode := fs.FileMode(0o644)
	if executable {
		mode = 0o755
	}
	kept, err := u.folder.Look(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		replace = false
	case err != nil:
		return err
	case replace:
		// Nobody may read the new content who was not to read the old.
		mode = 0o600
	}
	s := stagedFile{name: name, temporary: temporaryName(name), replaces: replace}
	s.open, err = u.folder.root.OpenFile(s.temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return u.folder.wrong(name, err)
	}
	u.staged = append(u.staged, s)
	if _, err = s.open.Write(content); err == nil && replace {
		err = s.open.Chmod(modeOf(kept, executable))
	}
	if err != nil {
		return u.folder.wrong(name, err)
	}
	return nil
}

// modeOf keeps the permissions of a file; where it has to be executable, who
// may read it may execute it.
func modeOf(kept fs.FileInfo, executable bool) fs.FileMode {
	mode := kept.Mode().Perm()
	if executable {
		mode |= mode & 0o444 >> 2
	}
	return mode
}

// MakeExecutable mends the mode of a file that stays as it is otherwise.
func (u *Update) MakeExecutable(name string) error {
	file, err := u.folder.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err == nil {
		err = file.Chmod(modeOf(info, true))
	}
	if err != nil {
		return u.folder.wrong(name, err)
	}
	return nil
}

// Commit puts what was staged in its place. If that fails, files that are new
// are taken back.
func (u *Update) Commit() error {
	if err := u.flush(); err != nil {
		return err
	}
	for i, s := range u.staged {
		if err := u.folder.place(s); err != nil {
			u.takeBack(u.staged[:i])
			return u.folder.wrong(s.name, err)
		}
	}
	u.staged, u.made = nil, nil
	for dir, open := range u.entered {
		if err := syncFolder(open); err != nil {
			return u.folder.wrong(dir, err)
		}
	}
	return nil
}

// flush brings what was staged to the disk: a rename may get there before the
// bytes do, and a machine may lose its power in between. Waiting for all of the
// files at once is a single wait on most file systems.
func (u *Update) flush() error {
	failures := make([]error, len(u.staged))
	var all sync.WaitGroup
	for i := range u.staged {
		all.Go(func() {
			s := &u.staged[i]
			var err error
			s.info, err = s.open.Stat()
			failures[i] = errors.Join(err, s.open.Sync(), s.open.Close())
		})
	}
	all.Wait()
	for i, err := range failures {
		if err != nil {
			return u.folder.wrong(u.staged[i].name, err)
		}
	}
	return nil
}

// place gives a staged file its name. Only a rename that is to replace may: a
// link fails where somebody has put a file since the look.
func (f *Folder) place(s stagedFile) error {
	if s.replaces {
		return f.root.Rename(s.temporary, s.name)
	}
	err := f.root.Link(s.temporary, s.name)
	switch {
	case err == nil:
		// If that fails the next run sweeps it up.
		f.root.Remove(s.temporary)
		return nil
	case errors.Is(err, fs.ErrExist):
		return errors.New("somebody has just put a file there")
	}
	return f.placeWithoutLink(s)
}

// placeWithoutLink is for file systems that have no links. An empty file takes
// the place first: making it fails where a link would.
func (f *Folder) placeWithoutLink(s stagedFile) error {
	empty, err := f.root.OpenFile(s.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(empty.Close(), f.root.Rename(s.temporary, s.name)); err != nil {
		f.root.Remove(s.name)
		return err
	}
	return nil
}

// takeBack removes new files that are in their places already.
func (u *Update) takeBack(placed []stagedFile) {
	for _, s := range placed {
		if info, err := u.folder.root.Lstat(s.name); err == nil && !s.replaces && os.SameFile(info, s.info) {
			u.folder.root.Remove(s.name)
		}
	}
}

// Close removes what was staged and did not come to its place, with the folders
// that were made for it, and lets other runs write.
func (u *Update) Close() {
	for _, s := range u.staged {
		s.open.Close()
		u.folder.root.Remove(s.temporary)
	}
	for _, open := range u.entered {
		open.Close()
	}
	// The deepest first; one with something in it stays.
	slices.Sort(u.made)
	for _, dir := range slices.Backward(u.made) {
		u.folder.root.Remove(dir)
	}
}

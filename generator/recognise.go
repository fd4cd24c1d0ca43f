package generator

import (
	"path"
	"regexp"
	"slices"
)

// headed matches the lines in the head of a rendered file that name the command
// it comes of.
func headed(content []byte) bool {
	const most = 8 << 10 // heads are at the top
	found, err := regexp.Match(`(?m)^(#|//) Rendered by\b.*(\n(#|//) .*)?\bapigw-cors\b`, content[:min(len(content), most)])
	return err == nil && found
}

// Recognise picks, from files that stand in a folder of the format's name, those
// that the format has rendered and nobody has made their own since: with the
// words "Rendered by" in their head, or, beside such a file, of a name from
// Documents. Only the names of the files given are looked at in their paths.
func (f Format) Recognise(files []File) []File {
	if !slices.ContainsFunc(files, func(file File) bool { return headed(file.Content) }) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(files), func(file File) bool {
		return !headed(file.Content) && !f.isDocument(path.Base(file.Path))
	})
}

func (f Format) isDocument(name string) bool {
	return slices.ContainsFunc(f.Documents, func(pattern string) bool {
		match, err := path.Match(pattern, name)
		return match && err == nil
	})
}

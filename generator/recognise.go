package generator

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"apigw-cors/generator/gateway"
)

// maxHead bounds the head of a file, in bytes.
const maxHead = 8 << 10

// headed matches the lines in the head of a rendered file that name the command
// it comes of.
func headed(content []byte) bool {
	found, err := regexp.Match(`(?m)^(#|//) Rendered by\b.*(\n(#|//) .*)?\bapigw-cors\b`, content[:min(len(content), maxHead)])
	return err == nil && found
}

// Unversioned is a rendered file as any version of the program would have it:
// its head names the version that rendered it, and what is the same otherwise
// need not be rendered again.
func Unversioned(content []byte) []byte {
	head := content[:min(len(content), maxHead)]
	at := versioned().FindSubmatchIndex(head)
	if at == nil {
		return content
	}
	return slices.Concat(content[:at[2]], content[at[3]:])
}

var versioned = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:#|//) Rendered by( apigw-cors \S+)\n(?:#|//)   apigw-cors `)
})

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

// RenderedFor tells by the head of a rendered file which API and environment it is
// of; the environment is "" for a file of none, or of nobody's.
func RenderedFor(content []byte) (api, environment string) {
	found := rendering().FindSubmatch(content[:min(len(content), maxHead)])
	if found == nil {
		return "", ""
	}
	api = gateway.DefaultName
	words := strings.Fields(string(found[1]))
	for i, word := range words[:len(words)-1] {
		switch word {
		case "--name":
			api = words[i+1]
		case "--environment":
			environment = words[i+1]
		}
	}
	return api, environment
}

var rendering = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^(?:#|//) Rendered by.*\n(?:#|//)   apigw-cors (generate .*)$`)
})

func (f Format) isDocument(name string) bool {
	return slices.ContainsFunc(f.Documents, func(pattern string) bool {
		match, err := path.Match(pattern, name)
		return match && err == nil
	})
}

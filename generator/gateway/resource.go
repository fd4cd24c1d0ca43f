package gateway

import (
	"slices"
	"strconv"
	"strings"

	"apigw-cors/generator/cors"
)

// DefaultRoute is the route of an HTTP API that takes what no other route
// matches, OPTIONS requests included.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
const DefaultRoute = "$default"

// Resource is a path of the API and the methods it serves.
type Resource struct {
	// Path starts with a slash, or is "$default" on an HTTP API.
	Path string
	// Name is made of the path, fit for a logical id ("OrdersId" for
	// /orders/{id}) and unique in the API.
	Name string
	// Methods are the methods of actual requests, OPTIONS left out; empty
	// when Any.
	Methods []cors.Method
	// Any reports that one ANY method (or the $default route) takes every
	// request.
	Any bool
	// AllowMethods is this resource's Access-Control-Allow-Methods: its own
	// methods, and OPTIONS only if it was named.
	AllowMethods cors.Methods
	// ID is what the files the API stands in already call the resource of a REST
	// API, or the integration of an HTTP API's route.
	ID Reference

	given []string
}

func (r Resource) clone() Resource {
	r.Methods = slices.Clone(r.Methods)
	r.given = slices.Clone(r.given)
	return r
}

// Strings are the methods of actual requests as API Gateway spells them: ANY
// stands alone.
func (r Resource) Strings() []string {
	if r.Any {
		return []string{"ANY"}
	}
	out := make([]string, len(r.Methods))
	for i, m := range r.Methods {
		out[i] = m.String()
	}
	return out
}

// Expanded is Strings with ANY written out as the methods it stands for,
// OPTIONS left out.
func (r Resource) Expanded() []string {
	if !r.Any {
		return r.Strings()
	}
	return []string{"DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"}
}

// Node is a resource of a REST API's tree. Every path needs its parents, also
// those that serve nothing themselves.
type Node struct {
	// Path is the full path, Part its last segment ("" for the root).
	Path, Part string
	// Parent is the path of the parent, "" for the root.
	Parent string
	// Name is fit for a logical id and unique in the API.
	Name string
	// Resource is what is served at this path, nil where the node is only a
	// parent.
	Resource *Resource
}

// Tree is the REST API's resource tree, the root first and every parent before
// its children.
func (a API) Tree() []Node {
	nodes := []Node{{Path: "/", Name: "Root"}}
	seen := map[string]int{"/": 0}
	names := newNames()
	for _, r := range a.resources {
		names[r.Name] = true
	}
	for _, r := range a.Resources() {
		parent := "/"
		for _, path := range prefixes(r.Path) {
			if _, ok := seen[path]; !ok {
				seen[path] = len(nodes)
				nodes = append(nodes, Node{
					Path: path, Part: path[strings.LastIndexByte(path, '/')+1:], Parent: parent,
				})
			}
			parent = path
		}
		n := &nodes[seen[r.Path]]
		n.Name, n.Resource = r.Name, &r
	}
	for i, n := range nodes {
		if n.Name == "" {
			nodes[i].Name = names.take(n.Path)
		}
	}
	return nodes
}

// prefixes lists a path's own ancestors below the root, and itself:
// /a/b gives /a, /a/b.
func prefixes(path string) []string {
	var out []string
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			out = append(out, path[:i])
		}
	}
	if path != "/" {
		out = append(out, path)
	}
	return out
}

// nameSet hands out names unique in an API, whatever the paths have in common
// once their punctuation is gone.
type nameSet map[string]bool

func newNames() nameSet { return nameSet{"Root": true} }

// take gives the root "Root" whoever asks first; no other path gets it.
func (s nameSet) take(path string) string {
	base := pascal(path)
	if path == "/" {
		return base
	}
	name := base
	for i := 2; s[name]; i++ {
		name = base + strconv.Itoa(i)
	}
	s[name] = true
	return name
}

// pascal makes a logical id of a path: /orders/{id} becomes OrdersId.
func pascal(path string) string {
	var b strings.Builder
	up := true
	for i := 0; i < len(path); i++ {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z' && up:
			b.WriteByte(c - 'a' + 'A')
			up = false
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9':
			b.WriteByte(c)
			up = false
		default:
			up = true
		}
	}
	if b.Len() == 0 {
		return "Root"
	}
	return b.String()
}

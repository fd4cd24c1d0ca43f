package fix

import (
	"context"

	"apigw-cors/cmd/files"
	"apigw-cors/cmd/lint"
	"apigw-cors/generator/fix"
)

// forCDK renders a policy for a CDK app, where the one path is that of one;
// otherwise it is nil.
func forCDK(ctx context.Context, trees *files.Trees, o Options) (*whole, error) {
	if o.Policy == nil || len(o.Paths) > 1 {
		return nil, nil
	}
	named := "."
	if len(o.Paths) == 1 {
		named = o.Paths[0]
	}
	if named == "-" {
		return nil, nil
	}
	tree, name, isDir, err := trees.Find(named)
	if err != nil || !fix.IsCDK(tree.FS, name, isDir) {
		return nil, err
	}
	w := &whole{Target: lint.Target{Tree: tree, Name: name, Named: true}}
	w.Result, err = fix.ForCDK(ctx, tree.FS, name, isDir, *o.Policy)
	return w, err
}

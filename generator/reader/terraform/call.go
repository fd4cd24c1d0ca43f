package terraform

import (
	"fmt"
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

type callable interface {
	Call(args []cty.Value) (cty.Value, error)
}

// call evaluates a function. Those that only move values about are our own,
// so that a value keeps its place and may be unknown in parts; the rest are
// the standard library's, which want all of it.
func (e *evaluator) call(x *hclsyntax.FunctionCallExpr, env environment, at gateway.Place) Value {
	name := strings.TrimPrefix(x.Name, "core::")
	if name == "try" || name == "can" {
		return e.try(name, x.Args, env, at)
	}
	var args []Value
	for i, arg := range x.Args {
		v := e.eval(arg, env)
		if !x.ExpandFinal || i < len(x.Args)-1 {
			args = append(args, v)
			continue
		}
		items, open := v.Items()
		if open != "" && !movesValues(name) {
			return unknownValue(open, at)
		}
		args = append(args, items...)
	}
	for _, arg := range args {
		if arg.wrong {
			return wrongValue(arg.why, at)
		}
	}
	for _, find := range []func(string, []Value, gateway.Place) (Value, bool){e.collections, e.texts, e.files} {
		if v, ok := find(name, args, at); ok {
			return v
		}
	}
	f, ok := standard(name)
	if !ok {
		return unknownValue(name+"() is not computed here", at)
	}
	return e.callStandard(name, f, args, at)
}

// movesValues are the functions that take a list of which nobody knows all.
func movesValues(name string) bool { return name == "merge" || name == "concat" }

// try is the first of its arguments that can be evaluated.
func (e *evaluator) try(name string, args []hclsyntax.Expression, env environment, at gateway.Place) Value {
	for _, arg := range args {
		v := e.eval(arg, env)
		switch {
		case name == "can" && v.kind == unknown && !v.wrong:
			return unknownValue(v.why, at)
		case name == "can":
			return boolValue(!v.wrong, at)
		case !v.wrong:
			return v
		}
	}
	return wrongValue("none of try's arguments can be evaluated", at)
}

func (e *evaluator) callStandard(name string, f function.Function, args []Value, at gateway.Place) Value {
	known := make([]cty.Value, len(args))
	for i, arg := range args {
		v, why := e.toCty(arg)
		if why != "" {
			return unknownValue(why, at)
		}
		var want function.Parameter
		switch {
		case i < len(f.Params()):
			want = f.Params()[i]
		case f.VarParam() != nil:
			want = *f.VarParam()
		default:
			return wrongValue("too many arguments for "+name, at)
		}
		converted, err := convert.Convert(v, want.Type)
		if err != nil {
			return wrongValue(err.Error(), at)
		}
		known[i] = converted
	}
	if why := tooMuch(name, known); why != "" {
		return unknownValue(why, at)
	}
	return e.apply(f, known, at)
}

// tooMuch refuses what a short expression may ask for: a string or a list that
// fills the memory.
func tooMuch(name string, args []cty.Value) (why string) {
	product := 1
	for _, arg := range args {
		switch {
		case arg.IsNull():
		case arg.Type() == cty.Number && (name == "range" || name == "indent" || name == "pow" || name == "parseint"):
			if n, _ := arg.AsBigFloat().Float64(); n > maxElements || n < -maxElements {
				return tooLarge
			}
		case arg.Type() == cty.Number:
			if _, ok := scalarString(arg); !ok {
				return tooLarge
			}
		case (name == "format" || name == "formatlist") && arg.Type() == cty.String && wide(arg.AsString()):
			return tooLarge
		case name == "setproduct" && arg.CanIterateElements():
			if product *= max(1, arg.LengthInt()); product > maxElements {
				return tooLarge
			}
		}
	}
	return ""
}

// wide reports a width or precision of more than three digits in a format.
func wide(format string) bool {
	digits := 0
	for _, c := range format {
		if c < '0' || c > '9' {
			digits = 0
			continue
		}
		if digits++; digits > 3 {
			return true
		}
	}
	return false
}

// standard are the functions of Terraform's language that are those of cty.
// https://developer.hashicorp.com/terraform/language/functions
func standard(name string) (function.Function, bool) {
	f, ok := map[string]function.Function{
		"abs": stdlib.AbsoluteFunc, "ceil": stdlib.CeilFunc, "floor": stdlib.FloorFunc, "log": stdlib.LogFunc,
		"max": stdlib.MaxFunc, "min": stdlib.MinFunc, "parseint": stdlib.ParseIntFunc, "pow": stdlib.PowFunc, "signum": stdlib.SignumFunc,
		"chomp": stdlib.ChompFunc, "format": stdlib.FormatFunc, "formatlist": stdlib.FormatListFunc, "indent": stdlib.IndentFunc,
		"join": stdlib.JoinFunc, "lower": stdlib.LowerFunc, "regex": stdlib.RegexFunc, "regexall": stdlib.RegexAllFunc,
		"split": stdlib.SplitFunc, "strrev": stdlib.ReverseFunc, "substr": stdlib.SubstrFunc, "title": stdlib.TitleFunc,
		"trim": stdlib.TrimFunc, "trimprefix": stdlib.TrimPrefixFunc, "trimsuffix": stdlib.TrimSuffixFunc,
		"trimspace": stdlib.TrimSpaceFunc, "upper": stdlib.UpperFunc,
		"chunklist": stdlib.ChunklistFunc, "csvdecode": stdlib.CSVDecodeFunc,
		"range": stdlib.RangeFunc, "setproduct": stdlib.SetProductFunc, "setsubtract": stdlib.SetSubtractFunc,
		"setintersection": stdlib.SetIntersectionFunc, "sort": stdlib.SortFunc,
		"formatdate": stdlib.FormatDateFunc, "timeadd": stdlib.TimeAddFunc,
		"tostring": stdlib.MakeToFunc(cty.String), "tonumber": stdlib.MakeToFunc(cty.Number), "tobool": stdlib.MakeToFunc(cty.Bool),
	}[name]
	return f, ok
}

// computed reports whether an expression calls a function or refers to
// anything.
func computed(x expression) bool {
	if len(x.Variables()) > 0 {
		return true
	}
	calls := false
	hclsyntax.VisitAll(x, func(n hclsyntax.Node) hcl.Diagnostics {
		if _, ok := n.(*hclsyntax.FunctionCallExpr); ok {
			calls = true
		}
		return nil
	})
	return calls
}

// keyword is an expression that is a bare name, such as an iterator.
func (e *evaluator) keyword(x hclsyntax.Expression) (string, bool) {
	if x == nil {
		return "", false
	}
	name := hcl.ExprAsKeyword(x)
	return name, name != ""
}

func wrongArguments(name string, at gateway.Place) (Value, bool) {
	return wrongValue(fmt.Sprintf("%s() is called with other arguments than it takes", name), at), true
}

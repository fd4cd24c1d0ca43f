package terraform

import (
	"apigw-cors/generator/gateway"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func (e *evaluator) unary(x *hclsyntax.UnaryOpExpr, env environment, at gateway.Place) Value {
	v := e.eval(x.Val, env)
	if x.Op == hclsyntax.OpLogicalNot {
		b, why := v.Bool()
		if why != "" {
			return unknownValue(why, at)
		}
		return boolValue(!b, at)
	}
	n, why := v.numeric()
	if why != "" {
		return unknownValue(why, at)
	}
	return e.apply(x.Op.Impl, []cty.Value{n}, at)
}

func (e *evaluator) binary(x *hclsyntax.BinaryOpExpr, env environment, at gateway.Place) Value {
	switch x.Op {
	case hclsyntax.OpLogicalAnd, hclsyntax.OpLogicalOr:
		decides := x.Op == hclsyntax.OpLogicalOr
		a, why := e.eval(x.LHS, env).Bool()
		if why == "" && a == decides {
			return boolValue(decides, at)
		}
		b, whyB := e.eval(x.RHS, env).Bool()
		switch {
		case whyB == "" && b == decides:
			return boolValue(decides, at)
		case why != "":
			return unknownValue(why, at)
		case whyB != "":
			return unknownValue(whyB, at)
		}
		return boolValue(!decides, at)
	case hclsyntax.OpEqual, hclsyntax.OpNotEqual:
		same, why := e.equal(e.eval(x.LHS, env), e.eval(x.RHS, env))
		if why != "" {
			return unknownValue(why, at)
		}
		return boolValue(same == (x.Op == hclsyntax.OpEqual), at)
	}
	a, why := e.eval(x.LHS, env).numeric()
	if why != "" {
		return unknownValue(why, at)
	}
	b, why := e.eval(x.RHS, env).numeric()
	if why != "" {
		return unknownValue(why, at)
	}
	return e.apply(x.Op.Impl, []cty.Value{a, b}, at)
}

package terraform

import (
	"strings"

	"apigw-cors/generator/gateway"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// maxDigits bounds a number's exponent: 1e1000000000 is a short literal and a
// string of a gigabyte.
const maxDigits = 4096

// scalarString converts a number or a bool.
func scalarString(v cty.Value) (string, bool) {
	if v.Type() == cty.Number {
		if exponent := v.AsBigFloat().MantExp(nil); exponent > maxDigits || exponent < -maxDigits {
			return "", false
		}
	}
	s, err := convert.Convert(v, cty.String)
	if err != nil || s.IsNull() || !s.IsKnown() {
		return "", false
	}
	return s.AsString(), true
}

func intValue(i int, at gateway.Place) Value {
	return Value{kind: number, scalar: cty.NumberIntVal(int64(i)), at: at}
}

func floatValue(f float64, at gateway.Place) Value {
	return Value{kind: number, scalar: cty.NumberFloatVal(f), at: at}
}

// numeric is the value as a number.
func (v Value) numeric() (cty.Value, string) {
	if v.kind == number {
		return v.scalar, ""
	}
	s, known := v.known()
	if !known {
		if why := v.Text().Unknown(); why != "" {
			return cty.NilVal, why
		}
		return cty.NilVal, "it is not a number"
	}
	n, err := cty.ParseNumberVal(s)
	if err != nil {
		return cty.NilVal, "it is not a number"
	}
	return n, ""
}

// fromCty brings a known value into the form that remembers places.
func fromCty(v cty.Value, at gateway.Place) Value {
	switch {
	case v == cty.NilVal || !v.IsKnown():
		return unknownValue("its value cannot be computed here", at)
	case v.IsNull():
		return Value{kind: null, at: at}
	case v.Type() == cty.String:
		return textValue(v.AsString(), at)
	case v.Type() == cty.Number:
		return Value{kind: number, scalar: v, at: at}
	case v.Type() == cty.Bool:
		return Value{kind: boolean, scalar: v, at: at}
	case v.CanIterateElements():
		out := Value{kind: list, at: at}
		keyed := v.Type().IsMapType() || v.Type().IsObjectType()
		if keyed {
			out.kind = object
		} else if v.Type().IsSetType() {
			out.kind = set
		}
		for it := v.ElementIterator(); it.Next(); {
			key, element := it.Element()
			if keyed {
				out.entries = append(out.entries, Entry{Key: textValue(key.AsString(), at), Value: fromCty(element, at), name: key.AsString()})
			} else {
				out.items = append(out.items, fromCty(element, at))
			}
		}
		return out
	}
	return unknownValue("its value cannot be computed here", at)
}

// toCty gives a value to a function of Terraform's own; why is the reason where
// some of it is unknown.
func (e *evaluator) toCty(v Value) (out cty.Value, why string) {
	if !e.step() {
		return cty.NilVal, tooLarge
	}
	switch v.kind {
	case absent, null:
		return cty.NullVal(cty.DynamicPseudoType), ""
	case text:
		s, known := v.known()
		if !known {
			return cty.NilVal, v.Text().Unknown()
		}
		return cty.StringVal(s), ""
	case number, boolean:
		return v.scalar, ""
	case list, set:
		if v.open != "" {
			return cty.NilVal, v.open
		}
		items := make([]cty.Value, len(v.items))
		for i, item := range v.items {
			if items[i], why = e.toCty(item); why != "" {
				return cty.NilVal, why
			}
		}
		return cty.TupleVal(items), ""
	case object:
		if v.open != "" {
			return cty.NilVal, v.open
		}
		attributes := map[string]cty.Value{}
		for _, entry := range v.entries {
			if attributes[entry.name], why = e.toCty(entry.Value); why != "" {
				return cty.NilVal, why
			}
		}
		return cty.ObjectVal(attributes), ""
	case lazy:
		return cty.NilVal, "it holds what is known after an apply"
	}
	return cty.NilVal, v.why
}

// equal compares two values; why is the reason where nobody can tell.
func (e *evaluator) equal(a, b Value) (same bool, why string) {
	if a.kind == null || b.kind == null || a.kind == absent || b.kind == absent {
		an, why := a.isNull()
		if why != "" {
			return false, why
		}
		bn, why := b.isNull()
		return an && bn, why
	}
	if a.kind == text && b.kind == text {
		return equalText(a, b)
	}
	x, why := e.toCty(a)
	if why != "" {
		return false, why
	}
	y, why := e.toCty(b)
	if why != "" {
		return false, why
	}
	return x.RawEquals(y), ""
}

// equalText compares two texts by what is known of them: one that begins with
// a literal is not another that begins otherwise.
func equalText(a, b Value) (same bool, why string) {
	if x, ok := a.identity(); ok {
		if y, ok := b.identity(); ok && (x == y || a.Text().Unknown() == "" && b.Text().Unknown() == "") {
			return x == y, ""
		}
	}
	if differ(a.prefix(), b.prefix(), strings.HasPrefix) || differ(a.suffix(), b.suffix(), strings.HasSuffix) {
		return false, ""
	}
	if s, known := a.known(); known && len(s) < b.length() {
		return false, ""
	}
	if s, known := b.known(); known && len(s) < a.length() {
		return false, ""
	}
	if why := a.Text().Unknown(); why != "" {
		return false, why
	}
	return false, b.Text().Unknown()
}

func differ(a, b string, contains func(s, end string) bool) bool {
	if len(a) > len(b) {
		return !contains(a, b)
	}
	return !contains(b, a)
}

// prefix, suffix and length are what is known of a text's ends, and how long
// it is at least.
func (v Value) prefix() string {
	if p := v.Text().Parts; len(p) > 0 {
		return p[0].Literal
	}
	return ""
}

func (v Value) suffix() string {
	if p := v.Text().Parts; len(p) > 0 {
		return p[len(p)-1].Literal
	}
	return ""
}

func (v Value) length() int {
	n := 0
	for _, p := range v.parts {
		n += len(p.literal)
	}
	return n
}

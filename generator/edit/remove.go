package edit

import (
	"strings"

	"apigw-cors/generator/reader"
)

// Delete takes a field of a mapping, or an item of a list, away, with the
// comment behind it on its line. The comments of its neighbours stay. What was
// the only one leaves empty brackets. nil where it cannot be taken out alone.
func (d *Document) Delete(s Spot) []Change {
	if len(s.way) == 0 {
		return nil
	}
	last := s.way[len(s.way)-1]
	in, i := last.in, last.index
	starts, ends := childRanges(in)
	if len(starts) == 1 {
		empty := "{}"
		if in.Kind == reader.ListValue {
			empty = "[]"
		}
		outer := s.Up()
		if in.Flow {
			return []Change{{d.Name, starts[0], ends[0], ""}}
		}
		if outer.field() == nil {
			return nil
		}
		f := outer.field()
		colon := f.End + strings.IndexByte(d.Source(f.End, len(d.text)), ':') + 1
		return []Change{{d.Name, colon, in.End, " " + empty}}
	}
	if in.Flow {
		if i > 0 {
			return []Change{{d.Name, ends[i-1], ends[i], ""}}
		}
		return []Change{{d.Name, starts[0], starts[1], ""}}
	}
	if !d.startsLine(starts[i]) {
		// The first key of an item stands behind its dash.
		next := starts[i+1]
		if between := d.Source(ends[i], next); strings.Count(between, "#") > 0 && d.nextLine(ends[i]) < d.lineStart(next) {
			return nil
		}
		return []Change{{d.Name, starts[i], next, ""}}
	}
	from, to := d.lineStart(starts[i]), d.nextLine(ends[i])
	if to == len(d.text) && d.lineEnd(ends[i]) == to && from > 0 {
		// There is no newline behind it.
		from--
		if from > 0 && d.Source(from-1, from+1) == "\r\n" {
			from--
		}
	}
	return []Change{{d.Name, from, to, ""}}
}

// childRanges are where the fields or items of a value begin and end.
func childRanges(v *reader.Value) (starts, ends []int) {
	for _, f := range v.Fields {
		starts, ends = append(starts, f.Start), append(ends, max(f.End, f.Value.End))
	}
	for _, item := range v.Items {
		starts, ends = append(starts, item.Dash), append(ends, item.Value.End)
	}
	return starts, ends
}

// Wrap puts a value, as it stands, into a list of one.
func (d *Document) Wrap(s Spot) []Change {
	v := s.Value
	f := s.field()
	oneLine := !strings.ContainsAny(d.Source(v.Start, v.End), "\r\n")
	switch {
	case v.Alias || f == nil:
		return nil
	case d.IsJSON || s.inFlow() || v.Flow && oneLine:
		return []Change{{d.Name, v.Start, v.Start, "["}, {d.Name, v.End, v.End, "]"}}
	case oneLine && !strings.ContainsAny(d.Source(f.End, v.Start), "\r\n"):
		indent := d.spaces(f.Start)
		if d.dashed {
			indent += d.unit
		}
		colon := f.End + strings.IndexByte(d.Source(f.End, len(d.text)), ':') + 1
		return []Change{{d.Name, colon, v.Start, d.newline + indent + "- "}}
	}
	return d.Replace(s, List(Copy(v)))
}

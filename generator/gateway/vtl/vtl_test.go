package vtl_test

import (
	"fmt"
	"strings"
	"testing"

	"apigw-cors/generator/gateway/vtl"
)

// evaluate runs a template on a request from https://a.example; absent headers
// are null.
func evaluate(template string) (vtl.Result, error) {
	t, err := vtl.Parse(template)
	if err != nil {
		return vtl.Result{}, err
	}
	return t.Run(vtl.Environment{
		Body: `{"a": {"b": "c"}, "n": 3}`,
		Header: func(name string) any {
			if name == "origin" {
				return "https://a.example"
			}
			return nil
		},
	}), nil
}

// show is what a template did, in one line.
func show(template string) string {
	r, err := evaluate(template)
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	if r.Unknown != nil {
		out = append(out, "unknown: "+r.Unknown.Why)
	}
	if r.Failure != nil {
		out = append(out, "failure: "+r.Failure.Why)
	}
	for _, h := range r.Headers {
		if u, ok := h.Value.(vtl.Unknown); ok {
			h.Value = "?" + u.Why
		}
		out = append(out, fmt.Sprintf("%s=%v", h.Name, h.Value))
	}
	if r.Status != nil {
		out = append(out, fmt.Sprint("status ", r.Status))
	}
	if s := strings.Join(strings.Fields(r.Output), " "); s != "" {
		out = append(out, s)
	}
	if r.OutputUnknown != nil {
		out = append(out, "output unknown: "+r.OutputUnknown.Why)
	}
	return strings.Join(out, "; ")
}

func TestRun(t *testing.T) {
	const get = `#set($o = $input.params().header.get("origin"))`
	const allow = `#set($context.responseOverride.header.X = $o)`
	for _, tt := range []struct{ desc, template, want string }{
		{"text", `{"statusCode": 204}`, `{"statusCode": 204}`},
		{"a dollar sign that is text", `$5 a$ $.x #x`, `$5 a$ $.x #x`},
		{"an undefined reference prints itself", `$x ${y}.z $!x|$!{y}|`, `$x ${y}.z ||`},
		{"the header", get + `$o`, `https://a.example`},
		{"in every spelling", `$input.params("origin") ${input.params().header.origin} $input.params().header['origin'] $input.params().get("header").get("origin")`,
			`https://a.example https://a.example https://a.example https://a.example`},
		{"an absent header is null", `$!input.params().header.get("Origin")|`, `|`},
		{"an override", get + allow, `X=https://a.example`},
		{"by index", get + `#set($context.responseOverride.header["X-Y"] = "$o/")`, `X-Y=https://a.example/`},
		{"with a dash", get + `#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)`, `Access-Control-Allow-Origin=https://a.example`},
		{"twice is a failure", get + allow + allow, `failure: the header X is overridden twice; X=https://a.example; X=https://a.example`},
		{"the status", `#set($context.responseOverride.status = 403)`, `status 403`},
		{"if", get + `#if($o == "https://a.example") yes #else no #end`, `yes`},
		{"elseif", get + `#if($o == "x") a #elseif($o.startsWith("https://a")) b #else c #end`, `b`},
		{"formal directives", `#{if}(false) a#{else}b#{end}`, `b`},
		{"null is false", `#if($x) a #else b #end`, `b`},
		{"or", get + `#if($x || $o) a #end`, `a`},
		{"words", get + `#if(not $x and $o eq "https://a.example") a #end`, `a`},
		{"precedence", `#if(false && false || true) a #end #if(1 + 2 * 3 == 7) b #end`, `a b`},
		{"method on null", `#if($x.startsWith("a")) a #else b #end`, `b`},
		{"a list", get + `#set($l = ["https://a.example", "https://b.example"])#if($l.contains($o)) a #end $l.size() $l[1] $l.get(0)`, `a 2 https://b.example https://a.example`},
		{"a map", get + `#set($m = {"https://a.example": "yes"})$m.get($o) $m["https://a.example"] $!m.none $m.containsKey("x")`, `yes yes false`},
		{"foreach", `#foreach($x in ["a", "b"])$x$foreach.count#if($foreach.hasNext),#end#end`, `a1,b2`},
		{"foreach with break", `#foreach($x in [1..5])$x#if($x == 2)#break#end#end`, `12`},
		{"foreach with a flag", get + `#set($ok = false)#foreach($a in ["https://b.example","https://a.example"])#if($a == $o)#set($ok = true)#end#end#if($ok)` + allow + `#end`, `X=https://a.example`},
		{"stop", `a#stop b`, `a`},
		{"comments", "a## b\nc#* d *#e", `ace`},
		{"raw text", `#[[ $x #if ]]#`, `$x #if`},
		{"single quotes do not interpolate", `#set($a = '$input')$a`, `$input`},
		{"double quotes do", get + `#set($a = "<$o>")$a`, `<https://a.example>`},
		{"a directive in a string", `#set($a = "#if(true)x#end")$a`, `x`},
		{"numbers", `#set($a = 7)#set($b = $a / 2)$b #set($c = $a % 2)$c #set($d = -3)$d`, `3 1 -3`},
		{"strings add up", `#set($a = "x" + 1)$a`, `x1`},
		{"methods", `#set($s = " A,b ")$s.trim().toLowerCase() $s.trim().split(",").get(1) $s.trim().indexOf(",") $s.trim().replace(",", ";") $s.trim().length()`, `a,b b 1 A;b 3`},
		{"a regular expression", get + `#if($o.matches("https://[a-z]+\.example")) a #end#if($o.matches("https://a")) b #end`, `a`},
		{"one of Java's only", get + `#if($o.matches("(?i)HTTPS.*")) a #else b #end`, `b`},
		{"the body", `$input.body.length() $input.json('$') $input.path('$.a.b') $input.path('$').n`, `25 {"a": {"b": "c"}, "n": 3} c 3`},
		{"escapeJavaScript", `$util.escapeJavaScript("it's")`, `it\'s`},
		{"an unknown override", `#set($context.responseOverride.header.X = $stageVariables.origin)`, `X=?the stage variable origin is the stage's`},
		{"part of one", `#set($context.responseOverride.header.X = "https://${stageVariables.host}")`, `X=?the stage variable host is the stage's`},
		{"an unknown that does not matter", `#if($stageVariables.x == "a" || true) a #end`, `a`},
		{"an unknown method", get + `$o.codePoints()`, `output unknown: what the method codePoints makes of this is beyond what is evaluated here`},
		{"setting null", `#set($a = "x")#set($a = $none)$!a`, ``},
		{"a macro", `x #macro(m) y #end`, `error: line 1, column 3 of the template: #macro is beyond what is evaluated here`},
		{"no end", "a\n#if(true) b", `error: line 2, column 1 of the template: #if without #end`},
		{"an end too many", "a #end", `error: line 1, column 3 of the template: an #else or #end without #if or #foreach`},
		{"a loop without end", `#foreach($a in [1..900])#foreach($b in [1..900])x#end#end`, `unknown: it runs for more than 20,000 steps; …`},
		{"a list that grows", `#set($l = [1])#foreach($a in [1..1000])#set($n = $l.add($l))#end`, `unknown: a list of more than 1,000 values`},
		{"a string that grows", `#set($s = "xxxxxxxx")#foreach($a in [1..100])#set($s = "$s$s")#end`, `unknown: a string of more than 64 KiB`},
		{"nesting", strings.Repeat("#if(true)", 200) + strings.Repeat("#end", 200), `error: line 1, column …`},
		{"brackets", `#set($a = ` + strings.Repeat("(", 200) + strings.Repeat(")", 200) + `)`, `error: line 1, column …`},
	} {
		t.Run(tt.desc, func(t *testing.T) {
			got := show(tt.template)
			if i := strings.Index(tt.want, "…"); i >= 0 && len(got) > i {
				got = got[:i] + "…"
			}
			if got != tt.want {
				t.Errorf("%s\n got %s\nwant %s", tt.template, got, tt.want)
			}
		})
	}
}

// TestChoices: where the way on is unknown, the caller chooses.
func TestChoices(t *testing.T) {
	template, err := vtl.Parse(`#if($stageVariables.env == "prod") a #else b #end #if("") c #end`)
	if err != nil {
		t.Fatal(err)
	}
	var why []string
	result := template.Run(vtl.Environment{Choose: func(u vtl.Unknown) bool {
		line, column := template.Position(u.At)
		why = append(why, fmt.Sprintf("%d:%d %s", line, column, u.Why))
		return len(why) == 1
	}})
	if got := strings.Fields(result.Output); len(got) != 1 || got[0] != "a" || len(why) != 2 {
		t.Errorf("got %q, asked %q", got, why)
	}
}

// FuzzVTL holds that no template panics, hangs, or grows beyond its bounds.
func FuzzVTL(f *testing.F) {
	for _, seed := range []string{
		`#set($o = $input.params().header.get("origin"))#if($o == "a" || !$o)#set($context.responseOverride.header.X = $o)#end`,
		`#foreach($x in [1..1000])#set($s = "$s$x")$s#end`, `#set($l = [])#foreach($x in [1..9])#set($y = $l.add($l))#end$l`,
		`#set($m = {"a": ["b", {'c': 1.5}]})$m.a[0].split(",")[0].replaceAll("b+?", "c")`, `$!{a.b("x#if(true)y#end")[1]}`,
		`#{if}(1 lt 2 && "a".matches("[a-z]{1,3}"))#{else}#[[x]]# #* c *# ## d`, `\$x \#if $input.path('$.a').b $util.base64Decode("%%")`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, template string) {
		r, err := evaluate(template)
		if err == nil && len(r.Output) > 1<<20 {
			t.Errorf("%d bytes of output", len(r.Output))
		}
		if again, _ := evaluate(template); again.Output != r.Output || len(again.Headers) != len(r.Headers) {
			t.Errorf("two runs differ: %v, %v", r, again)
		}
	})
}

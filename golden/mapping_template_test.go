package golden_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
	"apigw-cors/generator/gateway/vtl"
	"apigw-cors/golden/tools"
)

// TestMappingTemplates holds our evaluation of mapping templates to another
// engine's, on every template that is rendered and on those that people write.
func TestMappingTemplates(t *testing.T) {
	engine := tools.StartVelocity(t)
	templates := map[string]string{}
	for i, template := range writtenTemplates() {
		templates[fmt.Sprintf("written %d", i+1)] = template
	}
	for _, c := range cases(t) {
		api := c.api(t)
		for _, m := range api.Facts().Methods {
			for _, r := range m.Integration.Responses {
				for _, of := range append(r.Templates, m.Integration.RequestTemplates...) {
					text := of.Template.String()
					templates[fmt.Sprintf("%s %s %s %d", c.name, m.Method, r.Status, len(text))] = text
				}
			}
		}
	}
	if n := len(templates); n < 70 {
		t.Fatalf("%d templates", n)
	}
	for name, template := range templates {
		t.Run(name, func(t *testing.T) { sameMapping(t, engine, template) })
	}
}

// sameMapping runs a template on every request, up to the first on which the
// two engines differ.
func sameMapping(t *testing.T, engine tools.Velocity, template string) {
	t.Helper()
	depends, compared := strings.HasSuffix(template, "## depends"), false
	for _, absent := range []string{tools.AbsentNull, tools.AbsentEmpty} {
		for _, headers := range requestHeaders() {
			got, sure := ours(t, template, headers, absent)
			if !sure && !depends {
				t.Fatalf("not sure of\n%s\nwith %v, absent as %s", template, headers, absent)
			}
			if !sure {
				continue
			}
			compared = true
			theirs := engine.Run(t, tools.MappingTemplate{Template: template, Headers: headers, Absent: absent, Body: requestBody})
			if want := mapped(theirs); got != want {
				t.Fatalf("%s\nwith %v, absent as %s\n got %s\nwant %s", template, headers, absent, got, want)
			}
		}
	}
	if !compared {
		t.Errorf("never sure of\n%s", template)
	}
}

const requestBody = `{"a": {"b": "c"}, "n": 3}`

func requestHeaders() []map[string]string {
	out := []map[string]string{{}}
	for _, origin := range []string{"https://app.example.com", "https://b.example", "https://x.example.com", "https://appXexample.com", "http://localhost:3000", "null"} {
		out = append(out, map[string]string{"origin": origin}, map[string]string{"Origin": origin})
	}
	return out
}

// ours is what our evaluation comes to; sure is false where it depends on the
// version of Velocity or on what lies beyond the subset.
func ours(t *testing.T, template string, headers map[string]string, absent string) (line string, sure bool) {
	t.Helper()
	parsed, err := vtl.Parse(template)
	if err != nil {
		t.Fatalf("%s\n%v", template, err)
	}
	sure = true
	result := parsed.Run(vtl.Environment{
		Body: requestBody,
		Header: func(name string) any {
			if value, ok := headers[name]; ok {
				return value
			}
			if absent == tools.AbsentNull {
				return nil
			}
			return ""
		},
		Choose: func(vtl.Unknown) bool { sure = false; return false },
	})
	if result.Unknown != nil || result.OutputUnknown != nil || result.Failure != nil {
		return "", false
	}
	m := tools.Mapped{Headers: map[string]string{}, Body: result.Output}
	for _, h := range result.Headers {
		value, known := h.Value.(string)
		sure = sure && known
		m.Headers[h.Name] = value
	}
	if status, ok := result.Status.(int64); ok {
		n := int(status)
		m.Status = &n
	}
	return mapped(m), sure
}

// mapped is a result in one line. Engines differ in the blanks around
// directives.
func mapped(m tools.Mapped) string {
	var out []string
	for name, value := range m.Headers {
		out = append(out, name+"="+value)
	}
	slices.Sort(out)
	if m.Status != nil {
		out = append(out, fmt.Sprint("status ", *m.Status))
	}
	return strings.Join(append(out, strings.Join(strings.Fields(m.Body), "")), "; ")
}

// writtenTemplates are templates as people write them. One that ends with
// "## depends" is sure for some requests only.
func writtenTemplates() []string {
	const (
		lower = `#set($origin = $input.params().header.get("origin"))`
		upper = `#set($origin = $input.params().header.get("Origin"))`
		both  = lower + "\n#if(!$origin || $origin == \"\")\n" + upper + "\n#end\n"
		allow = "#set($context.responseOverride.header." + cors.HeaderAllowOrigin + " = $origin)"
		index = `#set($context.responseOverride.header["` + cors.HeaderAllowOrigin + `"] = $origin)`
	)
	when := func(condition string) string { return both + "#if(" + condition + ")\n" + allow + "\n#end\n" }
	out := []string{
		`{"statusCode": 200}`, `{ statusCode: 200 }`, "#set($x = 1)\n{\"statusCode\": 204}", `#if(true){"statusCode": 200}#else{"statusCode": 500}#end`,
		both + "#if($origin)\n" + allow + "\n#end ## depends",
		upper + "\n#if($origin == \"\")\n" + lower + "\n#end\n#if($origin == \"https://app.example.com\" || $origin == \"https://b.example\")\n  " + allow + "\n#end",
		both + "#if($origin == \"https://app.example.com\")\n" + index + "\n#end",
		both + "#set($allowed = [\"https://app.example.com\", \"https://b.example\"])\n#if($allowed.contains($origin))\n" + allow + "\n#end",
		both + "#set($allowed = ['https://app.example.com','https://b.example'])\n#foreach($a in $allowed)\n#if($a == $origin)\n#set($match = $a)\n#end\n#end\n#if($match)\n" + allow + "\n#end",
		both + "#set($found = false)\n#foreach($a in [\"https://app.example.com\",\"https://b.example\"])#if($origin == $a)#set($found = true)#break#end#end\n#if($found)" + allow + "#end",
		both + "#set($allowed = \"https://app.example.com,https://b.example\")\n#foreach($a in $allowed.split(\",\"))\n#if($a == $origin)#set($ok = true)#end\n#end\n#if($ok)" + allow + "#end",
		both + "#set($map = {\"https://app.example.com\": \"yes\", \"https://b.example\": \"no\"})\n#if($origin && $map.get($origin) == \"yes\")" + "## depends\n" + allow + "#end",
		both + "#set($map = {\"https://app.example.com\": true})\n#if($map[\"https://app.example.com\"] && $origin == \"https://app.example.com\")" + allow + "#end",
		both + "#if($origin == \"https://app.example.com\")\n" + allow + "\n#elseif($origin == \"https://b.example\")\n" + allow + "\n#else\n#set($context.responseOverride.status = 403)\n#end",
		both + "#if($origin == \"https://app.example.com\")\n#set($o = $origin)\n#else\n#set($o = \"https://b.example\")\n#end\n#set($context.responseOverride.header.Access-Control-Allow-Origin = $o)",
		both + "#set($o = \"https://app.example.com\")\n#if($origin == \"https://b.example\")#set($o = $origin)#end\n#set($context.responseOverride.header.Access-Control-Allow-Origin = \"$o\")",
		both + "#set($o = \"<${origin}>\")\n#if($o == \"<https://b.example>\")" + allow + "#end",
		both + "#set($prefix = \"https://\")#set($host = \"b.example\")\n#if($origin == \"$prefix$host\")" + allow + "#end",
		both + "#set($prefix = \"https://\")\n#if($origin == \"${prefix}b.example\")" + allow + "#end",
		both + "#set($x = \"https://\" + \"b.example\")#if($origin == $x)" + allow + "#end",
		both + "## a comment with $origin and #if\n#* another\n#end *#\n#if($origin == 'https://b.example')" + allow + "#end",
		both + "#if($origin == \"https://b.example\")yes#{else}no#end",
		both + "#if($origin == \"https://b.example\")#set($context.responseOverride.status = 200)#else#set($context.responseOverride.status = 403){\"message\": \"Forbidden\"}#end",
		"#foreach($i in [1..3])$i#end", "#foreach($i in [3..1])$i,#end", "#foreach($x in [\"a\",\"b\"])$x$foreach.count#if($foreach.hasNext),#end#end",
		"#set($a = 7)#set($b = $a * 4 / 2)$b", "#set($a = 7 % 4)$a", "#set($a = 2 + 3 * 4)$a", "#set($a = (2 + 3) * 4)$a", "#set($a = 10 - 4 - 3)$a", "#set($a = -3)$a",
		"#if(1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3 && 1 != 2)yes#end", "#if(!(1 == 1))a#else b#end", "#if(true && false || true)yes#end", "#if(false)a#elseif(true)b#else c#end",
		"#set($x = \"v\")$x ${x} $!x $!{x} ${x}y $x.", "$!undefined|$!{undefined}|", "#set($list = [\"a\", 'b', 3])$list.size() $list[0] $list.get(1) $list[2]",
		"#set($m = {\"k\": \"v\"})$m.k $m.get(\"k\") $m[\"k\"] $!m.none $m.size()", "#set($m = {})#set($m.a = 1)$m.a", "#set($l = [[\"x\", \"y\"], [\"z\"]])$l[0][1] $l.get(1).get(0)",
		"#set($root = $input.path('$'))$root.a.b $root.n", "$input.body", "$input.json('$')", "#if($input.params('origin') == 'https://b.example')yes#end",
		"#set($s = \" Ab,c \")$s.trim().toLowerCase()|$s.toUpperCase()|$s.trim().split(\",\").size()|$s.indexOf(\",\")|$s.trim().replace(\"b\", \"x\")|$s.trim().substring(1)|$s.trim().substring(1, 3)",
		"#set($a = 'single $x #if')$a", "#set($a = \"#if(true)inner#end\")$a", "#[[ $raw #if ]]#", "$5.00 costs #1 a$", "#set ( $x = 1 )#if ( $x == 1 )one#end",
		"#if(not false and true or false)words#end", "#if(1 lt 2 and 3 ge 3 and 1 ne 2 and 2 eq 2)words#end",
	}
	for _, condition := range []string{
		`$origin == "https://app.example.com"`, `"https://app.example.com" == $origin`, `$origin.equals("https://app.example.com")`, `$origin == "https://app.example.com" || $origin == "https://b.example"`,
		`$origin && $origin != "" && $origin.startsWith("https://") && $origin.endsWith(".example.com")`, `$origin.startsWith("https://") && $origin.endsWith(".example.com")`, `$origin.contains("example.com")`,
		`$origin.matches("https://[a-z]+\.example\.com")`, `$origin.matches("https://.*.example.com")`, `$origin.matches("https://(app|x)\.example\.com")`, `$origin.matches("^http://localhost(:\d+)?$")`,
		`$origin.equalsIgnoreCase("HTTPS://APP.EXAMPLE.COM")`, `$origin.toLowerCase() == "https://app.example.com"`, `$origin.trim() == "https://b.example"`,
		`$origin.indexOf("example.com") > 0`, `$origin.indexOf("@") == -1 && $origin.lastIndexOf("/") == 7`, `$origin != "null" && $origin.startsWith("http://localhost:")`,
		`!$origin.startsWith("https://app")`, `!($origin == "https://app.example.com")`, `["https://app.example.com", "https://b.example"].contains($origin)`,
	} {
		if strings.HasPrefix(condition, "[") {
			out = append(out, both+"#set($l = "+strings.TrimSuffix(condition, ".contains($origin)")+")#if($l.contains($origin))"+allow+"#end")
			continue
		}
		out = append(out, when("$origin && ("+condition+") ")+" ## depends")
	}
	return out
}

// TestFactsAnswerAsTheModel: what people's files and our own are answered by is
// one engine, so our own facts must let through who the policy allows.
func TestFactsAnswerAsTheModel(t *testing.T) {
	for _, c := range cases(t) {
		api := c.api(t)
		for _, facts := range []gateway.Facts{api.Facts(), api.GreedyFacts()} {
			if faults := facts.Deploy().Faults(); len(faults) > 0 {
				t.Errorf("%s: %v", c.name, faults)
			}
		}
	}
}

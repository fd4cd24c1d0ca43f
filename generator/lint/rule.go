package lint

// Rule is one kind of fault.
type Rule struct {
	// Name is stable: ignores, SARIF and `help rule NAME` go by it.
	Name string
	// Severity is that of most of its findings; one may be less severe.
	Severity Severity
	// Summary is the fault in one clause.
	Summary string
	// Page is what a page sees, Why the reason, Fix what to do: a paragraph
	// each.
	Page, Why, Fix string
	// Sources are public pages that say so.
	Sources []string

	check func(*subject, *Report)
}

// Rules are all rules, by name.
func Rules() []Rule {
	return []Rule{
		unquotedValue(),
	}
}

package fix

import "errors"

// Differs is the rule that compares files with a policy.
const Differs = "differs-from-policy"

// place puts the policy into the files, if there is one, and proves that they
// say it: it, and nothing else than before, also when it is put in once more.
func (r *run) place() {
	if r.Policy == nil {
		return
	}
	p, changes, err := r.now.put(*r.Policy)
	if len(p.facts) > 0 {
		r.placed.API = p.facts[0].Name
	}
	r.placed.Notes = p.notes
	after := r.now
	if err == nil && len(changes) > 0 {
		after, err = r.now.with(changes)
	}
	if err == nil {
		err = p.proves(after, r.Policy)
	}
	switch {
	case err != nil:
		r.placed.Status = Refused
		if !errors.As(err, &r.placed.Refusal) {
			r.placed.Refusal = &Refusal{Why: err.Error()}
			if len(p.facts) > 0 {
				r.placed.Refusal.Place = p.facts[0].Place
			}
		}
	case len(changes) == 0:
		r.placed.Status = InPlace
	default:
		r.placed.Status = PutIn
		r.accept([]Proposal{{Edit: Edit{Changes: changes}}}, after)
	}
}

// proves reports why the files after the edits are not what they are to be.
func (p *placing) proves(after *State, policy *Policy) error {
	if faults := after.Reading.Faults; len(faults) > 0 {
		return errors.New("the edited file cannot be read: " + faults[0].Error())
	}
	if len(after.Reading.Refused) > len(p.Reading.Refused) {
		last := after.Reading.Refused[len(after.Reading.Refused)-1]
		return errors.New("it would not be taken: " + last.Detail)
	}
	if len(after.Reading.Replaced) > len(p.Reading.Replaced) {
		return errors.New("a key would stand twice")
	}
	if err := p.says(after); err != nil {
		return err
	}
	if _, again, err := after.put(*policy); err != nil || len(again) > 0 {
		return errors.New("a second run would change it again")
	}
	return nil
}

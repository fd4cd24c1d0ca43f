package generator

import (
	"fmt"
	"slices"
)

// maxLogicalID is how long a logical id may be, in characters, and idRoom what
// a template adds to the API's name and a path's.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
const (
	maxLogicalID = 255
	idRoom       = len("OptionsIntegrationPermission")
)

// checkNames refuses ids that no template has, an API whose name the template needs for something else, and
// paths that make logical ids CloudFormation does not take.
func (s stack) checkNames(target string, standalone bool) error {
	if err := logicalIDs(target).check(s.api, standalone); err != nil {
		return err
	}
	name := s.apiID()
	if name == "ServerlessRestApi" || name == "ServerlessHttpApi" {
		return &UnsupportedError{
			Target: target, Feature: "name " + name,
			Why:     "SAM makes this API of the functions' events, and it has no properties of its own",
			Instead: "put them into Globals: --format sam --sam-scope globals, without this name",
		}
	}
	taken := slices.ContainsFunc(s.parameters(), func(p parameter) bool { return p.ID == name })
	if taken {
		return &UnsupportedError{
			Target: target, Feature: "name " + name,
			Why: "the template has another use for this name", Instead: "use another name, such as My" + name,
		}
	}
	for _, n := range s.api.Tree() {
		if len(name)+len(n.Name)+idRoom > maxLogicalID {
			return &UnsupportedError{
				Target: target, Feature: "path " + n.Path,
				Why:     fmt.Sprintf("a logical id has at most %d characters", maxLogicalID),
				Instead: "use a shorter path, or format terraform",
			}
		}
	}
	return nil
}

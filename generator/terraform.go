package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// renderTerraform renders cors.tf, and around it main.tf when standalone.
func renderTerraform(j job) ([]File, []cors.Advice, error) {
	if err := terraformAddresses().check(j.api, j.options.Standalone); err != nil {
		return nil, nil, err
	}
	v := newTerraformView(j)
	var advice []cors.Advice
	if j.api.IsREST() {
		rows, a, err := optionsRows(j, v.names)
		if err != nil {
			return nil, nil, err
		}
		v.Preflights, advice = rows, a
		for _, r := range rows {
			if r.Reference == "" {
				return nil, nil, terraformAddresses().missing(j.api, r.Key)
			}
			v.Greedy = v.Greedy || r.Reference == v.names.greedyID()
		}
		v.rest(j.api)
	} else {
		advice = adviseGreedyUnused(j)
		if err := v.http(j.api); err != nil {
			return nil, nil, err
		}
	}
	paths := []string{"terraform/cors.tf"}
	if j.options.Standalone {
		paths = append(paths, "terraform/main.tf")
	}
	files := make([]File, len(paths))
	for i, path := range paths {
		f, err := j.file(path, v)
		if err != nil {
			return nil, nil, err
		}
		f.Content = alignHCL(f.Content)
		files[i] = f
	}
	return files, advice, nil
}

// terraformView is what both files are made of.
type terraformView struct {
	// API is the logical name, ID the name every address starts with.
	API, ID string
	// APIID and RootID are the ids of the API and of its root resource. Existing
	// reports that they are another file's.
	APIID, RootID string
	Existing      bool
	// Head and MainHead are the comments the files start with.
	Head, MainHead []string
	REST           bool
	// Function reports that a Lambda function answers the preflight.
	Function bool
	Auth     authWords
	Backend  backendWords

	// Preflights are the rows of the OPTIONS table, or the OPTIONS routes.
	Preflights       []terraformRow
	Greedy           bool
	Mock             *gateway.Mock
	MockHeaders      []terraformHeader
	Passthrough      string
	ContentHandling  string
	Actual           []terraformActual
	GatewayResponses []string
	GatewayHeaders   []gateway.Mapping

	BinaryMediaTypes []string
	Resources        []terraformResource
	Methods          []terraformRow
	DependsOn        []terraformAddress

	CORS            *terraformCORS
	PreflightRoutes []terraformRow
	Routes          []string
	PayloadFormat   string

	// Environments choose values from local ones.
	Environments *environmentsView

	names terraformNames
}

func newTerraformView(j job) *terraformView {
	names := newTerraformNames(j.api)
	return &terraformView{
		API: j.api.Name(), ID: names.id, names: names,
		APIID: names.apiID(), RootID: names.resourceID("/"), Existing: names.existing(),
		Head: terraformHead(j, names.id), MainHead: terraformMainHead(j, names.id),
		REST:     j.api.IsREST(),
		Function: j.api.Preflight() == gateway.ByLambda,
		Auth:     newAuthWords(j.api),
		Backend:  newBackendWords(j.api),

		Environments: j.terraformEnvironments(names.id),
	}
}

package generator

import (
	"apigw-cors/generator/cors"
	"apigw-cors/generator/gateway"
)

// renderTerraform renders cors.tf, and around it main.tf when standalone.
func renderTerraform(j job) ([]File, []cors.Advice, error) {
	v := newTerraformView(j)
	var advice []cors.Advice
	if j.api.IsREST() {
		rows, a, err := optionsRows(j, v.names)
		if err != nil {
			return nil, nil, err
		}
		v.Preflights, advice = rows, a
		for _, r := range rows {
			v.Greedy = v.Greedy || r.Resource == v.ID+"_cors"
		}
		v.rest(j.api)
	} else {
		advice = adviseGreedyUnused(j)
		v.http(j.api)
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
	// Head and MainHead are the comments the files start with.
	Head, MainHead []string
	REST           bool
	// Function reports that a Lambda function answers the preflight.
	Function bool
	Auth     authWords

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
	PreflightRoutes []string
	Routes          []string

	names terraformNames
}

func newTerraformView(j job) *terraformView {
	names := newTerraformNames(j.api)
	return &terraformView{
		API: j.api.Name(), ID: names.id, names: names,
		Head: terraformHead(j, names.id), MainHead: terraformMainHead(j, names.id),
		REST:     j.api.IsREST(),
		Function: j.api.Preflight() == gateway.ByLambda,
		Auth:     newAuthWords(j.api),
	}
}

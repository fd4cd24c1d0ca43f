package story

// Fault is the part of a deployment that keeps a page from reading.
type Fault struct {
	// Layer is a stable code.
	Layer Layer `json:"layer"`
	// Text is what is at fault, Change what to do about it.
	Text   string `json:"text"`
	Change string `json:"change"`
	// Seen are the signs that point to it; never nil.
	Seen []string `json:"seen"`
	// Command mends it, or looks further; "" where none does.
	Command string `json:"command,omitempty"`
}

// Layer is a part of a deployment.
type Layer string

// The layers, from the page to what is behind the API.
const (
	LayerPage             Layer = "page"
	LayerURL              Layer = "url"
	LayerCloudFront       Layer = "cloudfront"
	LayerCache            Layer = "cache"
	LayerAccess           Layer = "access" // API key, WAF, resource policy, domain mapping
	LayerRoute            Layer = "route"
	LayerOptions          Layer = "options-method"
	LayerOptionsAuth      Layer = "options-authorization"
	LayerConfiguration    Layer = "cors-configuration"
	LayerGatewayResponses Layer = "gateway-responses"
	LayerBackend          Layer = "backend"
)

package generator

import (
	"crypto/sha256"
	"encoding/hex"
)

// deploymentHash is what the logical id of a deployment ends in. A deployment
// is a snapshot, taken once, when CloudFormation creates the resource: it takes
// a new id to take a new one. The hash covers all that is deployed and nothing
// else, so a change of the function alone keeps the id. It is the same for a
// snippet.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-deployment.html
func deploymentHash(j job) (string, error) {
	deployed, err := j.file("cloudformation/deployed_rest.yaml", newDeployedAPI(j.api, true))
	sum := sha256.Sum256(append(deployed.Content, j.choices.fingerprint()...))
	return hex.EncodeToString(sum[:5]), err
}

"""An AWS control plane on loopback: prints its port, ends when stdin does.

It holds what the rendered examples refer to and do not create: Lambda
functions, the package of one, and a user pool.
"""

import io
import json
import logging
import os
import sys
import zipfile

import boto3

# The examples attach one of the policies that AWS manages.
os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"

from moto.apigateway.models import RestAPI  # noqa: E402
from moto.apigateway.responses import APIGatewayResponse  # noqa: E402
from moto.apigatewayv2.responses import ApiGatewayV2Response  # noqa: E402
from moto.cognitoidp.models import cognitoidp_backends  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402


def keep_binary_media_types() -> None:
    """moto forgets the binary media types of a new REST API."""
    create = APIGatewayResponse.create_rest_api

    def create_rest_api(self: APIGatewayResponse):
        answer = create(self)
        types = json.loads(self.body).get("binaryMediaTypes") or []
        self.backend.get_rest_api(json.loads(answer[2])["id"]).binaryMediaTypes = types
        return answer

    APIGatewayResponse.create_rest_api = create_rest_api


def list_authorizers() -> None:
    """moto has no GetAuthorizers for HTTP APIs."""

    def get_authorizers(self: ApiGatewayV2Response):
        api = self.apigatewayv2_backend.get_api(self.path.split("/")[-2])
        items = [authorizer.to_json() for authorizer in api.authorizers.values()]
        return 200, {}, json.dumps({"items": items})

    ApiGatewayV2Response.get_authorizers = get_authorizers


def keep_snapshots() -> None:
    """A stage serves a deployment, and that is a snapshot of the API's methods
    and gateway responses. In moto it is a number; GetExport gives what is there now.
    """
    create = RestAPI.create_deployment

    def create_deployment(self: RestAPI, *args, **kwargs):
        deployment = create(self, *args, **kwargs)
        deployment.served = json.dumps(
            {
                "paths": {
                    resource.get_path(): {
                        verb.lower(): method.to_json()
                        for verb, method in resource.resource_methods.items()
                    }
                    for resource in self.resources.values()
                },
                "x-amazon-apigateway-gateway-responses": {
                    kind: response.to_json() for kind, response in self.gateway_responses.items()
                },
            }
        )
        return deployment

    def get_export(self: APIGatewayResponse):
        _, _, api_id, _, stage, _, _ = self.path.split("/")
        api = self.backend.get_rest_api(api_id)
        return 200, {}, api.deployments[api.stages[stage].deployment_id].served

    RestAPI.create_deployment = create_deployment
    APIGatewayResponse.get_export = get_export


def update_in_place() -> None:
    """moto has neither UpdateMethodResponse nor UpdateIntegration, with which
    Terraform changes what it has made. A response is known by its status.
    """

    def patch(self: APIGatewayResponse, kept: dict) -> None:
        for operation in json.loads(self.body)["patchOperations"]:
            name, *key = operation["path"].strip("/").split("/")
            value = operation.get("value")
            if key:
                key = key[0].replace("~1", "/").replace("~0", "~")
                values = kept[name] = kept[name] or {}
                values.pop(key, None)
                if operation["op"] != "remove":
                    values[key] = value == "true" if value in ("true", "false") else value
            else:
                kept[name] = value

    def update_method_response(self: APIGatewayResponse):
        _, _, api, _, resource, _, verb, _, status = self.path.split("/")
        response = self.backend.get_method(api, resource, verb).method_responses.get(status)
        if response is None:
            return self.error("NotFoundException", "Invalid Response status code specified", 404)
        kept = {"responseParameters": response.response_parameters}
        patch(self, kept)
        response.response_parameters = kept["responseParameters"]
        return 200, {}, json.dumps(response.to_json())

    def update_integration(self: APIGatewayResponse):
        _, _, api, _, resource, _, verb, _ = self.path.split("/")
        integration = self.backend.get_integration(api, resource, verb)
        kept = {"requestTemplates": integration.request_templates, "contentHandling": integration.content_handling}
        patch(self, kept)
        integration.request_templates, integration.content_handling = kept["requestTemplates"], kept["contentHandling"]
        return 200, {}, json.dumps(integration.to_json())

    APIGatewayResponse.update_method_response = update_method_response
    APIGatewayResponse.update_integration = update_integration


def default_passthrough() -> None:
    """moto does not tell how an integration passes requests through by default."""
    put = APIGatewayResponse.put_integration

    def put_integration(self: APIGatewayResponse):
        body = json.loads(self.body)
        self.body = json.dumps({"passthroughBehavior": "WHEN_NO_MATCH", **body})
        return put(self)

    APIGatewayResponse.put_integration = put_integration


def provide(url: str) -> None:
    session = boto3.session.Session(
        region_name="us-east-1", aws_access_key_id="golden", aws_secret_access_key="golden"
    )
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as z:
        z.writestr("index.mjs", "export const handler = async () => ({});")

    s3 = session.client("s3", endpoint_url=url)
    s3.create_bucket(Bucket="golden")
    s3.put_object(Bucket="golden", Key="lambda.zip", Body=package.getvalue())
    role = session.client("iam", endpoint_url=url).create_role(
        RoleName="golden", AssumeRolePolicyDocument="{}"
    )
    for name in ("backend", "authorizer"):
        session.client("lambda", endpoint_url=url).create_function(
            FunctionName=name,
            Role=role["Role"]["Arn"],
            Runtime="nodejs22.x",
            Handler="index.handler",
            Code={"S3Bucket": "golden", "S3Key": "lambda.zip"},
        )
    # moto makes up the id of a pool.
    pool = "us-east-1_aaaaaaaaa"
    session.client("cognito-idp", endpoint_url=url).create_user_pool(PoolName="golden")
    pools = cognitoidp_backends["123456789012"]["us-east-1"].user_pools
    pools[pool] = pools.pop(next(iter(pools)))
    pools[pool].id = pool


logging.getLogger("werkzeug").setLevel(logging.ERROR)
keep_binary_media_types()
keep_snapshots()
update_in_place()
default_passthrough()
list_authorizers()
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
port = server.get_host_and_port()[1]
provide(f"http://127.0.0.1:{port}")
print(port, flush=True)
sys.stdin.read()
server.stop()

"""Reads a CloudFormation template as the AWS tools do, intrinsics included.

{"file": "…/template.yaml"} -> {"template": {…}}

A template with a Transform goes through the SAM translator, with the values of
its parameters where the request has "parameters".
"""

import boto3
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

from serve import serve

REGION = "us-east-1"
# The managed policies a translation may name; without them it would ask IAM.
POLICIES = {
    "AWSLambdaBasicExecutionRole": "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    "AWSXrayWriteOnlyAccess": "arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",
}

session = boto3.session.Session(region_name=REGION)


def answer(request: dict) -> dict:
    with open(request["file"], encoding="utf-8") as f:
        template = yaml_parse(f.read())
    if "Transform" in template:
        parameters = {"AWS::Region": REGION, "AWS::Partition": "aws", **(request.get("parameters") or {})}
        translator = Translator(POLICIES, Parser(), boto_session=session)
        template = translator.translate(template, parameters)
    return {"template": template}


serve(answer)

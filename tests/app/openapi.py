"""openapi.py PROGRAM: the document that the API serves and its answers must agree.

PROGRAM prints the document and exchanges. Every operation of the document was asked and answered with data, every answer has the
schema that the document gives for it, and every query parameter that was sent is declared.
"""

import json
import re
import subprocess
import sys

import jsonschema

told = json.loads(subprocess.run([sys.argv[1]], capture_output=True, check=True, text=True).stdout)
document = told["document"]
schemas = document["components"]["schemas"]
for schema in schemas.values():
    jsonschema.Draft202012Validator.check_schema(schema)


def complain(about, why):
    sys.exit(f"{about}: {why}")


def schema_at(content):
    return content["application/json"]["schema"]


def check(instance, schema, about):
    whole = {"components": document["components"], **schema}
    for wrong in jsonschema.Draft202012Validator(whole).iter_errors(instance):
        complain(about, f"{wrong.json_path}: {wrong.message}")


def references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].removeprefix("#/components/schemas/")
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


if document["openapi"] != "3.1.0":
    complain("the document", "this is no OpenAPI 3.1")
if unresolved := set(references(document)) - set(schemas):
    complain("the document", f"{unresolved} are not there")
if unused := set(schemas) - set(references(document)):
    complain("the document", f"nothing uses {unused}")

if len({re.sub(r"{\w+}", "{}", path) for path in document["paths"]}) != len(document["paths"]):
    complain("the document", "two paths differ in the names of their parameters only")
operations = {}
for path, methods in document["paths"].items():
    for method, operation in methods.items():
        in_path = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
        if in_path != set(re.findall(r"{(\w+)}", path)):
            complain(path, "its parameters are not those of the path")
        if operation["operationId"] in (each["operationId"] for each in operations.values()):
            complain(path, "its operationId is taken")
        operations[method.upper(), path] = operation

answered = set()
statuses = set()
for each in told["exchanges"]:
    about = f"{each['method']} {each['path']}"
    matching = [
        key
        for key in operations
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", key[1]), each["path"]) and (key[0] == each["method"] or each["status"] == 405)
    ]
    if len(matching) == 0:
        complain(about, "the document does not have it")
    if each["status"] == 405:
        continue
    operation = operations[min(matching, key=lambda key: key[1].count("{"))]
    statuses.add(each["status"])
    check(each["answer"], schema_at(operation["responses"][str(each["status"])]["content"]), f"{about} {each['status']}")
    if each["status"] != 200:
        continue
    declared = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"}
    if undeclared := set(each["query"]) - declared:
        complain(about, f"the document lacks {undeclared}")
    if each["request"] is not None:
        check(each["request"], schema_at(operation["requestBody"]["content"]), f"{about}: the request")
    is_document = each["path"].endswith("openapi.json")
    if is_document or (each["answer"]["status_code"] == 1000 and each["answer"]["data"]):
        answered.add(operation["operationId"])
if missing := {each["operationId"] for each in operations.values()} - answered:
    complain("never answered with data", missing)
if not {200, 400, 401, 404} <= statuses:
    complain("statuses", statuses)

# A document that says too little passes everything: what is wrong must be refused by it.
for name, wrong in {"Emsp": {"party_id": "MSP"}, "Location": {"id": "L1"}, "CommandAnswer": {"result": "ACCEPTED"},
                    "Cdr": {"id": "C1"}, "Session": {"id": "S1"}, "Quote": {"incl_vat": "9.68"}}.items():
    if jsonschema.Draft202012Validator({"components": document["components"], **schemas[name]}).is_valid(wrong):
        complain(name, "anything passes")
print(f"{len(operations)} operations, {len(told['exchanges'])} exchanges agree")

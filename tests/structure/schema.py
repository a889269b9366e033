"""schema.py PROGRAM SCHEMA SCENARIO...: the published schema and the reader must agree.

Each scenario passes both; leaving out a required member, adding an unknown one, or passing a bound is refused by both; each member
that the schema names is one that the reader knows.
"""

import copy
import json
import subprocess
import sys

import jsonschema

program, schema_file, *scenario_files = sys.argv[1:]
schema = json.load(open(schema_file))
checker = jsonschema.Draft202012Validator(schema)
tried = 0

FULL = {
    "start": "2026-01-15T17:00:00Z", "slot_minutes": 60, "slots": 2, "site": {},
    "batteries": [{"id": "b", "capacity_wh": 10e3, "soc_wh": 5e3, "charge_power_w": 5e3, "discharge_power_w": 5e3}],
    "groups": [{"id": "g"}],
    "evs": [{"id": "a", "departure_slot": 2, "capacity_wh": 60e3, "soc_wh": 20e3, "target_soc_wh": 20e3, "charge_power_w": 11e3}],
}


def agree(scenario, usable, about):
    global tried
    tried += 1
    run = subprocess.run([program, "plan", "-"], input=json.dumps(scenario), capture_output=True, text=True)
    if (run.returncode != 2) != usable:
        sys.exit(f"{about}: the reader ended with {run.returncode}: {run.stderr}")
    if checker.is_valid(scenario) != usable:
        sys.exit(f"{about}: the schema says {not usable}")


def sample(name, rules):
    if rules["type"] == "array":
        one = {"evs": "a", "batteries": "b"}.get(name, sample(name, rules["items"]))
        return [one] * (1 if rules.get("uniqueItems") else 2)
    if rules["type"] == "boolean":
        return not rules["default"]
    if rules["type"] == "string":
        return "x"
    return rules.get("default", 1 if rules.get("maximum", 2) >= 1 else 0)


def places():
    yield schema, lambda scenario: scenario
    yield schema["properties"]["site"], lambda scenario: scenario["site"]
    for name in ("batteries", "evs", "groups"):
        yield schema["properties"][name]["items"], lambda scenario, name=name: scenario[name][0]


for file in scenario_files:
    agree(json.load(open(file)), True, file)
agree(FULL, True, "the full scenario")
for rules, place in places():
    unknown = copy.deepcopy(FULL)
    place(unknown)["no_such_member"] = 1
    agree(unknown, False, "an unknown member")
    for name in rules["required"]:
        lacking = copy.deepcopy(FULL)
        del place(lacking)[name]
        agree(lacking, False, f"without {name}")
    for name, member in rules["properties"].items():
        if member["type"] in ("object",) or (rules is schema and name in ("batteries", "evs", "groups", "start", "slots")):
            continue
        given = copy.deepcopy(FULL)
        place(given).setdefault(name, sample(name, member))
        agree(given, True, f"with {name}")
        wrong = copy.deepcopy(FULL)
        place(wrong)[name] = {"a": "value of no type that fits"}
        agree(wrong, False, f"{name} of another type")
        bounds = member.get("items", member)
        for bound, beyond in (("minimum", -1), ("maximum", 1), ("exclusiveMinimum", 0)):
            if bound in bounds and name not in ("arrival_slot", "departure_slot"):
                limit = bounds[bound]
                value = limit + beyond * max(1, abs(limit)) * 0.5 if beyond else limit
                passed = copy.deepcopy(FULL)
                place(passed)[name] = [value] * 2 if member["type"] == "array" else value
                agree(passed, False, f"{name} beyond its {bound}")
print(f"{tried} scenarios agree")

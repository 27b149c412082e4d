"""The committed contract is what the code says, says everything in two languages, and is sound OpenAPI."""

from __future__ import annotations

import json

import pytest

from dodem.api import contract
from dodem.api.models import Scope
from dodem.api.problems import Kinds
from tests.contracts import fits

AGREED = fits.contract()
OPERATIONS = [(path, node["get"]) for path, node in AGREED["paths"].items()]


def nodes(node):
    """Every mapping in the contract."""
    if isinstance(node, dict):
        yield node
        for one in node.values():
            yield from nodes(one)
    elif isinstance(node, list):
        for one in node:
            yield from nodes(one)


def test_the_committed_contract_is_what_the_code_says():
    assert contract.committed() == contract.text(contract.document()), (
        "the API changed: agree on it, then run python -m tests.contracts.write_api"
    )


def test_the_contract_is_openapi_3_1_and_only_for_reading():
    assert AGREED["openapi"].startswith("3.1")
    assert {method for node in AGREED["paths"].values() for method in node} == {"get"}


def test_every_reference_in_the_contract_leads_somewhere():
    refs = {node["$ref"] for node in nodes(AGREED) if isinstance(node.get("$ref"), str)}
    assert refs
    for ref in refs:
        assert fits.component(ref)


def test_every_field_and_parameter_is_told_in_both_languages():
    silent = [
        f"{name}.{field}"
        for name, schema in AGREED["components"]["schemas"].items()
        for field, node in schema["properties"].items()
        if not (node.get("description") and node.get("x-description-vi"))
    ]
    silent += [
        f"{path}?{one['name']}"
        for path, operation in OPERATIONS
        for one in operation["parameters"]
        if not (one["schema"].get("description") and one["schema"].get("x-description-vi"))
    ]
    assert silent == []


@pytest.mark.parametrize(("path", "operation"), OPERATIONS, ids=[path for path, _ in OPERATIONS])
def test_every_operation_tells_its_purpose_its_token_its_etag_and_its_refusals(path, operation):
    for word in ("summary", "x-summary-vi", "description", "x-description-vi", "operationId", "security"):
        assert operation[word]
    assert "ETag" in operation["responses"]["200"]["headers"]
    assert {"304", "401", "429", "500"} <= set(operation["responses"])
    assert ("{" in path) == ("404" in operation["responses"])


def test_operation_names_are_used_once():
    names = [operation["operationId"] for _, operation in OPERATIONS]
    assert len(names) == len(set(names))


def test_units_and_published_figures_are_open_and_the_rest_asks_for_a_token():
    is_open = {path for path, operation in OPERATIONS if {} in operation["security"]}
    assert is_open == {path for path, _ in OPERATIONS if path.split("/")[3] in {"units", "published"}}


def test_every_scope_has_a_scheme_of_its_own_but_that_of_open_data():
    schemes = {name.removesuffix("Token").lower() for name in AGREED["components"]["securitySchemes"]}
    assert schemes == {scope.value for scope in Scope if scope is not Scope.UNITS} | {"any"}


def test_every_status_of_a_problem_is_in_the_contract():
    told = set(AGREED["components"]["responses"])
    assert told == {f"Problem{one.value.status}" for one in Kinds}


def test_the_validator_of_the_tests_finds_what_does_not_fit():
    schema = {"$ref": "#/components/schemas/Name"}
    good = {"name": "a", "short_name": "a", "name_en": "", "valid_from": "2025-07-01", "valid_to": None}
    assert list(fits.misfits(good, schema)) == []
    for bad in (
        good | {"valid_from": "hôm qua"},
        good | {"name": 1},
        good | {"further": 1},
        {key: value for key, value in good.items() if key != "valid_to"},
    ):
        assert list(fits.misfits(bad, schema)), json.dumps(bad)

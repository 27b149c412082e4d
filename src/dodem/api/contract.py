"""The API put together, and its contract: what the code says of itself, with every refusal it can answer."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from dodem.api import problems
from dodem.api.conditional import Settled
from dodem.api.problems import MEDIA_TYPE, Kinds, ProblemDetails
from dodem.api.resources import figures, indicators, published, records, releases, units
from dodem.api.resources import lineage as lineage  # adds its address to the figures' router
from dodem.api.words import VIETNAMESE, Said

VERSION = "1.0.0"
PREFIX = "/api/v1/"
ABOUT = Said(
    "Đơn vị, chỉ số, số liệu kèm nguồn gốc, bản số liệu và số đã công bố. Chỉ đọc.",
    "Units, indicators, figures with their lineage, releases and published figures. Read only.",
)
REF = "#/components/schemas/"
STATUSES = {one.value.status for one in Kinds}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


def make() -> NinjaAPI:
    api = NinjaAPI(
        title="Dodem API",
        version=VERSION,
        description=ABOUT.en,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api:v1",
        renderer=Renderer(),
    )
    problems.answer_in(api)
    api.add_exception_handler(Settled, answer_settled)
    api.add_router("units", units.router)
    api.add_router("indicators", indicators.router)
    api.add_router("figures", figures.router)
    api.add_router("figures", records.router)
    api.add_router("releases", releases.router)
    api.add_router("published", published.router)
    return api


def answer_settled(request: HttpRequest, settled: Settled | type[Settled]) -> HttpResponse:
    return cast(Settled, settled).response


API = make()


def document() -> dict[str, Any]:
    """The contract as the code has it: OpenAPI 3.1."""
    found: dict[str, Any] = json.loads(json.dumps(API.get_openapi_schema(path_prefix=PREFIX)))
    found["info"][VIETNAMESE] = ABOUT.vi
    found["servers"] = [{"url": "/"}]
    components = found["components"]
    problem = ProblemDetails.model_json_schema(ref_template=REF + "{model}", mode="serialization")
    schemas = {name: one for name, one in components["schemas"].items() if not name.startswith("Asked")}
    components["schemas"] = schemas | problem.pop("$defs") | {"ProblemDetails": problem}
    components["responses"] = {f"Problem{status}": refusal(status) for status in sorted(STATUSES)}
    components["headers"] = {
        "ETag": {"description": "Strong; send it back in If-None-Match.", "schema": {"type": "string"}}
    }
    for path, methods in found["paths"].items():
        for operation in methods.values():
            answers = operation["responses"]
            answers["200"]["headers"] = {"ETag": {"$ref": "#/components/headers/ETag"}}
            answers["304"] = {"description": "Not changed since the ETag in If-None-Match."}
            for status in refusals(path, operation):
                answers[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return found


def refusal(status: int) -> dict[str, Any]:
    kinds = [one.value.says for one in Kinds if one.value.status == status]
    return {
        "description": "; ".join(said.en for said in kinds),
        VIETNAMESE: "; ".join(said.vi for said in kinds),
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REF}ProblemDetails"}}},
    }


def refusals(path: str, operation: dict[str, Any]) -> list[int]:
    """The statuses an operation may refuse with, by what it asks for."""
    asks_for_token = {} not in operation["security"]
    possible = {
        401: True,
        403: asks_for_token,
        404: "{" in path,
        410: path.endswith("/records"),
        412: True,
        422: bool(operation["parameters"]),
        429: True,
        500: True,
    }
    return [status for status, may_be in possible.items() if may_be]


def text(contract: dict[str, Any]) -> str:
    """A contract as the committed file writes it."""
    return json.dumps(contract, ensure_ascii=False, indent=1) + "\n"


def committed() -> str:
    """The contract that was agreed on: the file beside this module."""
    return files("dodem.api").joinpath("openapi.json").read_text("utf-8")

"""Does a reply fit the committed contract? Knows those words of JSON Schema that it uses, no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from dodem.api.contract import committed

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}
FORMATS = {"date": date.fromisoformat, "date-time": datetime.fromisoformat}
KNOWN = {
    *("type", "$ref", "anyOf", "enum", "const", "items", "properties", "required", "additionalProperties"),
    *("format", "pattern", "minimum", "maximum", "minItems", "maxItems", "maxLength"),
    *("title", "description", "default", "x-description-vi"),
}


@cache
def contract() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(committed())
    return found


def misfits(value: object, schema: Mapping[str, Any], *, at: str = "$") -> Iterator[str]:
    """Everything in ``value`` that ``schema`` does not allow; a field it does not tell of is a misfit too."""
    unknown = set(schema) - KNOWN
    if unknown:
        yield f"{at}: the contract uses words this validator does not know: {sorted(unknown)}"
    if "$ref" in schema:
        yield from misfits(value, component(schema["$ref"]), at=at)
    if "anyOf" in schema and all(list(misfits(value, one, at=at)) for one in schema["anyOf"]):
        yield f"{at}: {value!r} fits none of the alternatives"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if "type" in schema:
        is_type = isinstance(value, TYPES[schema["type"]])
        if not is_type or (schema["type"] == "integer" and isinstance(value, bool)):
            yield f"{at}: {value!r} is no {schema['type']}"
            return
    if isinstance(value, str):
        yield from misfits_of_text(value, schema, at=at)
    if isinstance(value, list) and "items" in schema:
        for number, one in enumerate(value):
            yield from misfits(one, schema["items"], at=f"{at}[{number}]")
    if isinstance(value, dict):
        yield from misfits_of_object(value, schema, at=at)


def misfits_of_text(value: str, schema: Mapping[str, Any], *, at: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} is not of the form {schema['pattern']}"
    if schema.get("format") in FORMATS:
        try:
            FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{at}: {value!r} is no {schema['format']}"


def misfits_of_object(value: Mapping[str, Any], schema: Mapping[str, Any], *, at: str) -> Iterator[str]:
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}: {name} is missing"
    told, further = schema.get("properties", {}), schema.get("additionalProperties")
    for name, one in value.items():
        if name in told:
            yield from misfits(one, told[name], at=f"{at}.{name}")
        elif isinstance(further, Mapping):
            yield from misfits(one, further, at=f"{at}.{name}")
        elif told:
            yield f"{at}: {name} is not told of"


def component(ref: str) -> Any:
    found: Any = contract()
    for step in ref.removeprefix("#/").split("/"):
        found = found[step]
    return found


def operation_at(path: str) -> dict[str, Any] | None:
    """The operation whose address this is; an address without parameters comes first."""
    paths = contract()["paths"]
    for template in sorted(paths, key=lambda one: one.count("{")):
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", template), path):
            found: dict[str, Any] = paths[template]["get"]
            return found
    return None

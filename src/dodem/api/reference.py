"""The contract as a page shows it, in the reader's language. Pure: OpenAPI in, frozen values out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dodem.api.problems import Kinds
from dodem.api.words import VIETNAMESE, Said

Node = Mapping[str, Any]

TAGS = {
    "units": Said("Đơn vị", "Units"),
    "indicators": Said("Chỉ số", "Indicators"),
    "figures": Said("Số liệu", "Figures"),
    "releases": Said("Bản số liệu", "Releases"),
    "published": Said("Số đã công bố", "Published figures"),
}
SIMPLE = {
    "string": Said("chữ", "text"),
    "integer": Said("số nguyên", "whole number"),
    "boolean": Said("đúng/sai", "true/false"),
    "null": Said("null", "null"),
    "date": Said("ngày, 2026-11-20", "day, 2026-11-20"),
    "date-time": Said("thời điểm ISO 8601", "moment, ISO 8601"),
}


@dataclass(frozen=True)
class Kind:
    """A type in words, with the shape it is made of where there is one."""

    words: str
    shape: str = ""


@dataclass(frozen=True)
class Line:
    """A parameter or field. ``default`` is "" where there is none."""

    name: str
    kind: Kind
    about: str
    default: str = ""


@dataclass(frozen=True)
class Operation:
    """``token`` is the scope asked for; "" for open data."""

    id: str
    path: str
    title: str
    about: str
    token: str
    parameters: list[Line]
    answer: str
    statuses: list[str]


@dataclass(frozen=True)
class Group:
    title: str
    operations: list[Operation]


@dataclass(frozen=True)
class Shape:
    name: str
    about: str
    fields: list[Line]


@dataclass(frozen=True)
class ProblemKind:
    code: str
    status: int
    title: str


@dataclass(frozen=True)
class Reference:
    about: str
    version: str
    groups: list[Group]
    shapes: list[Shape]
    problems: list[ProblemKind]


def read(contract: Node, *, english: bool) -> Reference:
    """Everything the page needs."""
    reader = Reader(english)
    groups: dict[str, list[Operation]] = {}
    for path, methods in contract["paths"].items():
        operation = methods["get"]
        groups.setdefault(operation["tags"][0], []).append(reader.operation(path, operation))
    return Reference(
        about=reader.about(contract["info"]),
        version=contract["info"]["version"],
        groups=[Group(reader.pick(TAGS[tag]), operations) for tag, operations in groups.items()],
        shapes=[reader.shape(name, one) for name, one in contract["components"]["schemas"].items()],
        problems=[
            ProblemKind(one.value.code, one.value.status, reader.pick(one.value.says)) for one in Kinds
        ],
    )


class Reader:
    """Reads the contract in one language."""

    def __init__(self, english: bool) -> None:
        self.english = english

    def pick(self, said: Said) -> str:
        return said.en if self.english else said.vi

    def about(self, node: Node) -> str:
        english: str = node.get("description", "")
        return english if self.english else node.get(VIETNAMESE, english)

    def operation(self, path: str, node: Node) -> Operation:
        answer = node["responses"]["200"]["content"]["application/json"]["schema"]
        return Operation(
            id=node["operationId"],
            path=path,
            title=node["summary"] if self.english else node["x-summary-vi"],
            about=self.about(node),
            token="" if {} in node["security"] else scope_of(node["security"][0]),
            parameters=[self.line(one["name"], without_null(one["schema"])) for one in node["parameters"]],
            answer=shape_of(answer),
            statuses=sorted(node["responses"]),
        )

    def shape(self, name: str, node: Node) -> Shape:
        fields = [self.line(field, one) for field, one in node["properties"].items()]
        return Shape(name=name, about=self.about(node) if VIETNAMESE in node else "", fields=fields)

    def line(self, name: str, node: Node) -> Line:
        default = node.get("default")
        return Line(
            name=name,
            kind=self.kind(node),
            about=self.about(node),
            default="" if default in (None, "", []) else str(default),
        )

    def kind(self, node: Node) -> Kind:
        parts = list(self.kinds(node))
        shape = next((one.shape for one in parts if one.shape), "")
        return Kind(" · ".join(dict.fromkeys(one.words for one in parts)), shape)

    def kinds(self, node: Node) -> Iterator[Kind]:
        """Each alternative of a type."""
        if "anyOf" in node:
            for one in node["anyOf"]:
                yield from self.kinds(one)
        elif "$ref" in node:
            yield Kind(shape_of(node), shape_of(node))
        elif "enum" in node:
            yield Kind(" | ".join(node["enum"]))
        elif node.get("type") == "array":
            inner = self.kind(node["items"])
            yield Kind(self.pick(Said("danh sách {of}", "list of {of}").about(of=inner.words)), inner.shape)
        elif node.get("type") == "object":
            yield Kind(self.pick(Said("giá trị theo tên", "values by name")))
        else:
            yield Kind(
                self.pick(
                    SIMPLE[node.get("format", "")] if node.get("format") in SIMPLE else SIMPLE[node["type"]]
                )
            )


def without_null(node: Node) -> Node:
    """A parameter that may be left out says so by its default; one cannot send null."""
    if "anyOf" not in node:
        return node
    return {**node, "anyOf": [one for one in node["anyOf"] if one.get("type") != "null"]}


def shape_of(node: Node) -> str:
    return str(node["$ref"]).rpartition("/")[2]


def scope_of(scheme: Node) -> str:
    """The scope a security scheme asks for: "FiguresToken" stands for ``figures``."""
    return next(iter(scheme)).removesuffix("Token").lower()

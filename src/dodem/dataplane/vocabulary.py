"""The closed list of what definitions may say: kinds of value, functions, cleaning steps, names that are
always there.

One meaning each. A missing value has one law too: a comparison with a missing side does not hold, `a != b` is
exactly `NOT (a = b)`, a missing yes/no counts as no, and arithmetic on a missing value is missing. So every
condition is either true or false, and `NOT` never loses a row. How each word is written in an engine's SQL is
in ``render``; a test holds the two lists together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What a value is, whatever engine computes it."""

    TEXT = "text"
    WHOLE = "whole number"
    DAY = "day"
    MOMENT = "moment"
    TRUTH = "yes/no"
    LIST = "list of texts"


KIND_VI: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "chữ",
        Kind.WHOLE: "số nguyên",
        Kind.DAY: "ngày",
        Kind.MOMENT: "thời điểm",
        Kind.TRUTH: "đúng/sai",
        Kind.LIST: "danh sách",
    }
)

ORDERED = frozenset({Kind.TEXT, Kind.WHOLE, Kind.DAY, Kind.MOMENT})
ANY = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the vocabulary: the kinds each argument may have, and the kind it gives.

    `returns` None means: the kind of its first argument. `literal_arguments` must be written out in the
    definition.
    """

    name: str
    arguments: tuple[frozenset[Kind], ...]
    returns: Kind | None
    meaning: str
    literal_arguments: frozenset[int] = frozenset()


def _only(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds)


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        function.name: function
        for function in (
            Function("is_missing", (ANY,), Kind.TRUTH, "the value is missing"),
            Function("is_present", (ANY,), Kind.TRUTH, "the value is there"),
            Function(
                "matches",
                (_only(Kind.TEXT), _only(Kind.TEXT)),
                Kind.TRUTH,
                "the whole text has the shape of the regular expression (RE2)",
                frozenset({1}),
            ),
            Function(
                "starts_with",
                (_only(Kind.TEXT), _only(Kind.TEXT)),
                Kind.TRUTH,
                "the text begins with these characters",
            ),
            Function("length", (_only(Kind.TEXT),), Kind.WHOLE, "number of characters, counted after NFC"),
            Function("either", (ANY, ANY), None, "the first value, or the second where the first is missing"),
            Function("month_of", (_only(Kind.DAY, Kind.MOMENT),), Kind.DAY, "the first day of its month"),
            Function("year_of", (_only(Kind.DAY, Kind.MOMENT),), Kind.WHOLE, "its year"),
            Function("day_of", (_only(Kind.MOMENT),), Kind.DAY, "its day in Asia/Ho_Chi_Minh"),
            Function(
                "days_between",
                (_only(Kind.DAY), _only(Kind.DAY)),
                Kind.WHOLE,
                "calendar days from the first day to the second; negative when the second is earlier",
            ),
            Function(
                "contains", (_only(Kind.LIST), _only(Kind.TEXT)), Kind.TRUTH, "the list holds this very text"
            ),
            Function("count_of", (_only(Kind.LIST),), Kind.WHOLE, "how many texts the list holds"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """A name that needs no field. `where` says which definitions may use it."""

    kind: Kind
    where: frozenset[str]
    meaning: str


GIVEN: Mapping[str, Given] = MappingProxyType(
    {
        "as_of": Given(
            Kind.DAY, frozenset({"check", "indicator"}), "the day the version or figure is drawn up for"
        ),
        "delivered_on": Given(Kind.DAY, frozenset({"check"}), "the day the delivery arrived"),
        "times_in_delivery": Given(
            Kind.WHOLE, frozenset({"check"}), "how often this record's key occurs in the same delivery"
        ),
        "has_finding": Given(Kind.TRUTH, frozenset({"indicator"}), "at least one check failed on the record"),
    }
)


class FieldType(StrEnum):
    """What a field holds. Text is always tidied first: NFC, stray space squeezed, empty means missing."""

    TEXT = "text"
    CODE = "code"
    CHOICE = "choice"
    UNIT = "unit"
    INTEGER = "integer"
    MONEY = "money"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    LIST = "list"

    @property
    def kind(self) -> Kind:
        return _KIND_OF_TYPE[self]


_KIND_OF_TYPE: Mapping[FieldType, Kind] = MappingProxyType(
    {
        FieldType.TEXT: Kind.TEXT,
        FieldType.CODE: Kind.TEXT,
        FieldType.CHOICE: Kind.TEXT,
        FieldType.UNIT: Kind.TEXT,
        FieldType.INTEGER: Kind.WHOLE,
        FieldType.MONEY: Kind.WHOLE,
        FieldType.DATE: Kind.DAY,
        FieldType.DATETIME: Kind.MOMENT,
        FieldType.BOOLEAN: Kind.TRUTH,
        FieldType.LIST: Kind.LIST,
    }
)

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "upper": "write in capitals",
        "lower": "write in small letters",
        "drop_spaces": "remove every space",
        "digits_only": "keep the digits 0-9 only",
        "dash_is_missing": "a lone dash, N/A, null or “không có” means missing",
    }
)

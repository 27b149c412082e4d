"""The contract speaks two languages: each description is written once in Vietnamese and once in English."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from django.utils.translation import get_language
from ninja import Schema
from ninja.params import functions as parameters
from pydantic import Field
from pydantic_core import PydanticUndefined

VIETNAMESE = "x-description-vi"  # beside "description", which is English, as tools expect it


class InTwoLanguages(Protocol):
    @property
    def vi(self) -> str: ...
    @property
    def en(self) -> str: ...


class Said(NamedTuple):
    """One text in both languages; ``str`` gives the reader's."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi

    def about(self, **values: object) -> Said:
        """The text with its ``{places}`` filled."""
        return Said(self.vi.format(**values), self.en.format(**values))


def told(vi: str, en: str, *, default: Any = PydanticUndefined, **rules: Any) -> Any:
    """A field or parameter of the contract with its description; ``rules`` are pydantic's."""
    return Field(default, description=en, json_schema_extra={VIETNAMESE: vi}, **rules)


def told_in_path(vi: str, en: str) -> Any:
    """The same for a parameter within the address."""
    parameter = parameters.Path(..., description=en)
    parameter.json_schema_extra[VIETNAMESE] = vi
    return parameter


def spoken(summary: Said, description: Said, **further: Any) -> dict[str, Any]:
    """The texts of an operation, as its decorator takes them; ``further`` goes into the contract as it is."""
    return {
        "summary": summary.en,
        "description": description.en,
        "openapi_extra": {"x-summary-vi": summary.vi, VIETNAMESE: description.vi, **further},
    }


class Text(Schema):
    vi: str = told("Bằng tiếng Việt.", "In Vietnamese.")
    en: str = told("Bằng tiếng Anh.", "In English.")

    @classmethod
    def of(cls, words: InTwoLanguages) -> Text:
        return cls(vi=words.vi, en=words.en)

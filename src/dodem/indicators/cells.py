"""A value of a record as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from dodem.dataplane.definitions import Register
from dodem.dataplane.vocabulary import FieldType
from dodem.pages import formats
from dodem.registers.words import in_language


class Writer:
    """Writes the values of one register's records. ``units`` are names by code."""

    def __init__(self, register: Register, *, units: Mapping[str, str]) -> None:
        self.units = units
        self.types: Mapping[str, FieldType] = {field.name: field.type for field in register.fields}
        self.choices = {
            field.name: {choice.code: in_language(choice.title) for choice in field.choices}
            for field in register.fields
            if field.choices
        }

    def write(self, name: str, value: object) -> str:
        """ "" for what is missing: the page says so in words."""
        match value:
            case None | "":
                return ""
            case bool():
                return _("có") if value else _("không")
            case datetime():
                return formats.moment(value)
            case date():
                return formats.day(value)
            case list():
                return ", ".join(str(one) for one in value)
            case int():
                return formats.number(value) if self.is_amount(name) else str(value)
            case str() if self.types.get(name) is FieldType.UNIT:
                return self.units.get(value, value)
            case _:
                return self.choices.get(name, {}).get(str(value), str(value))

    def is_amount(self, name: str) -> bool:
        return self.types.get(name) is FieldType.MONEY

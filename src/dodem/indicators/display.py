"""A value in its measure, as a person reads it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from dodem.dataplane.definitions import MeasuredIn
from dodem.pages import formats

FEW = 10  # below so many answers a share says nothing
FEW_ANSWERS = frozenset({"feedback_satisfaction"})  # indicators whose denominator is people's answers
MILLION = 1_000_000


def shown(value: Decimal | int | None, measured_in: MeasuredIn, *, exact: bool = False) -> str:
    """ "94,4%", "1.264", "12.705 tỷ đồng"; ``exact`` keeps two decimals of a percentage. None is said in
    words.
    """
    if value is None:
        return _("chưa có số")
    match measured_in:
        case MeasuredIn.PERCENT:
            places = min(2, max(0, -int(Decimal(value).normalize().as_tuple().exponent))) if exact else 1
            return formats.percent(value, places)
        case MeasuredIn.COUNT:
            if exact and value >= MILLION:
                return _("%(number)s triệu") % {"number": formats.number(Decimal(value) / MILLION, 1)}
            return formats.number(value)
        case MeasuredIn.DONG:
            return formats.money(value)


def is_few(indicator: str, denominator: int | None) -> bool:
    """Whether a share rests on so few answers that it is not shown."""
    return indicator in FEW_ANSWERS and denominator is not None and 0 < denominator < FEW

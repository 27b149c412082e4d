"""Pieces that the boards' templates repeat: an open figure, what changed, since when a source is late."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dodem.boards.book import Trend
from dodem.boards.comparing import in_words
from dodem.indicators.figures import Figure
from dodem.pages.formats import number, points, short_day
from dodem.pages.templatetags.dodem import num, status

register = template.Library()


@register.simple_tag
def opened(figure: Figure | None, tone: str = "", words: str = "") -> SafeString:
    """A figure that opens, as itself or as ``words``; said in words where there is none."""
    if figure is None:
        return format_html('<span class="mut">{}</span>', _("chưa có số"))
    return num(words or in_words(figure), figure.url, tone=tone)


@register.simple_tag
def counted(figure: Figure | None, tone: str = "") -> SafeString:
    """A count that opens, coloured only where there is something to count."""
    return opened(figure, tone=tone if figure and figure.numerator else "")


@register.simple_tag
def change(trend: Trend) -> SafeString:
    """ "tăng 0,6 điểm so với tháng trước"; empty where either month is not known."""
    if trend.change is None or trend.now is None:
        return SafeString("")
    size = abs(trend.change)
    if not size:
        return format_html('<span class="delta">{}</span>', _("bằng tháng trước"))
    is_share = trend.now.measured_in.value == "percent"
    amount = points(size).removeprefix("+") if is_share else number(size)
    words = _("tăng %(amount)s") if trend.change > 0 else _("giảm %(amount)s")
    tone = f" delta--{trend.tone}" if trend.tone else ""
    return format_html(
        '<span class="delta{}">{}</span> {}', tone, words % {"amount": amount}, _("so với tháng trước")
    )


@register.simple_tag
def late_since(figure: Figure | None) -> SafeString:
    """The mark of a figure whose source is past its rhythm; empty otherwise."""
    if figure is None or not figure.stale:
        return SafeString("")
    if figure.stale_since is None:
        return status("none", _("nguồn chưa về lần nào"))
    return status("risk", _("nguồn chậm từ %(day)s") % {"day": short_day(figure.stale_since)})


@register.filter
def at(mapping: dict[str, object], key: str) -> object:
    """One entry of a mapping, or None."""
    return mapping.get(key)


@register.filter
def at_index(sequence: list[object], index: int) -> object:
    return sequence[index]

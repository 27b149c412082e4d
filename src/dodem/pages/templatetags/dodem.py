"""Tags and filters of every template: small marks, charts, formats, and the block tags of the components.

The settings make this library built in, so that templates need no ``{% load %}``. Names of statuses, grades
and icons are checked: a misspelt one raises when the page is rendered, not when a reader wonders.
"""

from datetime import date
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from dodem.pages import charts, formats, forms, hexmap, lines, links
from dodem.pages.tables import with_roles

register = template.Library()

STATUSES = ("late", "risk", "ok", "done", "done-late", "none")
GRADES = {
    "reconciled": ("scale", gettext_lazy("Đối soát"), gettext_lazy("Hai nguồn độc lập khớp nhau")),
    "measured": ("cpu", gettext_lazy("Máy ghi"), gettext_lazy("Hệ thống nghiệp vụ tự ghi")),
    "declared": ("pen-line", gettext_lazy("Tự khai"), gettext_lazy("Người nhập, chưa kiểm")),
}

# Formats -----------------------------------------------------------------------------------------

register.filter("vn", formats.number)
register.filter("pct", formats.percent)
register.filter("points", formats.points)
register.filter("dong", formats.money)
register.filter("file_size", formats.file_size)
register.filter("day", formats.day)
register.filter("short_day", formats.short_day)
register.filter("long_day", formats.long_day)
register.filter("clock", formats.clock)
register.filter("moment", formats.moment)
register.filter("short_moment", formats.short_moment)
register.filter("until", formats.until)
register.filter("ago", formats.ago)

# Charts: the tags take the arguments of the functions ---------------------------------------------

register.simple_tag(charts.spark)
register.simple_tag(charts.bar)
register.simple_tag(charts.stack)
register.simple_tag(charts.strip)
register.simple_tag(charts.pulse)
register.simple_tag(charts.column)
register.simple_tag(lines.line)
register.simple_tag(hexmap.hexmap)

# Marks -------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A Lucide icon of ``icons.svg``, decorative: ``{% icon "clock" %}``, ``{% icon "clock" "lg" %}``."""
    return format_html(
        '<svg class="i{}" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        f" i--{size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def shape(kind: str, css: str = "") -> SafeString:
    """The filled, coloured shape of a status, decorative: its word must stand beside it."""
    return format_html(
        '<svg class="k-{}{}" aria-hidden="true"><use href="{}#s-{}"/></svg>',
        _status(kind),
        f" {css}" if css else "",
        static("icons.svg"),
        kind,
    )


@register.simple_tag
def logo() -> SafeString:
    """The mark of the product, in the colour of the text around it."""
    return format_html('<svg aria-hidden="true"><use href="{}#logo"/></svg>', static("icons.svg"))


@register.simple_tag
def status(kind: str, words: str, fill: bool = False) -> SafeString:
    """A status: shape, word, colour. ``{% status "late" "Quá 4 ngày" %}``; ``fill=True`` in page heads."""
    return format_html(
        '<span class="st st--{}{}"><svg aria-hidden="true"><use href="{}#s-{}"/></svg>{}</span>',
        _status(kind),
        " st--fill" if fill else "",
        static("icons.svg"),
        kind,
        words,
    )


@register.simple_tag
def num(value: object, href: str = "", tone: str = "", panel: bool = True) -> SafeString:
    """A number that opens: ``{% num rate|pct figure.get_absolute_url %}``.

    It leads to the figure's page; with script the sheet opens in the side panel, unless ``panel=False`` (a
    link to a list) or ``href`` stays on this page. Without ``href`` (the reader may not open it) it is
    plain text.
    """
    if not href:
        return format_html("{}", value)
    return format_html(
        '<a class="num{}" href="{}"{}>{}</a>',
        f" num--{tone}" if tone else "",
        href,
        SafeString(" data-panel" if panel and not href.startswith("#") else ""),
        value,
    )


@register.simple_tag
def grade(name: str) -> SafeString:
    """How a figure is evidenced: ``reconciled``, ``measured`` or ``declared``."""
    symbol, words, meaning = GRADES[name]
    return format_html('<span class="grade" title="{}">{}{}</span>', meaning, icon(symbol), words)


@register.simple_tag
def sample(when: bool | None = None, words: str = "") -> SafeString:
    """The mark of made-up data: shown on a sample site, or with ``when`` exactly where that is true."""
    shown = bool(getattr(settings, "DODEM_SAMPLE", False)) if when is None else when
    if not shown:
        return SafeString("")
    return format_html('<span class="sample">{}</span>', words or gettext("dữ liệu mẫu"))


@register.simple_tag
def published(on: date | None = None, publisher: str = "") -> SafeString:
    """The mark of a figure that was published elsewhere: when, and by whom."""
    words = gettext("đã công bố")
    detail = ", ".join(part for part in (formats.day(on) if on else "", publisher) if part)
    return format_html('<span class="published">{}{} {}</span>', icon("file-check-2"), words, detail)


def _status(kind: str) -> str:
    if kind not in STATUSES:
        raise ValueError(f"no status {kind!r}; one of {', '.join(STATUSES)}")
    return kind


# Components ----------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endcomponent")
def component(content: SafeString, which: str, **values: Any) -> str:
    """``{% component "section" title="…" %}…{% endcomponent %}``: the component around the content."""
    return render_to_string(f"components/{which}.html", {**values, "content": content})


@register.simple_block_tag
def slot(content: SafeString) -> SafeString:
    """``{% slot as actions %}…{% endslot %}``: markup to hand to a component beside its content."""
    return content


@register.simple_block_tag
def table(content: SafeString, label: str) -> SafeString:
    """A table that scrolls sideways by itself: ``{% table "Nguồn" %}<table …>{% endtable %}``."""
    return format_html(
        '<div class="tw" tabindex="0" role="group" aria-label="{}">{}</div>',
        label,
        SafeString(with_roles(content)),
    )


# Links and forms -------------------------------------------------------------------------------------


@register.inclusion_tag("components/sort_th.html", takes_context=True)
def sort_th(context: template.Context, label: str, field: str, css: str = "") -> dict[str, object]:
    """A sortable column head: a link that sorts by ``field``, or turns the order if it is sorted so."""
    request = context["request"]
    current = request.GET.get("sort", "")
    order = {field: "ascending", f"-{field}": "descending"}.get(current, "")
    return {
        "label": label,
        "css": css,
        "order": order,
        "url": links.with_query(
            request, sort=f"-{field}" if current == field else field, page=None, after=None
        ),
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Any, label: str = "", target: str = "", push: bool = True
) -> dict[str, object]:
    """Numbered pages of a ``django.core.paginator.Page``.

    With ``target`` htmx swaps the element of that id; ``push=False`` inside the panel, which has its own
    history.
    """
    request = context["request"]
    numbers = [
        {
            "number": number,
            "url": "" if number == page.paginator.ELLIPSIS else links.with_query(request, page=number),
        }
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "page": page,
        "numbers": numbers,
        "label": label or gettext("Trang"),
        "target": target,
        "push": push,
        "previous": links.with_query(request, page=page.previous_page_number())
        if page.has_previous()
        else "",
        "next": links.with_query(request, page=page.next_page_number()) if page.has_next() else "",
    }


@register.filter
def control(field: Any) -> SafeString:
    """The widget of a form field with the class its kind needs."""
    return forms.control(field)


@register.filter
def layout(field: Any) -> str:
    """Which shape ``field.html`` gives a form field."""
    return forms.layout(field)


@register.filter
def anchor(field: Any) -> str:
    """Where a link to a form field leads."""
    return forms.anchor(field)

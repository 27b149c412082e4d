"""The units: the table of all, its file, the page of one, and what became of one that has ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import needs
from dodem.boards.comparing import in_words, out_of
from dodem.boards.history import history_of
from dodem.boards.unit_list import COLUMNS, KINDS, SHORT, Asked, Row, unit_list
from dodem.boards.unit_page import unit_page
from dodem.pages.csv_file import csv_response
from dodem.pages.parts import render_page
from dodem.units.models import Kind, Unit
from dodem.vietnam.text import nfc

A_PAGE = 60


def load_unit(code: str) -> Unit:
    """The unit that has this code today, or the last that had it."""
    found = Unit.objects.filter(code=code).order_by("-valid_to")
    living = found.valid(on=timezone.localdate()).first()
    unit = living or found.first()
    if unit is None:
        raise Http404
    return unit


def load_former(pk: int) -> Unit:
    return get_object_or_404(Unit, pk=pk)


@needs(Permission.UNIT_SEE)
@require_GET
def units(request: HttpRequest) -> HttpResponse:
    asked = asked_of(request)
    found = unit_list(asked, now=timezone.now())
    context = {
        "nav": "unit",
        "asked": asked,
        "found": found,
        "page": Paginator(found.rows, A_PAGE).get_page(request.GET.get("page")),
        "columns": [(code, _(SHORT[code])) for code in COLUMNS],
        "kinds": [(key, Kind(kind).label) for key, kind in KINDS.items()],
        "query_string": request.GET.urlencode(),
        "may_add": bool(can(request.user, Permission.UNIT_MANAGE)),
    }
    return render_page(request, "boards/units.html", context, parts={"bang-don-vi": "rows"})


@needs(Permission.UNIT_SEE)
@require_GET
def units_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table as filtered, all of it, each share with what stands behind it."""
    found = unit_list(asked_of(request), now=timezone.now())
    head = [_("Mã"), _("Tên"), _("Loại"), _("Tỉnh, thành trước 7/2025"), _("Dân số"), _("Vì sao thấy")]
    for code in COLUMNS:
        head += [_(SHORT[code]), _("%(what)s, đạt/tổng") % {"what": _(SHORT[code])}]
    return csv_response(f"don-vi-{timezone.localdate():%Y-%m-%d}.csv", head=head, rows=csv_rows(found.rows))


def csv_rows(rows: Sequence[Row]) -> Iterator[list[object]]:
    for row in rows:
        unit = row.unit
        cells: list[object] = [
            unit.code, unit.name, str(Kind(unit.kind).label), unit.former_area, unit.population, row.reason,
        ]  # fmt: skip
        for figure in row.figures:
            cells += [in_words(figure), out_of(figure) if figure else ""]
        yield cells


@needs(Permission.UNIT_SEE, on=load_unit)
@require_GET
def unit(request: HttpRequest, found: Unit) -> HttpResponse:
    if found.kind == Kind.CITY:
        return redirect("boards:leader")
    if found.kind == Kind.GROUP:
        return redirect("boards:units")
    if found.valid_to and found.valid_to < timezone.localdate():
        return show_former(request, found)
    page = unit_page(found, request.user, now=timezone.now())  # type: ignore[arg-type]
    return render(request, "boards/unit.html", {"nav": "unit", "page": page, "unit": found})


@needs(Permission.UNIT_SEE, on=load_former)
@require_GET
def former(request: HttpRequest, found: Unit) -> HttpResponse:
    if not found.valid_to or found.valid_to >= timezone.localdate():
        return redirect("boards:unit", code=found.code)
    return show_former(request, found)


def show_former(request: HttpRequest, unit: Unit) -> HttpResponse:
    return render(request, "boards/former.html", {"nav": "unit", "unit": unit, "history": history_of(unit)})


def asked_of(request: HttpRequest) -> Asked:
    given = request.GET
    kind = given.get("loai", "")
    return Asked(
        query=nfc(given.get("q", "")).strip()[:100],
        kind=kind if kind in KINDS else "",
        area=nfc(given.get("khu-vuc", ""))[:100],
        sort=given.get("sort", ""),
    )

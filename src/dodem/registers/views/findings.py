"""What has to be mended, and by whom: the list, its CSV, and one finding down to the line of the file."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dodem.access import personal
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.dataplane.store import NothingThere
from dodem.pages.csv_file import csv_response
from dodem.pages.parts import render_page
from dodem.registers import queries
from dodem.registers.forms import FindingFilter
from dodem.registers.models import Finding
from dodem.registers.raw_rows import RawRow, raw_row

A_PAGE = 50
SORTS = {
    "unit": "unit__sort_key",
    "check": "check_code",
    "severity": "severity",
    "row": "row_number",
}


def load_finding(pk: int) -> Finding:
    return get_object_or_404(
        Finding.objects.select_related("unit", "source__owner", "delivery__source", "version"), pk=pk
    )


@needs(Permission.FINDING_SEE)
@require_GET
def findings(request: StaffRequest) -> HttpResponse:
    form = FindingFilter(request.GET)
    found = form.narrow(queries.findings_seen_by(request.user)).order_by(*order(request))
    page = Paginator(found.select_related("unit", "source", "delivery"), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "nav": "data",
        "form": form,
        "page": page,
        "csv": f"?{request.GET.urlencode()}",
        "may_see_sources": bool(can(request.user, Permission.SOURCE_SEE)),
    }
    return render_page(request, "registers/findings.html", context, parts={"findings": "rows"})


def order(request: StaffRequest) -> list[str]:
    asked = request.GET.get("sort", "")
    field = SORTS.get(asked.removeprefix("-"))
    if field is None:
        return ["severity", "source", "delivery", "row_number", "pk"]
    return [f"-{field}" if asked.startswith("-") else field, "pk"]


@needs(Permission.FINDING_SEE)
@require_GET
def findings_csv(request: StaffRequest) -> StreamingHttpResponse:
    found = (
        FindingFilter(request.GET).narrow(queries.findings_seen_by(request.user)).order_by(*order(request))
    )
    head = [
        _("Nguồn"), _("Mã đơn vị"), _("Đơn vị"), _("Mã bản ghi"), _("Tệp"), _("Dòng"), _("Trường"),
        _("Đang ghi"), _("Vì sao"), _("Cách sửa"), _("Tiêu chí"), _("Mức"),
    ]  # fmt: skip
    return csv_response("du-lieu-can-sua.csv", head=head, rows=csv_rows(found))


def csv_rows(found: QuerySet[Finding]) -> Iterator[list[object]]:
    for finding in found.select_related("unit", "source", "delivery").iterator(chunk_size=1000):
        yield [
            finding.source.title,
            finding.unit.code,
            finding.unit.name,
            finding.record_key,
            finding.delivery.filename,
            finding.row_number,
            finding.field_title,
            finding.value,
            finding.message,
            finding.remedy,
            finding.word_title,
            finding.get_severity_display(),
        ]


@needs(Permission.FINDING_SEE, on=load_finding)
@require_GET
def finding(request: StaffRequest, shown: Finding) -> HttpResponse:
    return show(request, shown, row=row_of(shown), gate=personal.closed())


@needs(Permission.PERSONAL_SEE, on=load_finding)
@require_POST
def unmask(request: StaffRequest, shown: Finding) -> HttpResponse:
    """The row without its masks, once, for a stated purpose."""
    masked = row_of(shown)
    gate = personal.ask(
        request, subject=shown, fields=masked.hidden_fields, unit_code=shown.unit.code, at=timezone.now()
    )
    row = raw_row(shown.delivery, shown.row_number, unmask=True) if gate.is_open else masked
    return personal.sealed(show(request, shown, row=row, gate=gate))


def show(request: StaffRequest, shown: Finding, *, row: RawRow, gate: personal.Gate) -> HttpResponse:
    context = {
        "nav": "data",
        "finding": shown,
        "source": shown.source,
        "row": row,
        "gate": gate,
        "may_unmask": bool(can(request.user, Permission.PERSONAL_SEE, [shown.unit])),
        "unmask_url": reverse("registers:unmask_finding", args=[shown.pk]),
    }
    return render(request, "registers/finding.html", context, status=422 if gate.form.errors else 200)


def row_of(shown: Finding) -> RawRow:
    try:
        return raw_row(shown.delivery, shown.row_number)
    except NothingThere as error:
        raise Http404(str(error)) from error

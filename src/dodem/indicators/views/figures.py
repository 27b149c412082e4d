"""One figure as page and panel, its records, one row of a file beneath it."""

from __future__ import annotations

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dodem.access import personal
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.store import NothingThere
from dodem.indicators.models import Observation
from dodem.indicators.records import Asked, table_of
from dodem.indicators.reopen import Opened, reopen
from dodem.indicators.rows import FigureRow, row_behind
from dodem.indicators.sheet import language, sheet_of
from dodem.pages.parts import PANEL, render_page
from dodem.registers.models import Delivery
from dodem.registers.raw_rows import RawRow, raw_row


def load_observation(pk: int) -> Observation:
    """An observation whose indicator is still defined, with all that its page needs."""
    observation = get_object_or_404(
        Observation.objects.select_related("unit", "release__scopes", "version__source__owner"), pk=pk
    )
    if observation.indicator not in load_all().indicators:
        raise Http404
    return observation


def open_or_404(observation: Observation) -> Opened:
    try:
        return reopen(observation)
    except NothingThere as error:
        raise Http404(str(error)) from error


def load_row(pk: int, key: str, line: int) -> FigureRow:
    """A line of a file that stands behind a figure; any other line is not found."""
    opened = open_or_404(load_observation(pk))
    delivery = get_object_or_404(Delivery.objects.select_related("source__owner"), key=key)
    found = row_behind(opened, delivery, line)
    if found is None:
        raise Http404
    return found


@needs(Permission.FIGURE_SEE)
@require_GET
def figure(request: StaffRequest, pk: int) -> HttpResponse:
    """Open to everyone who may see figures: the city compares openly. What stands behind it is not."""
    sheet = sheet_of(load_observation(pk), user=request.user, asked=Asked.of(request.GET), now=timezone.now())
    context = {
        "nav": "figure",
        "sheet": sheet,
        "figure": sheet.figure,
        "observation": sheet.observation,
        "records": sheet.records,
        "address": request.build_absolute_uri(sheet.observation.get_absolute_url()),
    }
    return render_page(request, "indicators/figure.html", context, parts={PANEL: "sheet"})


@needs(Permission.FIGURE_RECORDS, on=load_observation)
@require_GET
def records(request: StaffRequest, observation: Observation) -> HttpResponse:
    """The records by themselves: where the numbers of the equation lead, and what the sheet swaps in."""
    opened = open_or_404(observation)
    context = {
        "nav": "figure",
        "observation": observation,
        "opened": opened,
        "records": table_of(opened, Asked.of(request.GET)),
    }
    parts = {f"ban-ghi-{observation.pk}": "records", PANEL: "sheet"}
    return render_page(request, "indicators/records.html", context, parts=parts)


@needs(Permission.FIGURE_RECORDS, on=load_observation)
@require_GET
def records_csv(request: StaffRequest, observation: Observation) -> StreamingHttpResponse:
    """All records of one part, streamed; personal fields stay masked."""
    pieces = open_or_404(observation).csv(part=Asked.of(request.GET).part, language=language())
    response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    name = f"{observation.indicator}-{observation.unit.code}-{observation.period_start:%Y-%m}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@needs(Permission.FIGURE_RECORDS, on=load_row)
@require_GET
def row(request: StaffRequest, found: FigureRow) -> HttpResponse:
    return show_row(request, found, raw_row(found.delivery, found.row_number), gate=personal.closed())


@needs(Permission.PERSONAL_SEE, on=load_row)
@require_POST
def unmask_row(request: StaffRequest, found: FigureRow) -> HttpResponse:
    """The row without its masks, once, for a stated purpose."""
    shown = raw_row(found.delivery, found.row_number)
    gate = personal.ask(
        request,
        subject=found.observation,
        fields=shown.hidden_fields,
        unit_code=found.observation.unit.code,
        at=timezone.now(),
    )
    if gate.is_open:
        shown = raw_row(found.delivery, found.row_number, unmask=True)
    return personal.sealed(show_row(request, found, shown, gate=gate))


def show_row(request: StaffRequest, found: FigureRow, shown: RawRow, *, gate: personal.Gate) -> HttpResponse:
    observation = found.observation
    place = [observation.pk, found.delivery.key, found.row_number]
    context = {
        "nav": "figure",
        "observation": observation,
        "opened": found.opened,
        "record": found.record,
        "row": shown,
        "gate": gate,
        "may_unmask": bool(can(request.user, Permission.PERSONAL_SEE, [observation.unit])),
        "unmask_url": reverse("indicators:unmask_row", args=place),
    }
    return render(request, "indicators/row.html", context, status=422 if gate.form.errors else 200)

"""What the city is dealing with, for everyone: map, list, open data, and the notice on personal data."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from dodem.feedback import catalogue, open_list
from dodem.feedback.open_list import Progress, Punctuality, Wanted
from dodem.feedback.views.doors import citizen
from dodem.feedback.wording import public_status
from dodem.pages import formats
from dodem.pages.csv_file import csv_response
from dodem.pages.hexmap import Cell, hexmap
from dodem.pages.links import with_query
from dodem.pages.ramps import Bad, Ramp
from dodem.units.models import Unit
from dodem.vietnam.units import tiles

ON_TIME = Ramp(limits=(85, 90, 93, 96), bad=Bad.LOW)


@citizen("everyone may know what the city is dealing with")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    units = list(Unit.objects.commune_level().valid(on=timezone.localdate(now)).in_order())
    wanted = _wanted(request, units)
    cases, after = open_list.page(wanted=wanted, at=now)
    context = {
        "rows": [(case, public_status(case, at=now)) for case in cases],
        "next": with_query(request, sau=after) if after else "",
        "units": units,
        "wanted": wanted,
        "categories": catalogue.offered(),
        "progress": [
            (Progress.OPEN, _("Đang xử lý")),
            (Progress.LATE, _("Quá hạn")),
            (Progress.ANSWERED, _("Đã trả lời")),
        ],
        "is_first": not wanted.after,
        "csv": reverse("feedback:open_data") + with_query(request, sau=None),
        "now": now,
    }
    if not wanted.after:
        context |= _map(units, open_list.punctuality(at=now))
    return render(request, "feedback/home.html", context)


def _map(units: list[Unit], by_unit: dict[int, Punctuality]) -> dict[str, object]:
    """The tile map of punctuality with its legend, the same figures as rows, and the city's own."""
    by_code = {unit.code: unit for unit in units}
    known = {unit.code: by_unit.get(unit.pk, Punctuality(0, 0)) for unit in units}
    cells = [
        Cell(
            tile=tile,
            name=by_code[tile.code].display_name,
            fill=ON_TIME.fill(known[tile.code].share),
            says=_punctual_words(known[tile.code]),
            href=f"?don-vi={tile.code}#danh-sach",
        )
        for tile in tiles()
        if tile.code in by_code
    ]
    shares = [figure.share for figure in known.values()]
    city = Punctuality(sum(f.in_time for f in by_unit.values()), sum(f.due for f in by_unit.values()))
    return {
        "map": hexmap(cells, label=_("Bản đồ phường, xã theo tỷ lệ trả lời đúng hẹn"), uid="dung-hen"),
        "legend": ON_TIME.legend(shares, show=lambda value: formats.percent(value, 0)),
        "unknown": shares.count(None),
        "city_says": _punctual_words(city),
    }


def _punctual_words(figure: Punctuality) -> str:
    if figure.share is None:
        return _("ít phản ánh, chưa tính tỷ lệ") if figure.due else _("chưa có phản ánh đến hạn")
    return _("%(share)s đúng hẹn, %(late)s/%(due)s trễ") % {
        "share": formats.percent(figure.share),
        "late": formats.number(figure.due - figure.in_time),
        "due": formats.number(figure.due),
    }


def _wanted(request: HttpRequest, units: list[Unit]) -> Wanted:
    """The filters of the address; what cannot be meant is left aside."""
    code, category = request.GET.get("don-vi", ""), request.GET.get("loai", "")
    progress = request.GET.get("tinh-trang", "")
    return Wanted(
        unit=next((unit for unit in units if unit.code == code), None),
        category=category if category in catalogue.categories() else "",
        progress=progress if progress in list(Progress) else "",
        after=request.GET.get("sau", ""),
    )


@citizen("open data: cases without anything their senders wrote")
@require_GET
def open_data(request: HttpRequest) -> HttpResponseBase:
    now = timezone.now()
    wanted = _wanted(request, list(Unit.objects.commune_level().valid(on=timezone.localdate(now))))
    rows = open_list.open_rows(wanted=wanted, at=now)
    return csv_response(f"phan-anh-{timezone.localdate(now)}.csv", head=open_list.HEAD, rows=rows)


@citizen("what is done with the data people leave")
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "feedback/privacy.html")

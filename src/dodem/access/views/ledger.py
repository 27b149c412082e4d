"""The ledger to read, to take along as a file, and to check."""

from __future__ import annotations

from dataclasses import astuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dodem.access import queries
from dodem.access.forms import LedgerForm
from dodem.access.roles import Permission
from dodem.access.web import StaffRequest, needs
from dodem.audit.verify import verify
from dodem.pages.csv_file import csv_response
from dodem.pages.links import with_query

LAST_CHECK = "ledger:last_check"
MOST_EXPORTED = 200_000


@needs(Permission.AUDIT_SEE)
@require_GET
def ledger(request: StaffRequest) -> HttpResponse:
    """Fifty events a page, newest first; ``before`` is the number that a page ends above."""
    form = LedgerForm(request.GET)
    wanted = form.wanted() if form.is_valid() else queries.EventFilter()
    before = request.GET.get("before", "")
    found = queries.events(request.user, wanted)
    if before.isdigit():
        found = found.filter(number__lt=min(int(before), 2**62))
    events = list(found[: queries.EVENTS_A_PAGE + 1])
    shown, more = events[: queries.EVENTS_A_PAGE], len(events) > queries.EVENTS_A_PAGE
    context = {
        "nav": "ledger",
        "form": form,
        "lines": list(queries.lines(shown)),
        "next": with_query(request, before=shown[-1].number) if more else "",
        "first": with_query(request, before=None) if before else "",
        "last_check": cache.get(LAST_CHECK),
        "filtered": wanted != queries.EventFilter(),
    }
    return render(request, "access/ledger.html", context)


@needs(Permission.AUDIT_SEE)
@require_GET
def ledger_file(request: StaffRequest) -> HttpResponseBase:
    """The same events as a CSV file, the newest 200,000 at most."""
    form = LedgerForm(request.GET)
    wanted = form.wanted() if form.is_valid() else queries.EventFilter()
    found = queries.events(request.user, wanted)[:MOST_EXPORTED]
    head = [
        _("Số"),
        _("Lúc"),
        _("Việc"),
        _("Người làm"),
        _("Vai trò"),
        _("Loại đối tượng"),
        _("Mã đối tượng"),
        _("Đơn vị"),
        _("Chi tiết"),
        _("Từ đâu"),
    ]
    rows = (
        (line.number, timezone.localtime(line.at).isoformat(timespec="seconds"), *astuple(line)[2:])
        for line in queries.lines(found.iterator(chunk_size=2000))
    )
    return csv_response("so-nhat-ky.csv", head=head, rows=rows)


@needs(Permission.AUDIT_SEE)
@require_POST
def check_ledger(request: StaffRequest) -> HttpResponse:
    """Walk the whole chain now and keep the result for the page."""
    report = verify(heads=settings.DODEM_DATA / "ledger.heads")
    cache.set(LAST_CHECK, {"at": timezone.now(), "report": report}, timeout=None)
    return redirect("access:ledger")

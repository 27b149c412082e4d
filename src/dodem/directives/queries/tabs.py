"""The tabs above the list of tasks, each with its count."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from dodem.directives.queries.counts import StateCounts
from dodem.pages.links import with_query


def tabs(request: HttpRequest, counts: StateCounts, *, current: str) -> list[tuple[str, int, str, bool]]:
    """(words, count, address, is current) in reading order."""
    shown = [
        (_("Đang mở"), counts.open, "dang-mo"),
        (_("Quá hạn"), counts.overdue, "qua-han"),
        (_("Sắp hạn"), counts.due_soon, "sap-han"),
        (_("Chờ xác nhận"), counts.awaiting, "cho-xac-nhan"),
        (_("Chưa có hạn"), counts.no_deadline, "chua-co-han"),
        (_("Hoàn thành"), counts.done, "hoan-thanh"),
        (_("Hoàn thành trễ"), counts.done_late, "hoan-thanh-tre"),
        (_("Đã rút"), counts.withdrawn, "da-rut"),
        (_("Tất cả"), counts.total + counts.withdrawn, "tat-ca"),
    ]
    return [
        (words, count, with_query(request, trang_thai=state, after=None), state == current)
        for words, count, state in shown
    ]

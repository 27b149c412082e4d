"""A task's state as a reader sees it: one shape, a few words. Shapes are those of the status components."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dodem.directives.workflow import Stage, Timing


@dataclass(frozen=True)
class Status:
    shape: str
    words: str


def status_of(stage: str, timing: str, *, due_on: date | None, on: date) -> Status:
    """The mark of a task on a day: "Quá 4 ngày", "Còn 7 ngày", "Hoàn thành trễ"."""
    if stage == Stage.WITHDRAWN:
        return Status("none", _("Đã rút"))
    if stage == Stage.DONE:
        return {
            Timing.IN_TIME: Status("done", _("Hoàn thành đúng hạn")),
            Timing.LATE: Status("done-late", _("Hoàn thành trễ")),
        }.get(Timing(timing), Status("done", _("Hoàn thành")))
    status = _open_status(timing, due_on=due_on, on=on)
    if stage == Stage.AWAITING:
        return Status(status.shape, _("%(status)s, chờ xác nhận") % {"status": status.words})
    return status


def _open_status(timing: str, *, due_on: date | None, on: date) -> Status:
    if due_on is None:
        return Status("none", _("Chưa có hạn"))
    left = (due_on - on).days
    if timing == Timing.OVERDUE:
        words = ngettext("Quá %(days)d ngày", "Quá %(days)d ngày", -left) % {"days": -left}
        return Status("late", words)
    if timing == Timing.DUE_SOON:
        words = ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", left) % {"days": left}
        return Status("risk", words if left else _("Đến hạn hôm nay"))
    return Status("ok", _("Đúng tiến độ"))

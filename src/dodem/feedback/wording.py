"""How a case is spoken of: its headline, its status, its promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.feedback import deadlines
from dodem.feedback.deadlines import Pace
from dodem.feedback.models import Case
from dodem.feedback.workflow import Result, State
from dodem.pages import formats
from dodem.vietnam.calendar import WorkingCalendar


@dataclass(frozen=True)
class Status:
    """A status mark: ``shape`` is one that the ``status`` tag draws, ``words`` stand beside it."""

    shape: str
    words: str


def deadline_status(case: Case, *, on: date) -> Status:
    """Where an open case stands against the day promised."""
    words = formats.until(case.current_due_on, on)
    shapes = {Pace.OVERDUE: "late", Pace.DUE_SOON: "risk"}
    open_pace = deadlines.pace(due_on=case.current_due_on, answered_on=None, today=on)
    return Status(shapes.get(open_pace, "ok"), words[:1].upper() + words[1:])


def queue_status(case: Case, *, at: datetime) -> Status:
    """For officers: the deadline while it is open, then what is waited for."""
    today = timezone.localdate(at)
    match case.state_at(at):
        case State.AT_DESK | State.IN_PROGRESS:
            return deadline_status(case, on=today)
        case State.AWAITING_CITIZEN:
            return Status("none", _("Chờ người gửi"))
        case State.CLOSED:
            return _ended(case, today)
        case other:
            return Status("none", str(other.label))


def public_status(case: Case, *, at: datetime) -> Status:
    """For everybody: what is being done, and whether it is late."""
    today = timezone.localdate(at)
    match case.state_at(at):
        case State.AT_DESK | State.IN_PROGRESS as state:
            if case.pace_on(today) == Pace.OVERDUE:
                return deadline_status(case, on=today)
            if case.current_due_on == today:
                return Status("risk", _("Đến hạn hôm nay"))
            return Status(
                "ok", _("Đang chờ phân công") if state == State.AT_DESK else _("Đang xử lý, đúng hẹn")
            )
        case State.AWAITING_CITIZEN | State.CLOSED:
            return _ended(case, today)
        case State.REFERRED:
            return Status("none", _("Thuộc thủ tục khác"))
        case State.WITHDRAWN:
            return Status("none", _("Đã rút"))
        case State.JOINED:
            return Status("none", _("Đã gộp"))


def _ended(case: Case, today: date) -> Status:
    if case.result == Result.DECLINED:
        return Status("none", _("Không xử lý được"))
    if case.pace_on(today) == Pace.ANSWERED_LATE:
        return Status("done-late", _("Đã trả lời, trễ hẹn"))
    return Status("done", _("Đã trả lời"))


def promise_words(case: Case, *, on: date, calendar: WorkingCalendar) -> str:
    """What the day promised means today: "Còn 2 ngày làm việc, đã trừ nghỉ Quốc khánh 02/09."."""
    promise = deadlines.promise(due_on=case.current_due_on, today=on, calendar=calendar)
    left = promise.working_days_left
    if on > promise.due_on:
        return _("Đã quá hẹn. Việc này đang nằm trên bảng của lãnh đạo.")
    if left == 0:
        return _("Hẹn trong hôm nay.")
    words = _("Còn %(n)s ngày làm việc") % {"n": left}
    if promise.days_off:
        off = ", ".join(f"{name} {formats.short_day(day, on)}" for day, name in promise.days_off)
        words = _("%(words)s, đã trừ ngày nghỉ %(off)s") % {"words": words, "off": off}
    return f"{words}."

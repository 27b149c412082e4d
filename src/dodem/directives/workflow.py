"""What a task's state is, and which moves it allows. Pure: dates and facts in, words out.

Two questions are kept apart. The *stage* says how far the work has come; the *timing* compares it with the
deadline that was first set. A task counts as done only when its report was accepted, and it was completed on
the day that report was posted: a slow verifier never makes a punctual unit late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dodem.vietnam.errors import UserError

DUE_SOON = timedelta(days=7)


class Stage(TextChoices):
    NOT_STARTED = "not_started", _("Chưa bắt đầu")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    AWAITING = "awaiting_verification", _("Chờ xác nhận")
    DONE = "done", _("Hoàn thành")
    WITHDRAWN = "withdrawn", _("Đã rút")


class Timing(TextChoices):
    IN_TIME = "in_time", _("Đúng hạn")
    LATE = "late", _("Trễ hạn")
    NOT_YET_DUE = "not_yet_due", _("Chưa đến hạn")
    DUE_SOON = "due_soon", _("Sắp đến hạn")
    OVERDUE = "overdue", _("Quá hạn")
    NO_DEADLINE = "no_deadline", _("Chưa có hạn")


class Outcome(TextChoices):
    ACCEPTED = "accepted", _("Xác nhận hoàn thành")
    RETURNED = "returned", _("Trả lại")


@dataclass(frozen=True)
class Report:
    """A unit's statement that the work is done, and what the standing office decided about it, when."""

    posted_on: date
    decided_on: date | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Facts:
    """All that a task's state follows from. Days are of Ho Chi Minh City."""

    assigned_on: date
    due_on: date | None = None
    started_on: date | None = None
    reports: tuple[Report, ...] = ()
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class State:
    """``days_left`` counts from the day asked about to the deadline; negative when it has passed."""

    stage: Stage
    timing: Timing
    completed_on: date | None = None
    days_left: int | None = None


def state_of(facts: Facts, *, on: date) -> State:
    """The state at the end of a day, from what was known on that day. Raises ValueError before assignment."""
    if facts.assigned_on > on:
        raise ValueError(f"not assigned before {facts.assigned_on}")
    stage, completed_on = _stage(facts, on)
    days_left = (facts.due_on - on).days if facts.due_on else None
    return State(stage, _timing(facts.due_on, completed_on, on), completed_on, days_left)


def _stage(facts: Facts, on: date) -> tuple[Stage, date | None]:
    if facts.withdrawn_on and facts.withdrawn_on <= on:
        return Stage.WITHDRAWN, None
    posted = [report for report in facts.reports if report.posted_on <= on]
    decided = [report for report in posted if report.decided_on and report.decided_on <= on]
    for report in decided:
        if report.outcome == Outcome.ACCEPTED:
            return Stage.DONE, report.posted_on
    if len(posted) > len(decided):
        return Stage.AWAITING, None
    if facts.started_on and facts.started_on <= on:
        return Stage.IN_PROGRESS, None
    return Stage.NOT_STARTED, None


def _timing(due_on: date | None, completed_on: date | None, on: date) -> Timing:
    if due_on is None:
        return Timing.NO_DEADLINE
    if completed_on is not None:
        return Timing.IN_TIME if completed_on <= due_on else Timing.LATE
    if due_on < on:
        return Timing.OVERDUE
    return Timing.DUE_SOON if due_on - on <= DUE_SOON else Timing.NOT_YET_DUE


class Move(TextChoices):
    START = "start", _("Nhận việc")
    UPDATE = "update", _("Cập nhật tiến độ")
    REPORT = "report", _("Báo cáo hoàn thành")
    RETURN = "return", _("Trả lại, yêu cầu bổ sung")
    CLOSE = "close", _("Xác nhận hoàn thành")
    REASSIGN = "reassign", _("Đổi đơn vị chủ trì")
    WITHDRAW = "withdraw", _("Rút nhiệm vụ")


OPEN = frozenset({Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.AWAITING})

ALLOWED: dict[Move, frozenset[Stage]] = {
    Move.START: frozenset({Stage.NOT_STARTED}),
    Move.UPDATE: OPEN,
    Move.REPORT: frozenset({Stage.NOT_STARTED, Stage.IN_PROGRESS}),
    Move.RETURN: frozenset({Stage.AWAITING}),
    Move.CLOSE: frozenset({Stage.AWAITING}),
    Move.REASSIGN: OPEN,
    Move.WITHDRAW: OPEN,
}


class InvalidMove(UserError):
    """The task is not at a stage from which this can be done."""

    def __init__(self, move: Move, stage: Stage) -> None:
        self.move, self.stage = move, stage
        super().__init__(
            gettext(
                "Không thể “%(move)s” khi nhiệm vụ đang ở trạng thái “%(stage)s”. "
                "Hãy tải lại trang để xem mới nhất."
            )
            % {"move": move.label, "stage": stage.label}
        )


def check_move(move: Move, *, stage: Stage) -> None:
    """Raise InvalidMove unless a task at this stage may make the move."""
    if stage not in ALLOWED[move]:
        raise InvalidMove(move, stage)

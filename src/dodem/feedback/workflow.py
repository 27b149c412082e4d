"""What may happen to a case and where that leaves it. Pure.

A case is its opening and a list of steps. ``after`` folds one step into the standing; the row of a case
keeps the standing as the last step left it, and ``replay`` makes it anew from the steps, for today or for
any earlier moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Protocol

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class InvalidMove(Exception):
    """The case does not stand where this could happen. The message is for the person who tried."""


class State(models.TextChoices):
    AT_DESK = "at_desk", gettext_lazy("Chờ phân công")
    IN_PROGRESS = "in_progress", gettext_lazy("Đang xử lý")
    AWAITING_CITIZEN = "awaiting_citizen", gettext_lazy("Đã trả lời, chờ người gửi xác nhận")
    CLOSED = "closed", gettext_lazy("Đã đóng")
    REFERRED = "referred", gettext_lazy("Hướng dẫn sang khiếu nại, tố cáo")
    WITHDRAWN = "withdrawn", gettext_lazy("Người gửi đã rút")
    JOINED = "joined", gettext_lazy("Đã gộp vào việc khác")


OPEN = frozenset({State.AT_DESK, State.IN_PROGRESS})


class Step(models.TextChoices):
    ROUTED = "routed", gettext_lazy("Giao đơn vị xử lý")
    TRANSFERRED = "transferred", gettext_lazy("Chuyển đơn vị khác")
    RETURNED = "returned", gettext_lazy("Trả về nơi điều phối")
    PROGRESS = "progress", gettext_lazy("Báo tiến độ")
    ANSWERED = "answered", gettext_lazy("Đã xử lý xong")
    DECLINED = "declined", gettext_lazy("Không xử lý được")
    REFERRED = "referred", gettext_lazy("Hướng dẫn sang khiếu nại, tố cáo")
    INFORMED = "informed", gettext_lazy("Người gửi bổ sung")
    RATED = "rated", gettext_lazy("Người gửi chấm")
    REOPENED = "reopened", gettext_lazy("Người gửi phản ánh lại")
    COMPLAINED = "complained", gettext_lazy("Có khiếu nại về kết quả")
    WITHDRAWN = "withdrawn", gettext_lazy("Người gửi rút")
    JOINED = "joined", gettext_lazy("Gộp vào việc khác")


class Result(models.TextChoices):
    DONE = "done", gettext_lazy("Đã xong")
    DECLINED = "declined", gettext_lazy("Không xử lý được")


# From which states each step may be taken; ``check_move`` looks at the answer, too, where one is judged.
MOVES: dict[Step, frozenset[State]] = {
    Step.ROUTED: frozenset({State.AT_DESK}),
    Step.TRANSFERRED: frozenset({State.IN_PROGRESS}),
    Step.RETURNED: frozenset({State.IN_PROGRESS}),
    Step.PROGRESS: frozenset({State.IN_PROGRESS}),
    Step.ANSWERED: frozenset({State.IN_PROGRESS}),
    Step.DECLINED: OPEN,
    Step.REFERRED: OPEN,
    Step.INFORMED: OPEN,
    Step.RATED: frozenset({State.AWAITING_CITIZEN, State.CLOSED}),
    Step.REOPENED: frozenset({State.AWAITING_CITIZEN, State.CLOSED}),
    Step.COMPLAINED: frozenset({State.AWAITING_CITIZEN, State.CLOSED, State.IN_PROGRESS}),
    Step.WITHDRAWN: OPEN,
    Step.JOINED: OPEN,
}


@dataclass(frozen=True)
class Standing:
    """What counts of everything that happened.

    ``first_answered_at`` and ``_on`` (the city's calendar) are of the first final answer, the one that
    punctuality is measured by; ``answered_at`` is the answer that stands now (None while reopened).
    ``rating`` (1 to 5) is the lowest given to the last rated answer.
    """

    at_desk: bool = True
    routed_at: datetime | None = None
    transfers: int = 0
    first_answered_at: datetime | None = None
    first_answered_on: date | None = None
    answered_at: datetime | None = None
    result: str = ""
    decline_reason: str = ""
    rating: int | None = None
    rated_at: datetime | None = None
    reopened_at: datetime | None = None
    complained_at: datetime | None = None
    referred_at: datetime | None = None
    withdrawn_at: datetime | None = None
    joined_at: datetime | None = None


class Fact(Protocol):
    """The part of a step that moves a case."""

    @property
    def kind(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def rating(self) -> int | None: ...
    @property
    def reason(self) -> str: ...


def state_of(standing: Standing, *, at: datetime, days_to_reopen: int) -> State:
    """Where the case stands at a moment. The queryset's annotation says the same in SQL."""
    if standing.joined_at:
        return State.JOINED
    if standing.withdrawn_at:
        return State.WITHDRAWN
    if standing.referred_at:
        return State.REFERRED
    if standing.answered_at:
        rated = standing.rated_at is not None and standing.rated_at >= standing.answered_at
        open_until = standing.answered_at + timedelta(days=days_to_reopen)
        return State.CLOSED if rated or open_until <= at else State.AWAITING_CITIZEN
    return State.AT_DESK if standing.at_desk else State.IN_PROGRESS


def may_judge(standing: Standing, *, at: datetime, days_to_reopen: int) -> bool:
    """Whether the senders may still rate the answer or report again."""
    ended = standing.joined_at or standing.withdrawn_at or standing.referred_at
    answered_at = standing.answered_at
    return not ended and answered_at is not None and at < answered_at + timedelta(days=days_to_reopen)


def check_move(standing: Standing, step: Step, *, at: datetime, days_to_reopen: int) -> None:
    """Raises InvalidMove unless the step may be taken at that moment."""
    state = state_of(standing, at=at, days_to_reopen=days_to_reopen)
    if state not in MOVES[step]:
        raise InvalidMove(
            _("Việc này đang ở bước “%(state)s”, không làm được “%(step)s”.")
            % {"state": state.label, "step": step.label}
        )
    if step in (Step.RATED, Step.REOPENED) and not may_judge(standing, at=at, days_to_reopen=days_to_reopen):
        raise InvalidMove(_("Đã quá %(days)s ngày kể từ khi có trả lời.") % {"days": days_to_reopen})
    if step == Step.COMPLAINED and standing.first_answered_at is None:
        raise InvalidMove(_("Chưa có trả lời nào để khiếu nại."))


def after(standing: Standing, fact: Fact) -> Standing:
    """The standing once a step has been taken. Whether it could be is asked by ``check_move``."""
    at = fact.at
    match Step(fact.kind):
        case Step.ROUTED:
            return replace(standing, at_desk=False, routed_at=standing.routed_at or at)
        case Step.TRANSFERRED:
            return replace(standing, transfers=standing.transfers + 1)
        case Step.RETURNED:
            return replace(standing, at_desk=True, transfers=standing.transfers + 1)
        case Step.ANSWERED | Step.DECLINED as kind:
            return replace(
                standing,
                first_answered_at=standing.first_answered_at or at,
                first_answered_on=standing.first_answered_on or timezone.localdate(at),
                answered_at=at,
                result=(Result.DONE if kind == Step.ANSWERED else Result.DECLINED).value,
                decline_reason=fact.reason,
            )
        case Step.RATED:
            in_this_round = (
                standing.rated_at and standing.answered_at and standing.rated_at >= standing.answered_at
            )
            ratings = [r for r in (fact.rating, standing.rating if in_this_round else None) if r is not None]
            return replace(standing, rating=min(ratings), rated_at=at)
        case Step.REOPENED:
            return replace(standing, answered_at=None, result="", decline_reason="", reopened_at=at)
        case Step.COMPLAINED:
            return replace(standing, complained_at=standing.complained_at or at)
        case Step.REFERRED:
            return replace(standing, referred_at=at)
        case Step.WITHDRAWN:
            return replace(standing, withdrawn_at=at)
        case Step.JOINED:
            return replace(standing, joined_at=at)
        case Step.PROGRESS | Step.INFORMED:
            return standing


def replay(facts: Iterable[Fact]) -> Standing:
    """The standing of a case from its steps, oldest first."""
    standing = Standing()
    for fact in facts:
        standing = after(standing, fact)
    return standing


# Five steps as a citizen sees them.
CITIZEN_STEPS = (
    gettext_lazy("Đã nhận"),
    gettext_lazy("Đã giao"),
    gettext_lazy("Đang xử lý"),
    gettext_lazy("Trả lời"),
    gettext_lazy("Bạn xác nhận"),
)


def citizen_step(state: State) -> int:
    """Which of the five steps the case is at, counted from 0; 5 when all are behind it."""
    match state:
        case State.AT_DESK:
            return 1
        case State.IN_PROGRESS:
            return 2
        case State.AWAITING_CITIZEN:
            return 4
        case _:
            return 5

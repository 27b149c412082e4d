"""What waits for a decision: the few tasks a leader should look at today, and what is asked of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, zip_longest
from typing import Any

from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.directives.models.states import end_of
from dodem.directives.models.tasks import Task
from dodem.directives.wording import status_of
from dodem.directives.workflow import Stage, Timing

PATIENCE = timedelta(days=3)  # a report may wait so long for its answer

REASONS = ("waiting", "blocked", "overdue", "no_deadline")


@dataclass(frozen=True)
class DecisionNeeded:
    """``reason`` is one of REASONS; ``ask`` is what has to be decided; ``days`` how long it has waited."""

    reason: str
    code: str
    title: str
    url: str
    owner: str
    ask: str
    shape: str
    words: str
    due_on: date | None
    days: int


def need_decision(user: User, *, on: date, limit: int = 7) -> list[DecisionNeeded]:
    """The tasks that most need a decision, each reason in its turn, the longest waiting first. One query."""
    waits = Case(
        When(Q(reported_at__lt=end_of(on - PATIENCE)), then=Value("waiting")),
        When(~Q(stage=Stage.AWAITING) & ~Q(bottleneck=""), then=Value("blocked")),
        When(~Q(stage=Stage.AWAITING) & Q(timing=Timing.OVERDUE), then=Value("overdue")),
        When(Q(timing=Timing.NO_DEADLINE), then=Value("no_deadline")),
        default=Value(""),
    )
    tasks: Any = (
        Task.objects.visible_to(user).with_state(on=on).open().with_bottleneck(on=on).annotate(reason=waits)
    )
    place = Window(
        RowNumber(),
        partition_by=F("reason"),
        order_by=[F("due_on").asc(nulls_last=True), F("assigned_at").asc(), F("pk").asc()],
    )
    chosen = (
        tasks.exclude(reason="").annotate(place=place).filter(place__lte=limit).select_related("lead_unit")
    )
    by_reason: dict[str, list[DecisionNeeded]] = {reason: [] for reason in REASONS}
    for task in chosen.order_by("place", "pk"):
        by_reason[task.reason].append(_decision(task, task.reason, on=on))
    order = ("overdue", "waiting", "blocked", "no_deadline")
    turns = chain.from_iterable(zip_longest(*(by_reason[reason] for reason in order)))
    return [decision for decision in turns if decision is not None][:limit]


def _decision(task: Task, reason: str, *, on: date) -> DecisionNeeded:
    status = status_of(task.stage, task.timing, due_on=task.due_on, on=on)
    since = timezone.localdate(task.reported_at or task.assigned_at)
    if reason == "overdue" and task.due_on:
        since = task.due_on
    days = (on - since).days
    ask = {
        "overdue": _("Yêu cầu giải trình và chốt ngày xong"),
        "waiting": _("Xác nhận hoàn thành hoặc trả lại báo cáo đã chờ %(days)d ngày") % {"days": days},
        "blocked": _("Tháo gỡ: %(what)s") % {"what": _shortened(task.bottleneck)},
        "no_deadline": _("Giao lại với ngày cụ thể, hoặc rút nhiệm vụ"),
    }[reason]
    return DecisionNeeded(
        reason=reason,
        code=task.code,
        title=task.title,
        url=reverse("directives:task", args=[task.code]),
        owner=task.lead_unit.display_name,
        ask=ask,
        shape=status.shape,
        words=status.words,
        due_on=task.due_on,
        days=days,
    )


def _shortened(text: str, *, words: int = 14) -> str:
    parts = text.split()
    return " ".join(parts[:words]) + ("…" if len(parts) > words else "")

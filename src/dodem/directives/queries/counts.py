"""How many tasks stand where: one query for a whole list, and the same for one unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from dodem.directives.models.tasks import Task
from dodem.directives.queries.lists import TaskRow, task_rows
from dodem.directives.workflow import Stage, Timing
from dodem.pages.charts import Part
from dodem.units.models import Unit

URGENT = 5


@dataclass(frozen=True)
class StateCounts:
    """Tasks by state. All but ``withdrawn`` and ``awaiting`` are parts of ``total`` and add up to it."""

    done_in_time: int = 0
    done_late: int = 0
    done_without_deadline: int = 0
    on_track: int = 0
    due_soon: int = 0
    overdue: int = 0
    no_deadline: int = 0
    withdrawn: int = 0
    awaiting: int = 0

    @property
    def done(self) -> int:
        return self.done_in_time + self.done_late + self.done_without_deadline

    @property
    def open(self) -> int:
        return self.on_track + self.due_soon + self.overdue + self.no_deadline

    @property
    def total(self) -> int:
        return self.done + self.open

    @property
    def parts(self) -> list[Part]:
        """In the fixed order of a stacked bar; empty parts left out."""
        parts = [
            Part(self.done_in_time + self.done_without_deadline, "done", _("hoàn thành đúng hạn")),
            Part(self.done_late, "done-late", _("hoàn thành trễ")),
            Part(self.on_track, "ok", _("đúng tiến độ")),
            Part(self.due_soon, "risk", _("sắp hạn")),
            Part(self.overdue, "late", _("quá hạn")),
            Part(self.no_deadline, "none", _("chưa có hạn")),
        ]
        return [part for part in parts if part.count]

    @property
    def spoken(self) -> str:
        """The same bar in words."""
        return ", ".join(f"{part.count} {part.name}" for part in self.parts)


def count_states(tasks: QuerySet[Any]) -> StateCounts:
    """Count tasks that carry their state (``with_state``). One query."""
    counts: dict[str, int] = {}
    grouped = tasks.order_by().values("stage", "timing").annotate(count=Count("pk"))
    for row in grouped:
        field = _field(row["stage"], row["timing"])
        counts[field] = counts.get(field, 0) + row["count"]
        if row["stage"] == Stage.AWAITING:
            counts["awaiting"] = counts.get("awaiting", 0) + row["count"]
    return StateCounts(**counts)


def _field(stage: str, timing: str) -> str:
    if stage == Stage.WITHDRAWN:
        return "withdrawn"
    if stage == Stage.DONE:
        return {Timing.IN_TIME: "done_in_time", Timing.LATE: "done_late"}.get(
            Timing(timing), "done_without_deadline"
        )
    return {
        Timing.OVERDUE: "overdue",
        Timing.DUE_SOON: "due_soon",
        Timing.NO_DEADLINE: "no_deadline",
    }.get(Timing(timing), "on_track")


@dataclass(frozen=True)
class UnitTasks:
    """The tasks a unit and its subtree lead: counts, and the open ones that press most."""

    counts: StateCounts
    urgent: list[TaskRow]


def of_unit(unit: Unit, *, on: date) -> UnitTasks:
    """A unit's tasks as they stood at the end of a day. Three queries."""
    led = Task.objects.led_beneath(unit).with_state(on=on)
    pressing = led.open().filter(due_on__isnull=False).order_by("due_on", "pk")[:URGENT]
    return UnitTasks(counts=count_states(led), urgent=task_rows(pressing, on=on))

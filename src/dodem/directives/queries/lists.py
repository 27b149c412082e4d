"""The list of tasks: filtered, sorted, read page by page from where the last page ended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from dodem.access.models import User
from dodem.access.rules import own_unit
from dodem.directives.models import Programme
from dodem.directives.models.tasks import Task, TaskQuerySet
from dodem.directives.wording import Status, status_of
from dodem.directives.workflow import Stage, Timing
from dodem.vietnam.text import fold

PAGE = 50
NEVER = date.max

_OPEN = Q(is_open=True)
STATES: dict[str, Q] = {
    "dang-mo": _OPEN,
    "qua-han": _OPEN & Q(timing=Timing.OVERDUE),
    "sap-han": _OPEN & Q(timing=Timing.DUE_SOON),
    "dung-tien-do": _OPEN & Q(timing=Timing.NOT_YET_DUE),
    "cho-xac-nhan": Q(stage=Stage.AWAITING),
    "chua-co-han": _OPEN & Q(timing=Timing.NO_DEADLINE),
    "vuong-mac": _OPEN & ~Q(bottleneck=""),
    "hoan-thanh": Q(stage=Stage.DONE),
    "hoan-thanh-tre": Q(stage=Stage.DONE, timing=Timing.LATE),
    "da-rut": Q(stage=Stage.WITHDRAWN),
    "tat-ca": Q(),
}
WINDOWS = {"7": 7, "30": 30, "90": 90}
SORTS = {"due": ("due_key", "pk"), "unit": ("lead_unit__sort_key", "pk"), "code": ("pk",)}


@dataclass(frozen=True)
class TaskFilter:
    """What a reader asked of the list; ``due_within`` in days, ``sort`` a key of SORTS, "-" turns it."""

    query: str = ""
    state: str = "dang-mo"
    programme: str = ""
    unit: str = ""
    due_within: int | None = None
    mine: bool = False
    sort: str = "due"

    def apply(self, tasks: TaskQuerySet, *, user: User, on: date, with_state: bool = True) -> TaskQuerySet:
        """The tasks that fit; ``with_state=False`` leaves the tab aside, so that tabs can be counted."""
        tasks = tasks.matching(self.query) if self.query else tasks
        if self.programme:
            tasks = tasks.filter(programmes__code=self.programme)
        if self.unit:
            tasks = tasks.filter(
                Q(lead_unit__code=self.unit) | Q(lead_unit__search_key__contains=fold(self.unit))
            )
        if self.due_within is not None:
            tasks = tasks.filter(due_on__lte=on + timedelta(days=self.due_within))
        if self.mine:
            unit = own_unit(user)
            mine = Q(assigned_by=user)
            if unit is not None and unit.parent_id is not None:
                mine |= Q(lead_unit__path__startswith=unit.path)
            tasks = tasks.filter(mine)
        return tasks.filter(STATES[self.state]) if with_state else tasks


@dataclass(frozen=True)
class TaskRow:
    """One task as a list shows it."""

    code: str
    title: str
    url: str
    lead: str
    lead_code: str
    due_on: date | None
    status: Status
    stage: str
    timing: str
    completed_on: date | None
    bottleneck: str
    is_sample: bool
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskList:
    """``after`` continues the list; "" on its last page."""

    rows: list[TaskRow]
    after: str
    tasks: TaskQuerySet = field(repr=False)


def base(user: User, *, on: date) -> TaskQuerySet:
    """What the user may see, each with its state and what stands in its way."""
    return Task.objects.visible_to(user).with_state(on=on).with_bottleneck(on=on)


def task_list(user: User, wanted: TaskFilter, *, on: date, after: str = "") -> TaskList:
    """One page of the list. Two queries."""
    tasks = sort(wanted.apply(base(user, on=on), user=user, on=on), wanted.sort)
    fields, descending = _order(wanted.sort)
    page = list(
        _beyond(tasks, fields, descending, after)
        .select_related("lead_unit", "directive")
        .prefetch_related("programmes")[: PAGE + 1]
    )
    more = len(page) > PAGE
    page = page[:PAGE]
    cursor = _cursor(page[-1], fields) if more else ""
    return TaskList([row_of(task, on=on, programmes=True) for task in page], cursor, tasks)


def sort(tasks: TaskQuerySet, by: str) -> TaskQuerySet:
    """In a total order: by deadline (none last), by unit as Vietnamese sorts, or by code."""
    fields, descending = _order(by)
    tasks = tasks.annotate(due_key=Coalesce("due_on", Value(NEVER), output_field=DateField()))
    return tasks.order_by(*(f"-{name}" if descending else name for name in fields))


def task_rows(tasks: Any, *, on: date) -> list[TaskRow]:
    """Rows of tasks that carry their state; programmes are not read. One query."""
    return [row_of(task, on=on) for task in tasks.select_related("lead_unit", "directive")]


def row_of(task: Task, *, on: date, programmes: bool = False) -> TaskRow:
    return TaskRow(
        code=task.code,
        title=task.title,
        url=reverse("directives:task", args=[task.code]),
        lead=task.lead_unit.display_name,
        lead_code=task.lead_unit.code,
        due_on=task.due_on,
        status=status_of(task.stage, task.timing, due_on=task.due_on, on=on),
        stage=task.stage,
        timing=task.timing,
        completed_on=task.completed_on,
        bottleneck=getattr(task, "bottleneck", ""),
        is_sample=bool(task.directive and task.directive.is_sample),
        programmes=tuple(programme.code for programme in task.programmes.all()) if programmes else (),
    )


def programme_codes() -> list[str]:
    return list(Programme.objects.values_list("code", flat=True))


def _order(by: str) -> tuple[tuple[str, ...], bool]:
    name = by.removeprefix("-")
    return SORTS.get(name, SORTS["due"]), by.startswith("-")


def _beyond(tasks: TaskQuerySet, fields: tuple[str, ...], descending: bool, after: str) -> TaskQuerySet:
    """The rows after a cursor. A cursor that cannot be read starts the list anew."""
    if not after:
        return tasks
    *values, key = after.rsplit("~", 1) if len(fields) > 1 else [after]
    if not key.isdigit():
        return tasks
    step = "lt" if descending else "gt"
    if not values:
        return tasks.filter(**{f"pk__{step}": int(key)})
    value: Any = values[0]
    if fields[0] == "due_key":
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return tasks
    first = fields[0]
    return tasks.filter(Q(**{f"{first}__{step}": value}) | Q(**{first: value, f"pk__{step}": int(key)}))


def _cursor(task: Task, fields: tuple[str, ...]) -> str:
    values = {"due_key": task.due_on or NEVER, "lead_unit__sort_key": task.lead_unit.sort_key, "pk": task.pk}
    return "~".join(str(values[name]) for name in fields)

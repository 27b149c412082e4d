"""Give a task, take it on, hand it to another unit, take it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record, take_turn
from dodem.directives.models import Directive, Draft, Programme, Task
from dodem.directives.workflow import Move, check_move
from dodem.units.models import Kind as UnitKind
from dodem.units.models import Unit
from dodem.vietnam.errors import UserError
from dodem.vietnam.text import fold, nfc


class CannotLead(UserError):
    """A unit that cannot be the one that answers for a task."""


class NoReason(UserError):
    """A step that must be explained came without a reason."""

    def __init__(self) -> None:
        super().__init__(_("Hãy nêu lý do để đơn vị biết phải làm gì."))


@transaction.atomic
def assign_task(
    *,
    title: str,
    lead_unit: Unit,
    by: User | None,
    at: datetime,
    due_on: date | None = None,
    coordinating: Iterable[Unit] = (),
    programmes: Iterable[Programme] = (),
    deliverable: str = "",
    weight: int = 1,
    directive: Directive | None = None,
    draft: Draft | None = None,
    start: int | None = None,
    end: int | None = None,
    figure_reference: str = "",
) -> Task:
    """Give one unit a task, numbered in the year of ``at``. Raises CannotLead."""
    _check_lead(lead_unit, on=timezone.localdate(at))
    take_turn()  # the ledger's queue also keeps the numbers without gaps
    year = timezone.localtime(at).year
    number = (Task.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1
    code = f"NV-{year}-{number:04d}"
    title = nfc(title).strip()
    task = Task.objects.create(
        year=year,
        number=number,
        code=code,
        title=title,
        lead_unit=lead_unit,
        due_on=due_on,
        deliverable=nfc(deliverable).strip(),
        weight=weight,
        directive=directive,
        draft=draft,
        start=start,
        end=end,
        figure_reference=figure_reference,
        assigned_at=at,
        assigned_by=by,
        search_key=fold(f"{code} {title} {directive.document_number if directive else ''}")[:800],
    )
    helpers = [unit for unit in coordinating if unit != lead_unit]
    task.coordinating.set(helpers)
    task.programmes.set(programmes)
    record(
        Kind.TASK_ASSIGNED,
        task,
        by=by,
        at=at,
        unit_code=lead_unit.code,
        due_on=due_on.isoformat() if due_on else None,
        coordinating=[unit.code for unit in helpers],
    )
    return task


@transaction.atomic
def start_task(*, task: Task, by: User | None, at: datetime) -> Task:
    """The lead unit takes the task on. Raises InvalidMove when it had been taken on before."""
    task = locked(task)
    check_move(Move.START, stage=task.state(on=timezone.localdate(at)).stage)
    mark_started(task, by=by, at=at)
    record(Kind.TASK_STARTED, task, by=by, at=at, unit_code=task.lead_unit.code)
    return task


@transaction.atomic
def reassign_task(*, task: Task, to: Unit, reason: str, by: User | None, at: datetime) -> Task:
    """Make another unit answer for an open task; the deadline stays.

    Raises InvalidMove, CannotLead, NoReason.
    """
    task = locked(task)
    check_move(Move.REASSIGN, stage=task.state(on=timezone.localdate(at)).stage)
    _check_lead(to, on=timezone.localdate(at))
    reason = needed(reason)
    if to == task.lead_unit:
        raise CannotLead(_("%(unit)s đang chủ trì nhiệm vụ này rồi.") % {"unit": to.display_name})
    before, task.lead_unit = task.lead_unit, to
    task.save(update_fields=["lead_unit"])
    task.coordinating.remove(to)
    record(Kind.TASK_REASSIGNED, task, by=by, at=at, unit_code=to.code, before=before.code, reason=reason)
    return task


@transaction.atomic
def withdraw_task(*, task: Task, reason: str, by: User | None, at: datetime) -> Task:
    """Take an open task back; it counts in no rate from that day on. Raises InvalidMove, NoReason."""
    task = locked(task)
    check_move(Move.WITHDRAW, stage=task.state(on=timezone.localdate(at)).stage)
    task.withdrawn_at, task.withdrawn_by, task.withdrawn_reason = at, by, needed(reason)[:600]
    task.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(Kind.TASK_WITHDRAWN, task, by=by, at=at, unit_code=task.lead_unit.code)
    return task


def locked(task: Task) -> Task:
    """The task fresh, and nobody else's until the transaction ends."""
    return Task.objects.select_for_update(of=("self",)).select_related("lead_unit").get(pk=task.pk)


def mark_started(task: Task, *, by: User | None, at: datetime) -> None:
    if task.started_at is None:
        task.started_at, task.started_by = at, by
        task.save(update_fields=["started_at", "started_by"])


def needed(reason: str) -> str:
    """A reason, cleaned. Raises NoReason when it says nothing."""
    reason = nfc(reason).strip()
    if not reason:
        raise NoReason
    return reason


def _check_lead(unit: Unit, *, on: date) -> None:
    if unit.kind == UnitKind.GROUP:
        raise CannotLead(
            _(
                "“%(unit)s” là một khối nhiều đơn vị nên không thể chủ trì. "
                "Hãy chọn một đơn vị; cả khối có thể phối hợp."
            )
            % {"unit": unit.display_name}
        )
    if unit.valid_to is not None and unit.valid_to < on:
        raise CannotLead(
            _("%(unit)s đã kết thúc ngày %(day)s. Hãy chọn đơn vị đang hoạt động.")
            % {"unit": unit.display_name, "day": f"{unit.valid_to:%d/%m/%Y}"}
        )

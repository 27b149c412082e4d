"""What the lead unit says, with its proof, and what the standing office decides about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.directives.actions.tasks import locked, mark_started, needed
from dodem.directives.files import keep_evidence
from dodem.directives.models import Decision, Evidence, Task, Update
from dodem.directives.workflow import InvalidMove, Move, Outcome, check_move
from dodem.vietnam.errors import UserError
from dodem.vietnam.text import nfc


@dataclass(frozen=True)
class Proof:
    """A file to keep with an update, open at its start; ``size`` in bytes."""

    name: str
    file: BinaryIO
    size: int


class NothingSaid(UserError):
    """An update without any content."""

    def __init__(self) -> None:
        super().__init__(_("Hãy ghi kết quả, vướng mắc, hoặc gửi kèm ít nhất một bằng chứng."))


class DayAhead(UserError):
    """A completion claimed for a day that has not come."""

    def __init__(self) -> None:
        super().__init__(_("Ngày hoàn thành không thể ở sau hôm nay. Hãy sửa lại ngày."))


@transaction.atomic
def post_update(
    *,
    task: Task,
    note: str,
    by: User | None,
    at: datetime,
    bottleneck: str = "",
    percent: int | None = None,
    proofs: Sequence[Proof] = (),
    links: Sequence[str] = (),
) -> Update:
    """Say how far the work is. It also takes the task on. Raises InvalidMove, NothingSaid, FileRefused."""
    task = locked(task)
    check_move(Move.UPDATE, stage=task.state(on=timezone.localdate(at)).stage)
    if not (note.strip() or bottleneck.strip() or percent is not None or proofs or links):
        raise NothingSaid
    update = _write(
        task,
        kind=Update.Kind.PROGRESS,
        note=note,
        bottleneck=bottleneck,
        percent=percent,
        completed_on=None,
        proofs=proofs,
        links=links,
        by=by,
        at=at,
    )
    record(
        Kind.TASK_UPDATED,
        task,
        by=by,
        at=at,
        unit_code=task.lead_unit.code,
        percent=percent,
        blocked=bool(update.bottleneck),
        evidence=len(proofs) + len(links),
    )
    return update


@transaction.atomic
def report_done(
    *,
    task: Task,
    note: str,
    by: User | None,
    at: datetime,
    completed_on: date | None = None,
    proofs: Sequence[Proof] = (),
    links: Sequence[str] = (),
) -> Update:
    """Say that the work is done; the standing office decides. The day that counts is the day of this report.

    Raises InvalidMove (also while an earlier report waits), NothingSaid, DayAhead, FileRefused.
    """
    task = locked(task)
    today = timezone.localdate(at)
    check_move(Move.REPORT, stage=task.state(on=today).stage)
    if not (note.strip() or proofs or links):
        raise NothingSaid
    if completed_on and completed_on > today:
        raise DayAhead
    update = _write(
        task,
        kind=Update.Kind.REPORT,
        note=note,
        bottleneck="",
        percent=100,
        completed_on=completed_on or today,
        proofs=proofs,
        links=links,
        by=by,
        at=at,
    )
    record(
        Kind.TASK_REPORTED,
        task,
        by=by,
        at=at,
        unit_code=task.lead_unit.code,
        completed_on=update.completed_on.isoformat() if update.completed_on else None,
        evidence=len(proofs) + len(links),
    )
    return update


@transaction.atomic
def close_task(*, task: Task, by: User | None, at: datetime, note: str = "") -> Decision:
    """Accept the waiting report; the task is done on the day that it was posted. Raises InvalidMove."""
    task, report = _waiting_report(task, Move.CLOSE, at=at)
    decision = Decision.objects.create(
        report=report, outcome=Outcome.ACCEPTED, decided_at=at, decided_by=by, reason=nfc(note).strip()
    )
    task.done_on, task.accepted_at = timezone.localdate(report.posted_at), at
    task.save(update_fields=["done_on", "accepted_at"])
    record(
        Kind.TASK_CLOSED,
        task,
        by=by,
        at=at,
        unit_code=task.lead_unit.code,
        completed_on=task.done_on.isoformat(),
    )
    return decision


@transaction.atomic
def return_task(*, task: Task, reason: str, by: User | None, at: datetime) -> Decision:
    """Send the waiting report back; the first deadline stays. Raises InvalidMove, NoReason."""
    task, report = _waiting_report(task, Move.RETURN, at=at)
    decision = Decision.objects.create(
        report=report, outcome=Outcome.RETURNED, decided_at=at, decided_by=by, reason=needed(reason)
    )
    record(Kind.TASK_RETURNED, task, by=by, at=at, unit_code=task.lead_unit.code)
    return decision


def _waiting_report(task: Task, move: Move, *, at: datetime) -> tuple[Task, Update]:
    task = locked(task)
    stage = task.state(on=timezone.localdate(at)).stage
    check_move(move, stage=stage)
    report = task.updates.filter(kind=Update.Kind.REPORT, decision__isnull=True).order_by("posted_at").first()
    if report is None:
        raise InvalidMove(move, stage)
    return task, report


def _write(
    task: Task,
    *,
    kind: Update.Kind,
    note: str,
    bottleneck: str,
    percent: int | None,
    completed_on: date | None,
    proofs: Sequence[Proof],
    links: Sequence[str],
    by: User | None,
    at: datetime,
) -> Update:
    mark_started(task, by=by, at=at)
    update = Update.objects.create(
        task=task,
        unit=task.lead_unit,
        kind=kind,
        posted_at=at,
        posted_by=by,
        note=nfc(note).strip(),
        bottleneck=nfc(bottleneck).strip(),
        percent=percent,
        completed_on=completed_on,
    )
    kept = [keep_evidence(proof.file, name=proof.name, size=proof.size) for proof in proofs]
    Evidence.objects.bulk_create(
        [
            Evidence(
                update=update, sha256=file.sha256, name=file.name, size=file.size, media_type=file.media_type
            )
            for file in kept
        ]
        + [Evidence(update=update, link=link) for link in links]
    )
    return update

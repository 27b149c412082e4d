"""What officers do with a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import record
from dodem.feedback import catalogue, photo_files, workflow
from dodem.feedback.actions.steps import lock, take_step
from dodem.feedback.kinds import DeclineReason, LegalTrack
from dodem.feedback.models import Case, Report
from dodem.feedback.photos import CleanPhoto
from dodem.feedback.workflow import InvalidMove, Step
from dodem.units.models import Kind as UnitKind
from dodem.units.models import Unit


class ActionRefused(Exception):
    """Something that was asked for does not go together; the message is for the officer."""


@transaction.atomic
def assign_case(*, case: Case, to: User, by: User, at: datetime) -> Case:
    """Give an open case to a person who may answer it. Giving it to whoever has it changes nothing."""
    case = lock(case)
    if case.state_at(at) != workflow.State.IN_PROGRESS:
        raise InvalidMove(_("Chỉ phân công được việc đang xử lý."))
    if not can(to, Permission.CASE_ANSWER, case.unit):
        raise ActionRefused(_("Người này không xử lý phản ánh của đơn vị."))
    if case.assignee_id != to.pk:
        case.assignee = to
        case.save(update_fields=["assignee"])
        record(Event.CASE_ASSIGNED, case, by=by, at=at, unit_code=case.unit.code, to=to.username)
    return case


@transaction.atomic
def transfer_case(*, case: Case, to: Unit | None, reason: str, by: User, at: datetime) -> Case:
    """Send a case to another unit, or (``to`` None) back to the desk that routes by hand. Its day stays as
    it was.
    """
    case = lock(case)
    before = case.unit
    if to is not None and (to == before or not (to.is_commune_level or to.kind == UnitKind.DEPARTMENT)):
        raise ActionRefused(_("Hãy chọn một phường, xã, đặc khu hoặc sở, ngành khác."))
    if to is None:
        kind, target = Step.RETURNED, _city_of(before)
    else:
        kind, target = (Step.ROUTED if case.at_desk else Step.TRANSFERRED), to
    case.assignee = None
    take_step(case, kind, at=at, by=by, unit=target, note=reason)
    event = Event.CASE_ROUTED if kind == Step.ROUTED else Event.CASE_TRANSFERRED
    record(event, case, by=by, at=at, unit_code=target.code, from_unit=before.code)
    return case


@transaction.atomic
def join_cases(*, cases: Sequence[Case], by: User, at: datetime) -> Case:
    """Make one case of several of one unit: the earliest stays, with its day, and takes the reports of the
    others.
    """
    keys = [case.pk for case in cases]
    locked = list(
        Case.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(pk__in=keys)
        .order_by("opened_at", "pk")
    )
    if len(locked) < 2:
        raise ActionRefused(_("Chọn ít nhất hai việc để gộp."))
    first, *others = locked
    if any(other.unit_id != first.unit_id for other in others):
        raise ActionRefused(_("Chỉ gộp được các việc của cùng một đơn vị."))
    if first.state_at(at) not in workflow.OPEN:
        raise InvalidMove(_("Việc sớm nhất đã có trả lời, không gộp thêm vào được."))
    for other in others:
        other.joined_into = first
        take_step(other, Step.JOINED, at=at, by=by)
        Report.objects.filter(case=other).update(case=first)
        first.search_key = f"{first.search_key} {other.search_key}"
    first.save(update_fields=["search_key"])
    joined = [other.code for other in others]
    record(Event.CASE_JOINED, first, by=by, at=at, unit_code=first.unit.code, joined=joined)
    return first


@transaction.atomic
def post_progress(
    *,
    case: Case,
    note: str,
    promised_on: date | None,
    by: User,
    at: datetime,
    photos: Sequence[CleanPhoto] = (),
) -> Case:
    """Tell the citizen how far it is and, past the day promised, by when it will be done. The day itself
    stays.
    """
    case = lock(case)
    if promised_on is None and case.current_due_on < timezone.localdate(at):
        raise ActionRefused(_("Việc đã quá hạn: hãy hẹn lại một ngày cụ thể."))
    step = take_step(case, Step.PROGRESS, at=at, by=by, note=note, promised_on=promised_on)
    photo_files.keep_all(photos, at=at, step=step)
    record(
        Event.CASE_PROGRESS,
        case,
        by=by,
        at=at,
        unit_code=case.unit.code,
        promised_on=promised_on.isoformat() if promised_on else "",
        photos=len(photos),
    )
    return case


@transaction.atomic
def answer_case(
    *,
    case: Case,
    note: str,
    by: User,
    at: datetime,
    photos: Sequence[CleanPhoto] = (),
    record_number: str = "",
) -> Case:
    """Tell the citizen that it is done. What can be seen on the spot needs a photo or the number of a
    record.
    """
    case = lock(case)
    if catalogue.categories()[case.category].proof and not photos and not record_number:
        raise ActionRefused(_("“Đã xong” cần ảnh sau xử lý hoặc số biên bản."))
    step = take_step(case, Step.ANSWERED, at=at, by=by, note=note, record_number=record_number)
    photo_files.keep_all(photos, at=at, step=step)
    record(Event.CASE_ANSWERED, case, by=by, at=at, unit_code=case.unit.code, photos=len(photos))
    return case


@transaction.atomic
def decline_case(*, case: Case, reason: DeclineReason, note: str, by: User, at: datetime) -> Case:
    """Say that it cannot be handled, and why. The citizen may contest it like any answer."""
    case = lock(case)
    take_step(case, Step.DECLINED, at=at, by=by, reason=reason, note=note)
    record(Event.CASE_DECLINED, case, by=by, at=at, unit_code=case.unit.code, reason=reason.value)
    return case


@transaction.atomic
def refer_case(*, case: Case, track: LegalTrack, note: str, by: User, at: datetime) -> Case:
    """Mark a complaint or denunciation in the sense of the law and point its sender to whoever settles
    those.
    """
    case = lock(case)
    case.legal_track = track
    take_step(case, Step.REFERRED, at=at, by=by, note=note)
    record(Event.CASE_REFERRED, case, by=by, at=at, unit_code=case.unit.code, track=track.value)
    return case


@transaction.atomic
def note_complaint(*, case: Case, note: str, by: User, at: datetime) -> Case:
    """Note that a complaint about the answer was filed: it counts against satisfaction."""
    case = lock(case)
    take_step(case, Step.COMPLAINED, at=at, by=by, note=note)
    record(Event.CASE_COMPLAINED, case, by=by, at=at, unit_code=case.unit.code)
    return case


def _city_of(unit: Unit) -> Unit:
    """The top of the tree a unit stands in."""
    return Unit.objects.get(pk=int(unit.path.split("/")[0]))

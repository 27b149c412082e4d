"""What the sender of a report does with it, by the secret link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.audit.kinds import Kind as Event
from dodem.audit.ledger import record
from dodem.feedback import catalogue, deadlines, photo_files
from dodem.feedback.actions.steps import lock, take_step
from dodem.feedback.models import Case, CaseStep, Report, Sender
from dodem.feedback.photos import CleanPhoto
from dodem.feedback.workflow import InvalidMove, Step
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.text import fold


@transaction.atomic
def rate_case(*, report: Report, rating: int, comment: str, at: datetime) -> Case:
    """Judge the answer that stands, 1 (worst) to 5. Each sender once for each answer."""
    case, report = _hold(report)
    step = take_step(case, Step.RATED, at=at, report=report, rating=rating, note=comment)
    rated_before = CaseStep.objects.filter(
        case=case, report=report, kind=Step.RATED, at__gte=case.answered_at
    )
    if rated_before.exclude(pk=step.pk).exists():
        raise InvalidMove(_("Bạn đã chấm câu trả lời này."))
    record(
        Event.CASE_RATED, case, by=None, at=at, unit_code=case.unit.code, report=report.code, rating=rating
    )
    return case


@transaction.atomic
def reopen_case(*, report: Report, note: str, at: datetime, photos: Sequence[CleanPhoto] = ()) -> Case:
    """Report again, because the place does not look as the answer says. A new day is promised beside the
    first.
    """
    case, report = _hold(report)
    clock = catalogue.categories()[case.category].clock
    case.current_due_on = deadlines.due_on(
        received_on=timezone.localdate(at), clock=clock, calendar=WorkingCalendar.load()
    )
    step = take_step(case, Step.REOPENED, at=at, report=report, note=note)
    photo_files.keep_all(photos, at=at, step=step)
    record(Event.CASE_REOPENED, case, by=None, at=at, unit_code=case.unit.code, report=report.code)
    return case


@transaction.atomic
def add_information(*, report: Report, text: str, at: datetime, photos: Sequence[CleanPhoto] = ()) -> Case:
    """Say more while the case is open."""
    case, report = _hold(report)
    case.search_key = f"{case.search_key} {fold(text)}"
    step = take_step(case, Step.INFORMED, at=at, report=report, note=text)
    photo_files.keep_all(photos, at=at, step=step)
    record(Event.CASE_INFORMED, case, by=None, at=at, unit_code=case.unit.code, report=report.code)
    return case


@transaction.atomic
def withdraw_report(*, report: Report, at: datetime) -> Case:
    """Take a report back: the sender's name and number are deleted. A case nobody reports any more ends."""
    case, report = _hold(report)
    if not case.reports.filter(withdrawn_at__isnull=True).exclude(pk=report.pk).exists():
        take_step(case, Step.WITHDRAWN, at=at, report=report)
    elif case.answered_at is not None:
        raise InvalidMove(_("Việc đã có trả lời, không rút được nữa."))
    report.withdrawn_at = at
    report.save(update_fields=["withdrawn_at"])
    Sender.objects.filter(report=report).delete()
    record(Event.REPORT_WITHDRAWN, case, by=None, at=at, unit_code=case.unit.code, report=report.code)
    return case


def _hold(report: Report) -> tuple[Case, Report]:
    """The case the report belongs to, locked, and the report as it is now: it may have been joined or taken
    back.
    """
    while True:
        case = lock(report.case)
        report = Report.objects.select_related("case").get(pk=report.pk)
        if report.case_id == case.pk:
            break
    if report.withdrawn_at is not None:
        raise InvalidMove(_("Phản ánh này đã được rút."))
    return case, report

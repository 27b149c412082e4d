"""What happened to a case, in the words of whoever reads it: a sender or an officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dodem.feedback.forms.track import RATINGS
from dodem.feedback.kinds import DeclineReason
from dodem.feedback.models import Case, CaseStep, Photo, Report
from dodem.feedback.workflow import Step
from dodem.pages import formats

SHAPES = {
    Step.ROUTED: "ok",
    Step.PROGRESS: "ok",
    Step.ANSWERED: "done",
    Step.DECLINED: "none",
    Step.REFERRED: "none",
    Step.REOPENED: "risk",
    Step.COMPLAINED: "risk",
    Step.RETURNED: "risk",
    Step.TRANSFERRED: "risk",
}


@dataclass(frozen=True)
class Entry:
    """One line of the story. ``who`` is an officer's name and stays "" for citizens."""

    at: datetime
    shape: str
    title: str
    detail: str = ""
    who: str = ""
    photos: tuple[Photo, ...] = ()
    is_answer: bool = False


def steps_of(case: Case) -> list[CaseStep]:
    """The steps of a case with their units and photos, oldest first; two queries."""
    return list(case.steps.select_related("unit", "by", "report").prefetch_related("photos").order_by("id"))


def for_sender(report: Report, steps: Iterable[CaseStep]) -> list[Entry]:
    """Newest first. No officer's name, and of the other senders only that there are some."""
    received = Entry(report.received_at, "done", _("Đã nhận phản ánh"), _routed(report))
    lines = [_line(step, own=step.report_id == report.pk, for_officers=False) for step in steps]
    return [received, *(line for line in lines if line)][::-1]


def for_officers(reports: Iterable[Report], steps: Iterable[CaseStep]) -> list[Entry]:
    """Newest first, every report and step."""
    received = [
        Entry(report.received_at, "done", _("Nhận %(code)s") % {"code": report.code}, report.basis_words)
        for report in reports
    ]
    lines = [_line(step, own=True, for_officers=True) for step in steps]
    return sorted([*received, *(line for line in lines if line)], key=lambda entry: entry.at)[::-1]


def _routed(report: Report) -> str:
    return report.basis_words if report.basis == "address" else ""


def _line(step: CaseStep, *, own: bool, for_officers: bool) -> Entry | None:
    kind = Step(step.kind)
    title, detail = _words(kind, step, own=own, for_officers=for_officers)
    if not title:
        return None
    shown = own or step.report_id is None
    return Entry(
        at=step.at,
        shape=SHAPES.get(kind, "none"),
        title=title,
        detail=detail if shown else "",
        who=str(step.by) if for_officers and step.by else "",
        photos=tuple(step.photos.all()) if shown else (),
        is_answer=kind in (Step.ANSWERED, Step.DECLINED),
    )


def _words(kind: Step, step: CaseStep, *, own: bool, for_officers: bool) -> tuple[str, str]:
    unit = {"unit": step.unit.display_name}
    match kind:
        case Step.ROUTED:
            return _("Giao cho %(unit)s") % unit, step.note if for_officers else ""
        case Step.TRANSFERRED:
            return _("Chuyển sang %(unit)s") % unit, step.note
        case Step.RETURNED:
            return _("Chuyển về nơi điều phối để giao đúng đơn vị"), step.note
        case Step.PROGRESS:
            promised = {"day": formats.day(step.promised_on)}
            title = _("Đang xử lý, hẹn xong %(day)s") % promised if step.promised_on else _("Đang xử lý")
            return title, step.note
        case Step.ANSWERED:
            number = {"note": step.note, "number": step.record_number}
            return _("Đã xử lý xong"), _(
                "%(note)s Biên bản: %(number)s."
            ) % number if step.record_number else step.note
        case Step.DECLINED:
            return _("Không xử lý được: %(why)s") % {
                "why": DeclineReason(step.reason).label.lower()
            }, step.note
        case Step.REFERRED:
            return _("Thuộc thủ tục khiếu nại, tố cáo"), step.note
        case Step.INFORMED:
            who = _("Người gửi bổ sung thông tin") if for_officers else _("Bạn bổ sung thông tin")
            return (who if own else _("Một người gửi khác bổ sung thông tin")), step.note
        case Step.RATED:
            mark = {"mark": str(dict(RATINGS)[step.rating or 0]).lower()}
            words = _("Người gửi chấm: %(mark)s") if for_officers else _("Bạn chấm: %(mark)s")
            return (words % mark if own else _("Một người gửi khác đã chấm")), step.note
        case Step.REOPENED:
            who = _("Người gửi phản ánh lại") if for_officers else _("Bạn phản ánh lại")
            return (who if own else _("Một người gửi khác phản ánh lại")), step.note
        case Step.COMPLAINED:
            return (_("Ghi nhận khiếu nại về kết quả"), step.note) if for_officers else ("", "")
        case Step.WITHDRAWN:
            return _("Người gửi rút phản ánh"), ""
        case Step.JOINED:
            return (_("Gộp vào việc khác"), "") if for_officers else ("", "")

"""The cases everybody may know of: a list, open data, and how punctual each unit is. Nothing anyone wrote."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q
from django.utils import timezone

from dodem.feedback import catalogue
from dodem.feedback.keys import newest_key, newest_past
from dodem.feedback.kinds import Kind
from dodem.feedback.models import STILL_OPEN, Case, CaseQuerySet
from dodem.feedback.wording import public_status
from dodem.units.models import Unit

PAGE = 20
SHOWN_FOR = timedelta(days=365)
PUNCTUALITY_OF = timedelta(days=30)
FEW = 10  # answers below which a unit's share is not told


class Progress(StrEnum):
    """The filter by state; the values are those of the address."""

    OPEN = "dang-xu-ly"
    LATE = "qua-han"
    ANSWERED = "da-tra-loi"


@dataclass(frozen=True)
class Wanted:
    """``after`` is the key of the last row of the page before, newest first."""

    unit: Unit | None = None
    category: str = ""
    progress: str = ""
    after: str = ""


@dataclass(frozen=True)
class Punctuality:
    """Answers in time out of the answers given or due in ``PUNCTUALITY_OF``; ``share`` (0 to 100) None
    below ``FEW``.
    """

    in_time: int
    due: int

    @property
    def share(self) -> float | None:
        return 100 * self.in_time / self.due if self.due >= FEW else None


def select(*, wanted: Wanted, at: datetime) -> CaseQuerySet:
    """Shared cases of the last year, newest first."""
    cases = Case.objects.shared().filter(opened_at__gt=at - SHOWN_FOR, withdrawn_at=None)
    if wanted.unit:
        cases = cases.filter(unit__path__startswith=wanted.unit.path)
    if wanted.category:
        cases = cases.filter(category=wanted.category)
    match wanted.progress:
        case Progress.OPEN:
            cases = cases.filter(STILL_OPEN)
        case Progress.LATE:
            cases = cases.filter(STILL_OPEN, current_due_on__lt=timezone.localdate(at))
        case Progress.ANSWERED:
            cases = cases.filter(answered_at__isnull=False)
    return cases.select_related("unit").order_by("-opened_at", "-pk")


def page(*, wanted: Wanted, at: datetime) -> tuple[list[Case], str]:
    """The cases of one page and the key the next begins after, "" on the last; one query."""
    cases = select(wanted=wanted, at=at).with_report_count()
    if wanted.after:
        cases = cases.filter(newest_past(wanted.after))
    rows = list(cases[: PAGE + 1])
    return rows[:PAGE], newest_key(rows[PAGE - 1]) if len(rows) > PAGE else ""


def punctuality(*, at: datetime) -> dict[int, Punctuality]:
    """How punctual each unit was, by its key; one query. Of every case, shared or not: these are only
    counts.
    """
    today = timezone.localdate(at)
    since = at - PUNCTUALITY_OF
    answered = Q(first_answered_at__gt=since, first_answered_at__lte=at)
    missed = Q(first_answered_at=None, due_on__gte=timezone.localdate(since), due_on__lt=today)
    counted = (
        Case.objects.filter(
            answered | missed, joined_at=None, withdrawn_at=None, referred_at=None, at_desk=False
        )
        .order_by()
        .values("unit_id")
        .annotate(due=Count("pk"), in_time=Count("pk", filter=Q(first_answered_on__lte=F("due_on"))))
    )
    return {row["unit_id"]: Punctuality(in_time=row["in_time"], due=row["due"]) for row in counted}


HEAD = (
    "ma", "hinh_thuc", "linh_vuc", "ma_don_vi", "don_vi", "ngay_nhan", "han_tra_loi", "ngay_tra_loi",
    "tinh_trang", "muc_hai_long", "phan_anh_lai", "so_nguoi_gui",
)  # fmt: skip


def open_rows(*, wanted: Wanted, at: datetime) -> Iterator[list[object]]:
    """The rows of the open data under ``HEAD``; days as ISO 8601."""
    cases = select(wanted=wanted, at=at).with_report_count()
    for case in cases.iterator(2000):
        answered_on = timezone.localdate(case.answered_at).isoformat() if case.answered_at else ""
        yield [
            case.code,
            str(Kind(case.kind).label),
            catalogue.categories()[case.category].title,
            case.unit.code,
            case.unit.name,
            timezone.localdate(case.opened_at).isoformat(),
            case.due_on.isoformat(),
            answered_on,
            public_status(case, at=at).words,
            case.rating,
            "1" if case.reopened_at else "0",
            case.report_count,  # type: ignore[attr-defined]
        ]

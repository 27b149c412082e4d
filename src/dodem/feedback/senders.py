"""Who sent the reports of a case: masked, unless a purpose was given for this one look."""

from __future__ import annotations

from dataclasses import dataclass

from dodem.feedback.kinds import LegalTrack
from dodem.feedback.models import Case, Sender
from dodem.vietnam.identifiers import mask_name, mask_phone


@dataclass(frozen=True)
class Shown:
    """A sender as a page may show them."""

    code: str
    name: str
    phone: str


def of_case(case: Case, *, revealed: bool) -> list[Shown]:
    """The senders of a case in the order of their reports. A denouncer is nobody's to see."""
    if case.legal_track == LegalTrack.DENUNCIATION:
        return []
    senders = Sender.objects.filter(report__case=case, report__withdrawn_at=None).select_related("report")
    return [
        Shown(
            code=sender.report.code,
            name=sender.name if revealed else mask_name(sender.name) if sender.name else "",
            phone=sender.phone if revealed else mask_phone(sender.phone) if sender.phone else "",
        )
        for sender in senders.order_by("report__received_at")
    ]

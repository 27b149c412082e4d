"""Read the ledger for a page."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from dodem.audit.kinds import Kind
from dodem.audit.models import Event


@dataclass(frozen=True)
class TimelineItem:
    """One event of an object; ``title`` and ``detail`` are what components/timeline.html shows of it."""

    number: int
    at: datetime
    kind: str
    label: str
    actor: str
    role: str
    data: dict[str, Any]

    @property
    def title(self) -> str:
        return self.label

    @property
    def detail(self) -> str:
        return self.actor


def timeline(subject: models.Model, *, limit: int = 50) -> list[TimelineItem]:
    """The newest events of one object, newest first; one query."""
    events = (
        Event.objects.filter(
            object_type=subject._meta.model_name,
            object_key=str(getattr(subject, "ledger_key", subject.pk)),
        )
        .select_related("actor")
        .order_by("-number")[:limit]
    )
    return [
        TimelineItem(
            number=event.number,
            at=event.at,
            kind=event.kind,
            label=str(Kind(event.kind).label),
            actor=str(event.actor) if event.actor else "",
            role=event.role,
            data=json.loads(event.data),
        )
        for event in events
    ]

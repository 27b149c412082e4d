"""Where a page of a long list of cases ended, as a short text in an address, and what lies beyond it.

A key that cannot be read is no key: the list then begins at its beginning.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from dodem.feedback.models import Case


def due_key(case: Case) -> str:
    return f"{case.current_due_on}_{case.pk}"


def due_past(after: str) -> Q:
    """What follows in the order of ``current_due_on``, then of keys."""
    value, _, key = after.rpartition("_")
    try:
        day, pk = date.fromisoformat(value), int(key)
    except ValueError:
        return Q()
    return Q(current_due_on__gt=day) | Q(current_due_on=day, pk__gt=pk)


def newest_key(case: Case) -> str:
    return f"{case.opened_at.isoformat()}_{case.pk}"


def newest_past(after: str) -> Q:
    """What follows with the newest first."""
    value, _, key = after.rpartition("_")
    try:
        moment, pk = datetime.fromisoformat(value), int(key)
    except ValueError:
        return Q()
    if moment.tzinfo is None:
        return Q()
    return Q(opened_at__lt=moment) | Q(opened_at=moment, pk__lt=pk)

"""What needs a decision today: tasks and citizens' reports in one short list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, zip_longest

from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.directives import queries as directives
from dodem.feedback import queries as feedback
from dodem.pages.formats import short_day

MOST = 7  # more than a hand can hold is a list to work through, not a decision list

Needed = directives.DecisionNeeded | feedback.DecisionNeeded


@dataclass(frozen=True)
class Item:
    """One line of the list, as ``components/red_items.html`` takes it."""

    status: str
    title: str
    url: str
    where: str
    ask: str
    due: str
    due_note: str


def needed(user: User, *, on: date) -> list[Item]:
    """At most MOST matters, the longest waiting first. Two queries."""
    tasks = directives.need_decision(user, on=on, limit=MOST) if can(user, Permission.TASK_SEE) else []
    cases = feedback.need_decision(user, on=on, limit=MOST) if can(user, Permission.CASE_SEE) else []
    return [item(one) for one in merged(tasks, cases)]


def merged(tasks: Sequence[Needed], cases: Sequence[Needed], *, most: int = MOST) -> list[Needed]:
    """Both lists in turns, so that neither crowds out the other; then the longest waiting first."""
    turns = chain.from_iterable(zip_longest(tasks, cases))
    chosen = [one for one in turns if one is not None][:most]
    return sorted(chosen, key=lambda one: -one.days)


def item(one: Needed) -> Item:
    note = _("hạn %(day)s") % {"day": short_day(one.due_on)} if one.due_on else ""
    return Item(
        status=one.shape,
        title=one.title,
        url=one.url,
        where=f"{one.owner} · {one.code}.",
        ask=one.ask,
        due=one.words,
        due_note=note,
    )

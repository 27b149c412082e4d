"""One search over everything a person may see: units, tasks, papers, indicators, citizens' reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.directives.models import Directive, Task
from dodem.feedback.models import Case
from dodem.indicators.published import load as load_published
from dodem.indicators.queries import indicator_list
from dodem.pages.formats import short_day
from dodem.registers.words import in_language
from dodem.units.models import Kind
from dodem.units.queries import search as search_units
from dodem.vietnam.text import fold

EACH = 8


@dataclass(frozen=True)
class Hit:
    """One thing found; ``note`` tells it from others of its name."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """``more_url`` leads to the whole list where there may be more than is shown."""

    title: str
    hits: Sequence[Hit]
    more_url: str = ""


def search_all(query: str, user: User, *, on: date) -> list[Group]:
    """What matches, kind by kind, only what the reader may open. Empty groups are left out."""
    wanted = fold(query)
    if not wanted:
        return []
    groups = [
        Group(_("Đơn vị"), units(query, on=on), f"{reverse('boards:units')}?q={quote(query)}"),
        Group(
            _("Nhiệm vụ"),
            tasks(query, user),
            f"{reverse('directives:tasks')}?trang_thai=tat-ca&q={quote(query)}",
        ),
        Group(_("Văn bản"), directives(query, user), f"{reverse('directives:directives')}?q={quote(query)}"),
        Group(_("Chỉ số"), indicators(wanted), reverse("indicators:catalogue")),
        Group(_("Phản ánh"), cases(wanted, user), f"{reverse('feedback:queue')}?tab=don-vi&q={quote(query)}"),
    ]
    return [group for group in groups if group.hits]


def units(query: str, *, on: date) -> list[Hit]:
    return [
        Hit(
            title=match.unit.display_name,
            url=reverse("boards:unit", args=[match.unit.code]),
            note=match.reason or f"{Kind(match.unit.kind).label} · {match.unit.code}",
        )
        for match in search_units(query, on=on, limit=EACH)
    ]


def tasks(query: str, user: User) -> list[Hit]:
    if not can(user, Permission.TASK_SEE):
        return []
    found = Task.objects.visible_to(user).matching(query).select_related("lead_unit").order_by("-pk")
    return [
        Hit(
            title=task.title,
            url=reverse("directives:task", args=[task.code]),
            note=f"{task.code} · {task.lead_unit.display_name}",
        )
        for task in found[:EACH]
    ]


def directives(query: str, user: User) -> list[Hit]:
    if not can(user, Permission.DIRECTIVE_SEE):
        return []
    found = Directive.objects.visible_to(user).matching(query).defer("text").order_by("-issued_on", "-pk")
    return [
        Hit(
            title=directive.title,
            url=reverse("directives:directive", args=[directive.pk]),
            note=f"{directive.document_number} · {short_day(directive.issued_on)}".strip(" ·"),
        )
        for directive in found[:EACH]
    ]


def indicators(wanted: str) -> list[Hit]:
    """Our own indicators lead to the catalogue, quoted figures to where they are cited."""
    own = [
        Hit(in_language(one.title), f"{reverse('indicators:catalogue')}#do-dem", one.code)
        for one in indicator_list()
        if wanted in fold(f"{in_language(one.title)} {one.code}")
    ]
    quoted = [
        Hit(one.title, one.url, _("đã công bố: %(value)s") % {"value": one.text})
        for one in load_published().values()
        if wanted in fold(one.title)
    ]
    return [*own, *quoted][:EACH]


def cases(wanted: str, user: User) -> list[Hit]:
    """Reports by their code or the words of their title and place, where the reader handles reports."""
    if not can(user, Permission.CASE_SEE):
        return []
    found = Case.objects.visible_to(user)
    for word in wanted.split():
        found = found.filter(search_key__contains=word)
    return [
        Hit(
            title=case.title,
            url=reverse("feedback:case", args=[case.code]),
            note=f"{case.code} · {case.unit.display_name}",
        )
        for case in found.select_related("unit").order_by("-opened_at")[:EACH]
    ]

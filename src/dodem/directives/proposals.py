"""From what the reader proposes to drafts on real units. Where a doubt is left, the field stays empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from dodem.directives.models import Directive, Draft, Programme
from dodem.reading.notation import ReadDeadline
from dodem.reading.tasks import ProposedTask, propose_tasks
from dodem.reading.units import UnitDirectory, UnitMention
from dodem.units.models import Kind, Unit
from dodem.units.queries import directory

UNDATED = {"asap", "continuous", "none"}


@dataclass(frozen=True)
class Lead:
    """The one unit a paper names as lead, or None and why; groups and further leads go to the helpers."""

    unit: Unit | None
    why: str = ""
    others: tuple[Unit, ...] = ()


def draft_all(directive: Directive) -> list[Draft]:
    """Read the directive's text and write its drafts, unconfirmed, in the order of the text."""
    today = timezone.localdate(directive.added_at)
    proposed = propose_tasks(
        directive.text, doc_date=directive.issued_on, directory=UnitDirectory(directory(on=today))
    )
    units = {unit.code: unit for unit in Unit.objects.valid(on=today)}
    programmes = {programme.code: programme for programme in Programme.objects.all()}
    leads = [choose_lead(task.lead, units=units) for task in proposed]
    drafts = Draft.objects.bulk_create(
        [_draft(directive, task, lead) for task, lead in zip(proposed, leads, strict=True)]
    )
    for draft, task, lead in zip(drafts, proposed, leads, strict=True):
        helpers = {unit.pk: unit for unit in (*lead.others, *named(task.coordinating, units=units))}
        if lead.unit:
            helpers.pop(lead.unit.pk, None)
        draft.coordinating.set(helpers.values())
        draft.programmes.set([programmes[code] for code in task.programmes if code in programmes])
    return drafts


def choose_lead(mentions: Sequence[UnitMention], *, units: Mapping[str, Unit]) -> Lead:
    """One living unit when the paper names exactly one; never a guess among several."""
    if not mentions:
        return Lead(None, _("Câu gốc không nêu đơn vị chủ trì"))
    found = named(mentions, units=units)
    answering = [unit for unit in found if unit.kind != Kind.GROUP]
    words = "; ".join(dict.fromkeys(mention.text for mention in mentions))
    if len(found) == 1 and answering:
        return Lead(answering[0], _("từ “%(words)s”") % {"words": words})
    doubtful = [mention for mention in mentions if len(set(mention.codes) & units.keys()) > 1]
    if len(found) > 1:
        return Lead(None, _("Câu gốc nêu nhiều đơn vị: %(words)s") % {"words": words}, tuple(found))
    if found:
        return Lead(None, _("Câu gốc giao cho cả khối: %(words)s") % {"words": words}, tuple(found))
    if doubtful:
        names = ", ".join(sorted(units[code].name for code in doubtful[0].codes if code in units))
        return Lead(None, _("“%(words)s” có thể là: %(names)s") % {"words": words, "names": names})
    return Lead(None, _("“%(words)s” không có trong danh sách đơn vị") % {"words": words})


def named(mentions: Iterable[UnitMention], *, units: Mapping[str, Unit]) -> list[Unit]:
    """The units that are meant without doubt, each once, in the order named."""
    certain = [set(mention.codes) & units.keys() for mention in mentions]
    return list({code: units[code] for codes in certain if len(codes) == 1 for code in codes}.values())


def _draft(directive: Directive, task: ProposedTask, lead: Lead) -> Draft:
    deadline = task.deadline
    return Draft(
        directive=directive,
        start=task.start,
        end=task.end,
        action=task.action[:600],
        lead_unit=lead.unit,
        lead_why=lead.why[:300],
        due_on=deadline.due_on if deadline else None,
        deadline_notation=deadline.notation[:60] if deadline else "",
        deadline_phrase=deadline.phrase[:300] if deadline else "",
        deadline_why=_why_due(deadline)[:300],
        deliverable=task.target.text[:300] if task.target else "",
        confidence={
            field: [round(sureness.score, 2), sureness.words, sureness.rule]
            for field, sureness in task.sureness.items()
        },
    )


def _why_due(deadline: ReadDeadline | None) -> str:
    if deadline is None:
        return _("Câu gốc không ghi hạn")
    if deadline.due_on is None and deadline.notation in UNDATED:
        return _("“%(phrase)s” không phải là hạn đo được") % {"phrase": deadline.phrase}
    if deadline.due_on is None:
        return deadline.note or _("“%(phrase)s” chưa cho biết ngày cụ thể") % {"phrase": deadline.phrase}
    return deadline.note or _("từ “%(phrase)s”") % {"phrase": deadline.phrase}

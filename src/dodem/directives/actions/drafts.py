"""What a reviewer does with drafts beside the text: edit, split, merge, reject, take back, add, confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dodem.access.models import User
from dodem.audit.kinds import Kind
from dodem.audit.ledger import record
from dodem.directives.actions.tasks import assign_task
from dodem.directives.models import Directive, Draft, Programme, Task
from dodem.directives.models.directives import Origin
from dodem.directives.places import find_words, trimmed
from dodem.reading.titles import title
from dodem.units.models import Unit
from dodem.vietnam.errors import UserError
from dodem.vietnam.text import nfc


class DraftSettled(UserError):
    """Somebody has already confirmed, rejected or replaced this draft."""

    def __init__(self) -> None:
        super().__init__(
            _("Đề xuất này đã được xử lý ở nơi khác. Hãy tải lại trang để xem kết quả mới nhất.")
        )


class DraftIncomplete(UserError):
    """It cannot be assigned before a person fills in what is missing."""

    def __init__(self, missing: Sequence[str]) -> None:
        words = {"lead": _("đơn vị chủ trì"), "due": _("hạn hoàn thành, hoặc đánh dấu là không có hạn")}
        super().__init__(_("Cần bổ sung: %(what)s.") % {"what": "; ".join(words[name] for name in missing)})


class PlaceNotFound(UserError):
    """The words or the position do not mark a free place in the directive's text."""


@transaction.atomic
def edit_draft(
    *,
    draft: Draft,
    by: User | None,
    at: datetime,
    action: str,
    lead_unit: Unit | None,
    coordinating: Iterable[Unit],
    due_on: date | None,
    no_deadline: bool,
    programmes: Iterable[Programme],
    deliverable: str,
) -> Draft:
    """Set what a person may correct. Nothing is recorded when nothing changed. Raises DraftSettled."""
    draft = _open(draft)
    fields: dict[str, Any] = {
        "action": nfc(action).strip(),
        "lead_unit_id": lead_unit.pk if lead_unit else None,
        "due_on": due_on,
        "no_deadline": no_deadline and due_on is None,
        "deliverable": nfc(deliverable).strip(),
    }
    helpers = [unit for unit in coordinating if unit != lead_unit]
    changed = [name for name, value in fields.items() if getattr(draft, name) != value]
    for name in changed:
        setattr(draft, name, fields[name])
    for name, chosen in (("coordinating", helpers), ("programmes", list(programmes))):
        related = getattr(draft, name)
        if {item.pk for item in related.all()} != {item.pk for item in chosen}:
            related.set(chosen)
            changed.append(name)
    if changed:
        draft.edited_at = at
        draft.save()
        record(
            Kind.DRAFT_EDITED,
            draft,
            by=by,
            at=at,
            directive=draft.directive_id,
            fields=sorted(name.removesuffix("_id") for name in changed),
        )
    return draft


@transaction.atomic
def split_draft(*, draft: Draft, position: int, by: User | None, at: datetime) -> tuple[Draft, Draft]:
    """Cut a draft in two at a character of the text; both halves keep what was known of the whole.

    Raises DraftSettled, and PlaceNotFound when a half would hold no words.
    """
    draft = _open(draft)
    text = draft.directive.text
    halves = [trimmed(text, draft.start, position), trimmed(text, position, draft.end)]
    if not (draft.start < position < draft.end) or any(start >= end for start, end in halves):
        raise PlaceNotFound(_("Chỗ tách phải nằm giữa câu. Hãy chọn một chỗ khác."))
    first, second = (
        _replace(
            [draft],
            start=start,
            end=end,
            action=title(text[start:end]),
            origin=Origin.SPLIT,
        )
        for start, end in halves
    )
    _retire([draft], at=at)
    record(Kind.DRAFT_SPLIT, draft, by=by, at=at, directive=draft.directive_id, into=[first.pk, second.pk])
    return first, second


@transaction.atomic
def merge_drafts(*, drafts: Sequence[Draft], by: User | None, at: datetime) -> Draft:
    """Make one draft of several of the same directive. A lead or deadline stays only where they agree.

    Raises DraftSettled, and PlaceNotFound for drafts of different directives or fewer than two.
    """
    parts = [_open(draft) for draft in sorted(drafts, key=lambda draft: draft.pk)]
    if len({part.pk for part in parts}) < 2 or len({part.directive_id for part in parts}) > 1:
        raise PlaceNotFound(_("Hãy chọn ít nhất hai đề xuất của cùng một văn bản để gộp."))
    parts.sort(key=lambda part: (part.start, part.end))
    merged = _replace(
        parts,
        start=min(part.start for part in parts),
        end=max(part.end for part in parts),
        action="; ".join(dict.fromkeys(part.action for part in parts))[:600],
        origin=Origin.MERGE,
    )
    _retire(parts, at=at)
    record(
        Kind.DRAFTS_MERGED,
        merged,
        by=by,
        at=at,
        directive=merged.directive_id,
        merged=[part.pk for part in parts],
    )
    return merged


@transaction.atomic
def reject_draft(*, draft: Draft, by: User | None, at: datetime) -> Draft:
    """Say that the words give no task. ``restore_draft`` takes it back. Raises DraftSettled."""
    draft = _open(draft)
    draft.rejected_at, draft.rejected_by = at, by
    draft.save(update_fields=["rejected_at", "rejected_by"])
    record(Kind.DRAFT_REJECTED, draft, by=by, at=at, directive=draft.directive_id)
    return draft


@transaction.atomic
def restore_draft(*, draft: Draft, by: User | None, at: datetime) -> Draft:
    """Take a rejection back. Raises DraftSettled when it was not rejected."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.rejected_at is None or draft.replaced_at is not None:
        raise DraftSettled
    draft.rejected_at = draft.rejected_by = None
    draft.save(update_fields=["rejected_at", "rejected_by"])
    record(Kind.DRAFT_RESTORED, draft, by=by, at=at, directive=draft.directive_id)
    return draft


@transaction.atomic
def add_draft(*, directive: Directive, words: str, by: User | None, at: datetime) -> Draft:
    """Draft a task the reader missed from words copied out of the text. Raises PlaceNotFound."""
    place = find_words(directive.text, nfc(words))
    if place is None:
        raise PlaceNotFound(
            _(
                "Không tìm thấy những chữ này trong văn bản. Hãy chép nguyên văn một câu, "
                "hoặc bôi đen câu trong văn bản."
            )
        )
    start, end = place
    if directive.drafts.shown().filter(start=start, end=end).exists():
        raise PlaceNotFound(_("Câu này đã có một đề xuất. Hãy mở đề xuất đó để sửa."))
    draft = Draft.objects.create(
        directive=directive,
        start=start,
        end=end,
        action=title(directive.text[start:end]),
        origin=Origin.PERSON,
    )
    record(Kind.DRAFTS_PROPOSED, directive, by=by, at=at, drafts=1, added_by_hand=draft.pk)
    return draft


@transaction.atomic
def confirm_draft(
    *, draft: Draft, by: User | None, at: datetime, corrections: Mapping[str, Any] | None = None
) -> Task:
    """Assign the task a draft proposes, after ``corrections`` (what ``edit_draft`` takes) were made to it.

    Raises DraftSettled, DraftIncomplete and what ``assign_task`` raises; then nothing is corrected either.
    """
    if corrections is not None:
        edit_draft(draft=draft, by=by, at=at, **corrections)
    draft = _open(draft)
    if draft.missing:
        raise DraftIncomplete(draft.missing)
    lead_unit = draft.lead_unit
    assert lead_unit is not None
    task = assign_task(
        title=draft.action,
        lead_unit=lead_unit,
        coordinating=draft.coordinating.all(),
        programmes=draft.programmes.all(),
        due_on=draft.due_on,
        deliverable=draft.deliverable,
        directive=draft.directive,
        draft=draft,
        start=draft.start,
        end=draft.end,
        by=by,
        at=at,
    )
    record(Kind.DRAFT_CONFIRMED, draft, by=by, at=at, directive=draft.directive_id, task=task.code)
    return task


@transaction.atomic
def confirm_complete(*, directive: Directive, by: User | None, at: datetime) -> list[Task]:
    """Confirm every waiting draft that lacks nothing, in the order of the text."""
    waiting = directive.drafts.waiting().select_for_update(of=("self",)).order_by("start", "pk")
    return [confirm_draft(draft=draft, by=by, at=at) for draft in waiting if not draft.missing]


def _open(draft: Draft) -> Draft:
    """The draft locked and fresh. Raises DraftSettled unless it still waits."""
    fresh = Draft.objects.select_for_update(of=("self",)).select_related("directive").get(pk=draft.pk)
    if fresh.rejected_at or fresh.replaced_at or Task.objects.filter(draft=fresh).exists():
        raise DraftSettled
    return fresh


def _replace(parts: Sequence[Draft], *, start: int, end: int, action: str, origin: Origin) -> Draft:
    """A draft in place of others, with what they agree on."""
    leads = {part.lead_unit_id for part in parts if part.lead_unit_id}
    dues = {part.due_on for part in parts if part.due_on}
    first = next((part for part in parts if part.deadline_phrase), parts[0])
    new = Draft.objects.create(
        directive=parts[0].directive,
        start=start,
        end=end,
        action=action,
        lead_unit_id=leads.pop() if len(leads) == 1 else None,
        lead_why=next((part.lead_why for part in parts if part.lead_why), ""),
        due_on=dues.pop() if len(dues) == 1 else None,
        deadline_notation=first.deadline_notation,
        deadline_phrase=first.deadline_phrase,
        deadline_why=first.deadline_why,
        deliverable="; ".join(dict.fromkeys(part.deliverable for part in parts if part.deliverable))[:300],
        origin=origin,
    )
    new.parents.set(parts)
    helpers = {unit for part in parts for unit in part.coordinating.all() if unit.pk != new.lead_unit_id}
    new.coordinating.set(helpers)
    new.programmes.set({programme for part in parts for programme in part.programmes.all()})
    return new


def _retire(parts: Iterable[Draft], *, at: datetime) -> None:
    for part in parts:
        part.replaced_at = at
        part.save(update_fields=["replaced_at"])

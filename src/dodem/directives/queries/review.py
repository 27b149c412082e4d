"""The review page: each draft as a card, its number the number of its mark in the text."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dodem.directives.marking import Mark
from dodem.directives.models import Directive, Draft, Task
from dodem.directives.places import Cut, cuts
from dodem.pages.charts import Part
from dodem.units.models import Unit


@dataclass(frozen=True)
class Card:
    """``others`` are the numbers and keys of the drafts it could be merged with."""

    number: int
    draft: Draft
    state: str
    shape: str
    words: str
    sentence: str
    cuts: list[Cut]
    others: list[tuple[int, int]]

    @property
    def is_waiting(self) -> bool:
        return self.state in {"ready", "incomplete"}

    @property
    def anchor(self) -> str:
        """The id of the card; that of its place in the text is "c" and the same key."""
        return f"v{self.draft.pk}"

    @property
    def asks_lead(self) -> bool:
        return "lead" in self.draft.missing

    @property
    def asks_due(self) -> bool:
        return "due" in self.draft.missing

    @property
    def lead_why(self) -> str:
        """Where the lead was read, or why a person must name one."""
        return self.draft.lead_why or (_("Chưa có đơn vị chủ trì") if self.asks_lead else "")

    @property
    def due_why(self) -> str:
        return self.draft.deadline_why or (_("Chưa có hạn") if self.asks_due else "")

    @property
    def task(self) -> Task | None:
        return getattr(self.draft, "task", None)

    @property
    def helpers(self) -> list[Unit]:
        return list(self.draft.coordinating.all())

    @property
    def confidence(self) -> int | None:
        """How sure the reader was that these words give a task, in percent."""
        given = self.draft.confidence.get("span")
        return round(given[0] * 100) if given else None

    def mark(self, *, is_on: bool) -> Mark:
        return Mark(
            start=self.draft.start,
            end=self.draft.end,
            number=self.number,
            href=f"#{self.anchor}",
            anchor=f"c{self.draft.pk}",
            label=_("Đến đề xuất %(number)d") % {"number": self.number},
            css="is-no" if self.state == "rejected" else "is-on" if is_on else "",
            waiting=self.is_waiting,
        )


@dataclass(frozen=True)
class Progress:
    """How far a review has come; ``complete`` of the waiting lack nothing."""

    confirmed: int
    incomplete: int
    complete: int
    rejected: int

    @property
    def waiting(self) -> int:
        return self.incomplete + self.complete

    @property
    def proposed(self) -> int:
        return self.waiting + self.confirmed

    @property
    def parts(self) -> list[Part]:
        parts = [
            Part(self.confirmed, "done", _("đã xác nhận")),
            Part(self.incomplete, "risk", _("cần bổ sung")),
            Part(self.complete, "none", _("chưa xem")),
        ]
        return [part for part in parts if part.count]

    @property
    def spoken(self) -> str:
        return ", ".join(f"{part.count} {part.name}" for part in self.parts)


def cards(directive: Directive) -> list[Card]:
    """The cards in the order of the text. Three queries."""
    drafts = list(directive.drafts.shown().with_parts())
    waiting = [
        (number, draft)
        for number, draft in enumerate(drafts, start=1)
        if draft.state in {"ready", "incomplete"}
    ]
    return [
        Card(
            number=number,
            draft=draft,
            state=draft.state,
            shape=_shape(draft),
            words=_words(draft),
            sentence=directive.quote(draft.start, draft.end),
            cuts=cuts(directive.text, draft.start, draft.end),
            others=[(n, other.pk) for n, other in waiting if other.pk != draft.pk],
        )
        for number, draft in enumerate(drafts, start=1)
    ]


def progress(shown: list[Card]) -> Progress:
    states = [card.state for card in shown]
    return Progress(
        confirmed=states.count("confirmed"),
        incomplete=states.count("incomplete"),
        complete=states.count("ready"),
        rejected=states.count("rejected"),
    )


def _shape(draft: Draft) -> str:
    return {"confirmed": "done", "incomplete": "risk"}.get(draft.state, "none")


def _words(draft: Draft) -> str:
    match draft.state:
        case "confirmed":
            return _("Đã xác nhận")
        case "rejected":
            return _("Không phải nhiệm vụ")
        case "incomplete":
            if len(draft.missing) > 1:
                count = len(draft.missing)
                return ngettext("Cần bổ sung %(count)d mục", "Cần bổ sung %(count)d mục", count) % {
                    "count": count
                }
            return _("Thiếu đơn vị chủ trì") if draft.missing[0] == "lead" else _("Thiếu hạn")
        case _:
            return _("Chưa xem")

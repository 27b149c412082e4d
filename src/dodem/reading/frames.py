"""What list or section a line stands in: whether it orders, and whom it addresses."""

import re
from dataclasses import dataclass, replace

from dodem.reading.roles import Roles, chains, sort_roles
from dodem.reading.sentences import Line
from dodem.reading.units import UnitMention
from dodem.reading.words import ACTION, IMPERATIVE, LIST_FOLLOWS, ORDER, OTHER_SECTION, PAST, TASK_SECTION

# Outer to inner; a line closes every list that is as deep as itself or deeper.
DEPTH = {"article": 0, "roman": 0, "number": 1, "decimal": 2, "letter": 3, "bullet": 4}
_RUNNING = 1
_ONLY_NAMES = re.compile(
    r"[\s,;:.]*(?:và|các|giao|yêu cầu|đề nghị|đối với|trách nhiệm của|của|phân công|nhiệm vụ)?[\s,;:.]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:chủ\s+trì|phối\s+hợp|có\s+trách\s+nhiệm|tập\s+trung|thực\s+hiện|triển\s+khai|khẩn\s+trương"
    r"|tổ\s+chức)[^.]*:\Z",
    re.IGNORECASE,
)
_LONGEST_HEADING = 170


@dataclass(frozen=True)
class Frame:
    """The open lists (depth, whom each addresses) and what the present section is about.

    `orders`: an order has been opened and verb-first sentences continue it; `plans`: the text speaks of
    what will be done; `silent`: a section of results, aims or grounds, in which nothing is assigned.
    """

    orders: bool
    plans: bool = False
    silent: bool = False
    lists: tuple[tuple[int, Roles], ...] = ()

    @property
    def roles(self) -> Roles:
        """Whom the innermost list addresses."""
        return next((roles for _, roles in reversed(self.lists) if roles.lead), Roles())

    def entering(self, line: Line) -> "Frame":
        """The frame for a line of this depth: lists as deep as it are closed."""
        depth = DEPTH.get(line.marker, _RUNNING if not line.marker else 9)
        return replace(self, lists=tuple(item for item in self.lists if item[0] < depth))

    def as_heading(self, line: Line, mentions: list[UnitMention]) -> "Frame | None":
        """The frame opened by this line when it is a heading and no task of its own; else None."""
        text = line.body.text
        if len(text) > _LONGEST_HEADING and not text.endswith(":"):
            return None
        depth = DEPTH.get(line.marker, 3)
        if mentions and _names_only(text, mentions):
            # Unmarked running lines that only name bodies are captions unless they end in a colon.
            if not line.marker and not text.endswith(":"):
                return None
            roles = Roles(tuple(_shifted(mentions, line.body.start)), (), 0.9, "đề mục")
            return replace(self, orders=True, silent=False, lists=(*self.lists, (depth, roles)))
        if (
            line.marker
            and text.endswith(":")
            and len(text) < 110
            and not mentions
            and not ACTION.search(text)
        ):
            # A body the grammar of names does not know, addressed like the others.
            name = text.rstrip(" :")
            unknown = UnitMention(name, line.body.start, line.body.start + len(name), (), name)
            roles = Roles((unknown,), (), 0.5, "đề mục")
            return replace(self, orders=True, silent=False, lists=(*self.lists, (depth, roles)))
        if text.endswith(":") and (ORDER.search(text) or LIST_FOLLOWS.search(text) or _ADDRESS.search(text)):
            return self._opening(line, mentions, depth)
        capital = text.upper() == text and len(text) > 5
        headed = (
            capital or line.marker in ("roman", "article") or (line.marker and not text.endswith((".", ";")))
        )
        if headed and not (IMPERATIVE.match(text) and not capital) and len(text) <= _LONGEST_HEADING:
            if OTHER_SECTION.match(text) or (OTHER_SECTION.search(text) and not TASK_SECTION.search(text)):
                return replace(self, orders=False, silent=True)
            if TASK_SECTION.search(text):
                return replace(self, orders=True, silent=False)
            if capital:
                return replace(self, silent=False)
        return None

    def _opening(self, line: Line, mentions: list[UnitMention], depth: int) -> "Frame":
        from_roles = _addressed(line.body.text, mentions)
        roles = Roles(
            tuple(_shifted(list(from_roles.lead), line.body.start)),
            tuple(_shifted(list(from_roles.coordinating), line.body.start)),
            0.9,
            "câu dẫn",
        )
        return replace(self, orders=True, silent=False, lists=(*self.lists, (depth, roles)))

    def leaving(self, line: Line, mentions: list[UnitMention], *, ordered: bool, planned: bool) -> "Frame":
        """The frame after a line whose tasks have been read."""
        text = line.body.text
        if ordered or LIST_FOLLOWS.search(text):
            return replace(self, orders=True, plans=planned)
        # One caption between two paragraphs changes nothing.
        caption = len(text) < 120 and not text.endswith((".", ":", ";", "”", '"'))
        if caption or line.marker:
            return replace(self, plans=self.plans if caption else planned)
        # A paragraph that reports closes the order before it.
        if PAST.search(text) or not ACTION.match(text):
            return replace(self, orders=False, plans=planned)
        return replace(self, plans=planned)


def _names_only(text: str, mentions: list[UnitMention]) -> bool:
    rest, position = "", 0
    for mention in mentions:
        rest += text[position : mention.start] + " "
        position = mention.end
    rest += text[position:]
    return all(_ONLY_NAMES.fullmatch(part) for part in re.split(r"[,;]", rest))


def _shifted(mentions: list[UnitMention], by: int) -> list[UnitMention]:
    return [replace(m, start=m.start + by, end=m.end + by) for m in mentions]


def _addressed(text: str, mentions: list[UnitMention]) -> Roles:
    roles = sort_roles(text, mentions)
    if roles.lead:
        return roles
    groups = chains(text, mentions)
    return (
        Roles(groups[-1].mentions, (), 0.6, "câu dẫn")
        if groups and ORDER.search(text[: groups[-1].start])
        else Roles()
    )

"""Who does it: the bodies of one order sorted into lead and coordinating, by the words around them."""

import re
from dataclasses import dataclass

from dodem.reading.units import UnitMention
from dodem.reading.words import DUTY, IMPERATIVE, MODAL, ORDER, PROPOSE, SPEECH, phrase

_I = re.IGNORECASE
_JOINED = re.compile(r"\s*(?:,|và|;|cùng|cùng\s+với|hoặc|-|–|,\s*và|\()?\s*(?:các\s+)?\)?\s*", _I)

# ------------------------------------------------------------------ the lines of the grammar
COORDINATES_BEFORE = re.compile(
    r"(?:phối\s+hợp(?:\s+(?:chặt\s+chẽ|tốt|đồng\s+bộ|cùng))?(?:\s+(?:với|cùng|giữa))?"
    r"|sự\s+phối\s+hợp\s+của|cùng\s+với|cùng"
    r"|(?:đơn\s+vị|cơ\s+quan)\s+phối\s+hợp(?:\s+thực\s+hiện)?\s*(?::|là)|phối\s+hợp\s*:)\s*(?:với\s+)?\Z",
    _I,
)
COORDINATES_AFTER = re.compile(r"\s*(?:là\s+(?:cơ\s+quan|đơn\s+vị)\s+)?(?:phối\s+hợp)(?:\s*[.;)]|\s*\Z)", _I)
LEADS_AFTER = re.compile(
    r"\s*,?\s*(?:là\s+)?(?:(?:cơ\s+quan|đơn\s+vị)\s+)?(?:làm\s+)?(?:chủ\s+trì|đầu\s+mối"
    r"|chịu\s+trách\s+nhiệm\s+chính|là\s+cơ\s+quan\s+thường\s+trực)",
    _I,
)
LEADS_BEFORE = re.compile(r"(?:(?:đơn\s+vị|cơ\s+quan)\s+)?chủ\s+trì(?:\s+thực\s+hiện)?\s*(?::|là)\s*\Z", _I)
DIRECTS_AFTER = re.compile(
    rf"\s*(?:{phrase('tiếp tục|trực tiếp|tập trung|khẩn trương')}\s*)*(?:lãnh\s+đạo\s*,\s*)?chỉ\s+đạo(?=\s)",
    _I,
)
_OPENS = re.compile(r"(?:\A|[,:“\"(])\s*(?:(?:thì|là|rằng|do|mà)\s+)?\Z", _I)
_SPEAKS = re.compile(
    rf"\s*(?:cũng\s+|đã\s+|vừa\s+)?(?:{ORDER.pattern}|{phrase(SPEECH)}|{PROPOSE.pattern})", _I
)
_OPENING_TOPIC = re.compile(r"\A[^,;:]{0,160},\s*\Z")


@dataclass(frozen=True)
class Roles:
    """Lead and coordinating bodies; `sureness` 0..1 and the rule that found the lead."""

    lead: tuple[UnitMention, ...] = ()
    coordinating: tuple[UnitMention, ...] = ()
    sureness: float = 0.0
    rule: str = ""


@dataclass(frozen=True)
class Chain:
    """Bodies named one after another, joined by commas and "và"."""

    mentions: tuple[UnitMention, ...]

    @property
    def start(self) -> int:
        """Offset of the first body."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Offset after the last body."""
        return self.mentions[-1].end


def chains(text: str, mentions: list[UnitMention]) -> list[Chain]:
    """The bodies grouped into lists as the text joins them; offsets are of `text`."""
    groups: list[list[UnitMention]] = []
    for mention in mentions:
        if groups and _JOINED.fullmatch(text[groups[-1][-1].end : mention.start]):
            between = text[groups[-1][-1].end : mention.start].lower()
            if "cùng" not in between and ";" not in between:
                groups[-1].append(mention)
                continue
        groups.append([mention])
    return [Chain(tuple(group)) for group in groups]


def sort_roles(text: str, mentions: list[UnitMention]) -> Roles:
    """Lead and coordinating bodies of one clause; the text may begin with the words that order it."""
    best = Roles()
    coordinating: list[UnitMention] = []
    directed_from = -1
    for chain in chains(text, mentions):
        before, after = text[: chain.start], text[chain.end :]
        if COORDINATES_BEFORE.search(before) or COORDINATES_AFTER.match(after):
            coordinating += chain.mentions
        elif directed_from >= 0 and not text[directed_from : chain.start].strip():
            coordinating += chain.mentions
            directed_from = -1
        elif found := _lead_rule(before, after):
            rule, sure = found
            if rule == "chỉ đạo" and (match := DIRECTS_AFTER.match(after)):
                directed_from = chain.end + match.end()
            if sure > best.sureness:
                best = Roles(chain.mentions, (), sure, rule)
    lead_spans = {(m.start, m.end) for m in best.lead}
    others = tuple(m for m in coordinating if (m.start, m.end) not in lead_spans)
    return Roles(best.lead, others, best.sureness, best.rule)


def _lead_rule(before: str, after: str) -> tuple[str, float] | None:
    """Which line of the grammar makes the chain between `before` and `after` the lead."""
    if LEADS_AFTER.match(after):
        return "chủ trì", 0.97
    if LEADS_BEFORE.search(before):
        return "chủ trì:", 0.97
    order = [match for match in ORDER.finditer(before) if not before[match.end() :].strip(' ,:“"')]
    if order:
        return "giao / yêu cầu", 0.93
    opens = _OPENS.search(before)
    if opens and DIRECTS_AFTER.match(after):
        return "chỉ đạo", 0.9
    if opens and _SPEAKS.match(after):
        return None
    rest = after.lstrip(" ,:")
    acts = MODAL.match(rest) or DUTY.match(rest) or IMPERATIVE.match(rest)
    if opens and acts:
        at_head = not before.strip() or _OPENING_TOPIC.match(before)
        return "chủ ngữ", 0.85 if at_head else 0.6
    return None

"""Is a clause an order, a promise with a date or a figure, or neither?

order    := speaker? ORDER-verb addressee? verb …            "yêu cầu Sở X rà soát …"
          | body DUTY-word verb …                            "các sở phải báo cáo …"
          | [in an order's list or after an order] body? verb …
promise  := (FUTURE-word | plan) verb … with a date to come or a quantity
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dodem.reading.deadlines import read_deadline
from dodem.reading.frames import Frame
from dodem.reading.notation import WorkingDays
from dodem.reading.roles import DIRECTS_AFTER, Chain, chains
from dodem.reading.sentences import Piece, part
from dodem.reading.targets import find_target
from dodem.reading.units import find_mentions
from dodem.reading.words import (
    ACTION,
    ASKING_SPEAKERS,
    CONNECTIVE,
    DUTY,
    FUTURE,
    GENERIC_SUBJECT,
    HIGHER_BODIES,
    IMPERATIVE,
    LIST_FOLLOWS,
    MODAL,
    ORDER,
    PAST,
    PROPOSE,
    REMINDER,
    SPEECH,
    SPEECH_LEAD,
    SPEECH_TAG,
    TITLE_OF_DECISION,
    TOPIC,
    phrase,
)

_SHORTEST = 25
_TRAILING = re.compile(r"[\s.;,:“”\"]+\Z")
_QUOTES = re.compile(r"[\s“”\"'‘’]*")
_LIST_TAIL = re.compile(
    r",\s*(?:đồng\s+thời\s+)?(?:(?:tập\s+trung|tiếp\s+tục"
    r"|khẩn\s+trương)\s+)?(?:triển\s+khai\s+)?(?:thực\s+hiện|làm)"
    r"(?:\s+tốt)?\s+(?:các|một\s+số|những)\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc"
    r"|giải\s+pháp)[^.:;]{0,60}:\s*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\A[^,;:]{{0,160}}?{phrase(SPEECH)}(?:\s+(?:rằng|thêm|việc|là))?\s+(?=\S)", re.IGNORECASE
)
_WHEN_OR_WHERE = re.compile(
    r"(?:ngay\s+)?(?:trong|đến|trước|từ|đối\s+với|với|về|tại|chậm\s+nhất)\s[^,;:]{2,60}?(?:,\s*"
    r"|\s+(?=phải|cần|hoàn))",
    re.IGNORECASE,
)
_INTENDS = re.compile(phrase("sẽ|phấn đấu|đặt mục tiêu|cam kết"), re.IGNORECASE)
_TO_WHOM = re.compile(r"[\s,:“\"]*(?:(?:rằng|cho|là|thêm)\s+)?[\s:“\"]*")


@dataclass(frozen=True)
class Verdict:
    """A clause found to be a task: `span` is what a reader would mark, `clause` all that was read."""

    clause: Piece
    span: Piece
    modality: Literal["assign", "commit"]
    sureness: float
    words: str
    rule: str


def judge(
    clause: Piece, *, frame: Frame, listed: bool, doc_date: date, calendar: WorkingDays
) -> Verdict | None:
    """The verdict on one clause, None when it assigns nothing.

    `listed`: the clause stands in a numbered or bulleted item of a paper that assigns.
    """
    whole = _closed(clause)
    if frame.silent or whole is None or len(whole.text) < _SHORTEST or TITLE_OF_DECISION.search(whole.text):
        return None
    if _proposes(whole.text):
        return None
    skip = _opening(whole.text)
    return (
        _explicit_order(whole, skip)
        or _duty(whole, skip)
        or (_continued(whole, skip, listed=listed) if frame.orders or listed else None)
        or _promise(whole, skip, frame=frame, doc_date=doc_date, calendar=calendar)
    )


# ------------------------------------------------------------------ the ends of a clause
def _closed(clause: Piece) -> Piece | None:
    """The clause without its closing marks, the tag of a quotation, or the words that open a list."""
    text = clause.text
    if LIST_FOLLOWS.search(text) and text.endswith(":"):
        tail = _LIST_TAIL.search(text)
        if not tail:
            return None
        text = text[: tail.start()]
    if tag := SPEECH_TAG.search(text):
        text = text[: tag.start()]
    if end := _TRAILING.search(text):
        # "…" belongs to what it trails off from.
        text = text[: end.start()]
    quotes = _QUOTES.match(text)
    return part(clause, quotes.end() if quotes else 0, len(text)) if text else None


def _opening(text: str) -> int:
    """How many characters at the head only connect the clause to what was said before."""
    match = CONNECTIVE.match(text)
    return match.end() if match else 0


def _said_from(text: str, skip: int) -> int:
    """Where what is said begins, after connectives and after "ông X nhấn mạnh,"."""
    spoken = SPEECH_LEAD.match(text)
    if spoken is None and (said := _SAID.match(text)):
        # Without a comma the words of a speaker end only where a body is named.
        spoken = said if any(m.start <= 2 for m in find_mentions(text[said.end() :][:200])) else None
    start = max(skip, spoken.end() if spoken else 0)
    return start + _opening(text[start:])


def _proposes(text: str) -> bool:
    """Asked of a higher body: nothing that a unit of the city must do."""
    return any(
        HIGHER_BODIES.match(text[match.end() :].lstrip(" :,với"))
        and not HIGHER_BODIES.search(text[: match.start()])
        for match in PROPOSE.finditer(text)
    )


# ------------------------------------------------------------------ the kinds of order
def _explicit_order(whole: Piece, skip: int) -> Verdict | None:
    """ "… yêu cầu / giao / đề nghị [body] verb …": the span begins after the ordering word."""
    text = whole.text
    for match in ORDER.finditer(text):
        if PAST.search(text[max(0, match.start() - 12) : match.start()]):
            return None
        to_whom = _TO_WHOM.match(text, match.end())
        start = to_whom.end() if to_whom else match.end()
        when = _WHEN_OR_WHERE.match(text, start)
        if when and (IMPERATIVE.match(text, when.end()) or DUTY.match(text, when.end())):
            return Verdict(whole, part(whole, start), "assign", 0.85, match[0], "lời giao việc")
        rest = text[start:]
        bodies = [m for m in find_mentions(rest[:400]) if m.start <= 2]
        if not bodies and (not IMPERATIVE.match(rest) or REMINDER.match(match[0])):
            continue
        if match[0].lower() == "đề nghị" and ASKING_SPEAKERS.search(text[: match.start()]):
            return None
        if match[0].lower() == "chỉ đạo":
            director = _chain_ending_at(text, match.start())
            if director:
                start = director.start
        elif match.start() > 160 and not bodies:
            continue
        return Verdict(whole, part(whole, start), "assign", 0.92, match[0], "lời giao việc")
    return None


def _chain_ending_at(text: str, end: int) -> Chain | None:
    for chain in chains(text, find_mentions(text)):
        match = DIRECTS_AFTER.match(text[chain.end :])
        if match and chain.end + match.end() >= end > chain.start:
            return chain
    return None


def _duty(whole: Piece, skip: int) -> Verdict | None:
    """ "[body] phải / cần / có trách nhiệm verb …", also after the words of a speaker."""
    text = whole.text
    start = _said_from(text, skip)
    subject = _subject(text, start)
    if subject is None:
        return None
    duty = DUTY.match(text[subject:].lstrip(" ,"))
    if not duty:
        return None
    after = text[subject:].lstrip(" ,")[duty.end() :].lstrip(" ,")
    if not (IMPERATIVE.match(after) or ACTION.search(after[:80])):
        return None
    return Verdict(whole, part(whole, start), "assign", 0.85, duty[0], "phải / cần")


def _subject(text: str, start: int) -> int | None:
    """Where the bodies (or nothing) that open text[start:] end; None when it opens with something else."""
    rest = text[start:]
    topic = TOPIC.match(rest)
    for offset in {0, topic.end()} if topic else {0}:
        after = rest[offset:]
        if DUTY.match(after):
            return start + offset
        if (generic := GENERIC_SUBJECT.match(after)) and DUTY.match(after[generic.end() :].lstrip(" ,")):
            return start + offset + generic.end()
        opening = [c for c in chains(after, find_mentions(after)) if c.start <= 2]
        if opening:
            return start + offset + opening[0].end
    return None


def _continued(whole: Piece, skip: int, *, listed: bool) -> Verdict | None:
    """In a list of orders, or after an order: "[topic,] [body] verb …" without any word of ordering."""
    text = whole.text
    start = _said_from(text, skip)
    rest = text[start:]
    topic = TOPIC.match(rest)
    for offset in sorted({0, topic.end() if topic else 0}):
        after = rest[offset:]
        opening = [c for c in chains(after, find_mentions(after)) if c.start <= 2]
        verb_at = opening[0].end if opening else 0
        verbs = after[verb_at:].lstrip(" ,:–-")
        match = IMPERATIVE.match(verbs)
        if match and not PAST.match(verbs) and not (opening and not listed and not _orders(verbs)):
            sure = 0.85 if listed else 0.7
            return Verdict(whole, part(whole, start), "assign", sure, match[0], "động từ đầu câu")
    return None


def _orders(verbs: str) -> bool:
    """A body and a verb without "phải" is an order only with a word of haste or of directing."""
    return bool(MODAL.match(verbs) or re.match(r"(?:chỉ\s+đạo|hoàn\s+thành)(?!\w)", verbs, re.IGNORECASE))


def _promise(
    whole: Piece, skip: int, *, frame: Frame, doc_date: date, calendar: WorkingDays
) -> Verdict | None:
    """What the body says it will do, when it names a day to come or a quantity."""
    text = whole.text
    start = _said_from(text, skip)
    rest = text[start:]
    future = FUTURE.search(rest)
    verb = ACTION.search(rest)
    if not verb or not (future or frame.plans) or PAST.search(rest):
        return None
    deadline = read_deadline(rest, doc_date=doc_date, calendar=calendar)
    dated = deadline is not None and deadline.due_on is not None
    if not dated and not (future and _INTENDS.search(rest) and find_target(rest, doc_date=doc_date)):
        return None
    return Verdict(whole, part(whole, start), "commit", 0.6, future[0] if future else "", "cam kết có hạn")

"""Directive text → proposed tasks, each with the words it came from and how sure every part of it is.

A walk over the lines with a small state (`Frame`): what list we are in, whom it addresses, whether it
orders. Every clause is asked one question, `judge`: is this an order, a promise, or neither? The parts of a
task are then read by the modules that know them: `roles`, `deadlines`, `programmes`, `quantities`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from dodem.reading import head, programmes, tables
from dodem.reading.deadlines import read_deadline
from dodem.reading.frames import Frame
from dodem.reading.judge import Verdict, judge
from dodem.reading.notation import ReadDeadline
from dodem.reading.roles import Roles, sort_roles
from dodem.reading.sentences import Line, Piece, clauses, lines, sentences, trimmed
from dodem.reading.targets import find_target
from dodem.reading.titles import title
from dodem.reading.units import UnitDirectory, UnitMention, find_mentions
from dodem.reading.words import LIST_FOLLOWS, NOT_RUNNING_TEXT, ONLY_DEADLINE, PLAN_FRAME
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.quantities import Quantity

Modality = Literal["assign", "commit"]


@dataclass(frozen=True)
class Sureness:
    """How sure one drafted field is (0..1), the words it was read from and the rule that read them."""

    score: float
    words: str = ""
    rule: str = ""


@dataclass(frozen=True)
class ProposedTask:
    """A task drafted from text[start:end]; offsets are characters of the text that was read.

    `lead` may name several bodies or none: the officer who confirms the draft decides. `programmes` are
    those named in the words, else the frame of the whole paper. `modality` tells an order from a promise.
    """

    start: int
    end: int
    text: str
    action: str
    lead: tuple[UnitMention, ...] = ()
    coordinating: tuple[UnitMention, ...] = ()
    deadline: ReadDeadline | None = None
    programmes: tuple[str, ...] = ()
    target: Quantity | None = None
    modality: Modality = "assign"
    sureness: Mapping[str, Sureness] = field(default_factory=dict)


@dataclass(frozen=True)
class _Reading:
    """What every step of one reading needs."""

    text: str
    doc_date: date
    directory: UnitDirectory
    calendar: WorkingCalendar
    frame_programmes: tuple[str, ...]
    official: bool
    subject: str | None


def propose_tasks(
    text: str, *, doc_date: date, directory: UnitDirectory, calendar: WorkingCalendar | None = None
) -> list[ProposedTask]:
    """The tasks that a paper or a press report assigns, in the order of the text.

    `doc_date` stands for "today" where the text counts from its own day. Nothing is a final answer: each
    task is a draft for an officer, with its `sureness` by field ("span", "lead", "coordinating",
    "deadline", "programmes", "target").
    """
    top = head.read_head(text)
    reading = _Reading(
        text=text,
        doc_date=doc_date,
        directory=directory,
        calendar=calendar or WorkingCalendar.load(),
        frame_programmes=programmes.frame(text),
        official=top.is_directive,
        subject=top.subject,
    )
    tasks: list[ProposedTask] = []
    frame = Frame(orders=False)
    columns: tables.Columns | None = None
    for line in lines(text):
        if " | " in line.body.text:
            cells = tables.cells(text, line.start, line.body.end)
            if new_columns := tables.read_header(cells):
                columns = new_columns
            elif columns and (row := tables.read_row(cells, columns)):
                tasks.append(_from_row(reading, row))
            continue
        columns = None
        if NOT_RUNNING_TEXT.match(line.body.text) or _is_subject(reading, line):
            continue
        frame = _read_line(reading, line, frame, tasks)
    return tasks


def _is_subject(reading: _Reading, line: Line) -> bool:
    """The line of the head that names the paper's subject assigns nothing."""
    return reading.official and reading.subject is not None and line.body.text.endswith(reading.subject)


def _read_line(reading: _Reading, line: Line, frame: Frame, tasks: list[ProposedTask]) -> Frame:
    """Append the tasks of one line and return the frame in which the next line stands."""
    frame = frame.entering(line)
    mentions = find_mentions(line.body.text, reading.directory)
    if heading := frame.as_heading(line, mentions):
        return heading
    found: list[ProposedTask] = []
    inherited = frame.roles
    planned = bool(PLAN_FRAME.search(line.body.text))
    for sentence in sentences(reading.text, line.body):
        for clause in _clauses(reading.text, sentence):
            previous = found[-1] if found else (tasks[-1] if tasks and line.marker == "" else None)
            if previous and _only_deadline(clause):
                extended = _with_deadline(reading, previous, clause)
                if extended and found:
                    found[-1] = extended
                    continue
            verdict = judge(
                clause,
                frame=replace(
                    frame,
                    plans=planned or frame.plans,
                    orders=frame.orders or (bool(found) and found[-1].modality == "assign"),
                ),
                listed=line.marker != "" and (reading.official or frame.orders),
                doc_date=reading.doc_date,
                calendar=reading.calendar,
            )
            if verdict is None:
                continue
            task = _from_clause(reading, verdict, inherited)
            found.append(task)
            if task.lead and task.modality == "assign":
                inherited = Roles(task.lead, (), 0.5, "câu trước")
    tasks.extend(found)
    return frame.leaving(line, mentions, ordered=any(t.modality == "assign" for t in found), planned=planned)


def _clauses(text: str, sentence: Piece) -> Iterator[Piece]:
    """Clauses between semicolons; what introduces a list ("… các nhiệm vụ sau:") stands apart from it."""
    for clause in clauses(text, sentence):
        begin = clause.start
        for match in LIST_FOLLOWS.finditer(clause.text):
            yield trimmed(text, begin, clause.start + match.end())
            begin = clause.start + match.end()
        if text[begin : clause.end].strip():
            yield trimmed(text, begin, clause.end)


def _only_deadline(clause: Piece) -> bool:
    return len(clause.text) < 90 and bool(ONLY_DEADLINE.match(clause.text))


def _with_deadline(reading: _Reading, task: ProposedTask, clause: Piece) -> ProposedTask | None:
    deadline = _deadline(reading, clause)
    if deadline is None or (task.deadline and task.deadline.notation not in ("asap", "continuous")):
        return None
    end = clause.end - (1 if clause.text.endswith(".") else 0)
    sureness = {**task.sureness, "deadline": Sureness(deadline.sureness, deadline.phrase, deadline.rule)}
    return replace(task, end=end, text=reading.text[task.start : end], deadline=deadline, sureness=sureness)


def _deadline(reading: _Reading, piece: Piece) -> ReadDeadline | None:
    found = read_deadline(piece.text, doc_date=reading.doc_date, calendar=reading.calendar)
    return replace(found, start=found.start + piece.start, end=found.end + piece.start) if found else None


def _moved(mentions: tuple[UnitMention, ...], by: int) -> tuple[UnitMention, ...]:
    return tuple(replace(m, start=m.start + by, end=m.end + by) for m in mentions)


def _from_clause(reading: _Reading, verdict: Verdict, inherited: Roles) -> ProposedTask:
    clause, span = verdict.clause, verdict.span
    roles = sort_roles(clause.text, find_mentions(clause.text, reading.directory))
    lead, coordinating = _moved(roles.lead, clause.start), _moved(roles.coordinating, clause.start)
    sure, rule = roles.sureness, roles.rule
    if not lead and inherited.lead:
        lead, sure, rule = inherited.lead, inherited.sureness, inherited.rule
        coordinating = coordinating or inherited.coordinating
    deadline = _deadline(reading, span)
    return _task(
        reading,
        span,
        action=title(
            span.text, after=_after_names(clause, span, roles), deadline=deadline.phrase if deadline else None
        ),
        lead=lead,
        lead_sureness=Sureness(sure, ", ".join(m.text for m in lead), rule),
        coordinating=coordinating,
        deadline=deadline,
        modality=verdict.modality,
        sureness=Sureness(verdict.sureness, verdict.words, verdict.rule),
    )


def _after_names(clause: Piece, span: Piece, roles: Roles) -> int:
    """Where in the span the last lead or coordinating body ends, 0 when none is named in it."""
    ends = [m.end + clause.start - span.start for m in (*roles.lead, *roles.coordinating)]
    return max((end for end in ends if 0 < end <= len(span.text)), default=0)


def _from_row(reading: _Reading, row: tables.Row) -> ProposedTask:
    """A task from a row of an annex table: the columns say what is lead, coordinating and deadline."""
    lead = _cell_units(reading, row.lead)
    deadline = None
    if row.deadline:
        found = read_deadline(
            row.deadline.text,
            doc_date=reading.doc_date,
            calendar=reading.calendar,
            within=(0, len(row.deadline.text)),
        )
        if found:
            shift = row.deadline.start
            deadline = replace(found, start=found.start + shift, end=found.end + shift)
    return _task(
        reading,
        trimmed(reading.text, row.task.start, row.end),
        action=title(row.task.text),
        lead=lead,
        lead_sureness=Sureness(0.97 if lead else 0.0, row.lead.text if row.lead else "", "cột chủ trì"),
        coordinating=_cell_units(reading, row.coordinating),
        deadline=deadline,
        modality="assign",
        sureness=Sureness(0.95, row.task.text[:60], "dòng của bảng"),
    )


def _cell_units(reading: _Reading, cell: Piece | None) -> tuple[UnitMention, ...]:
    if cell is None:
        return ()
    mentions = find_mentions(cell.text, reading.directory)
    if sum(len(m.text) for m in mentions) < 0.7 * len(cell.text.replace(",", "").replace(";", "")):
        # A cell holds names and nothing else: what the grammar of names does not know is still a name.
        mentions = [
            UnitMention(
                match[0].strip(), match.start(), match.end(), reading.directory.match(match[0]), match[0]
            )
            for match in re.finditer(r"[^;,\s][^;,]*", cell.text)
        ]
    return _moved(tuple(mentions), cell.start)


def _task(
    reading: _Reading,
    span: Piece,
    *,
    action: str,
    lead: tuple[UnitMention, ...],
    lead_sureness: Sureness,
    coordinating: tuple[UnitMention, ...],
    deadline: ReadDeadline | None,
    modality: Modality,
    sureness: Sureness,
) -> ProposedTask:
    named = programmes.find_programmes(span.text)
    codes = tuple(dict.fromkeys(mention.code for mention in named)) or reading.frame_programmes
    target = find_target(span.text, doc_date=reading.doc_date)
    fields = {
        "span": sureness,
        "lead": lead_sureness,
        "coordinating": Sureness(
            0.9 if coordinating else 0.0,
            ", ".join(m.text for m in coordinating),
            "phối hợp" if coordinating else "",
        ),
        "deadline": (
            Sureness(deadline.sureness, deadline.phrase, deadline.rule) if deadline else Sureness(0.0)
        ),
        "programmes": (
            Sureness(0.95, ", ".join(m.text for m in named), "nêu trong câu")
            if named
            else Sureness(0.6 if codes else 0.0, "", "khung của văn bản" if codes else "")
        ),
        "target": Sureness(0.7, target.text, "chỉ tiêu") if target else Sureness(0.0),
    }
    if target:
        target = replace(target, start=target.start + span.start, end=target.end + span.start)
    return ProposedTask(
        start=span.start,
        end=span.end,
        text=span.text,
        action=action,
        lead=lead,
        coordinating=coordinating,
        deadline=deadline,
        programmes=codes,
        target=target,
        modality=modality,
        sureness=fields,
    )

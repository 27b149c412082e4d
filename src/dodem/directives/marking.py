"""A text laid out for reading: paragraphs, and in each the pieces between its marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

HEADING = re.compile(r"^[^a-zà-ỹđ]{4,120}$")  # a line without a small letter


@dataclass(frozen=True)
class Mark:
    """Characters start..end, shown as ``number`` and leading to ``href``; ``anchor`` is the id of the place.

    ``css`` is one of "" (a task), "is-on" (the one looked at), "is-no" (not a task); ``waiting`` marks one
    that nobody has confirmed. ``label`` says aloud where the number leads.
    """

    start: int
    end: int
    number: int
    href: str
    anchor: str
    label: str
    css: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class Piece:
    """Text under one mark or none; ``opens`` are the marks that begin here."""

    text: str
    mark: Mark | None = None
    opens: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One line of the text, from character ``start`` on; a heading is written in capitals."""

    start: int
    pieces: tuple[Piece, ...] = field(default_factory=tuple)
    is_heading: bool = False


def lay_out(text: str, marks: Sequence[Mark]) -> list[Paragraph]:
    """The paragraphs of a text. Where marks overlap, the one that began last covers the place."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    return [
        Paragraph(
            start, tuple(_pieces(text, start, end, ordered)), bool(HEADING.match(text[start:end].strip()))
        )
        for start, end in _lines(text)
    ]


def _lines(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield match.start(), match.end()


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[Piece]:
    here = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end}
    for mark in here:
        edges.update({max(mark.start, start), min(mark.end, end)})
    places = sorted(edges)
    for left, right in pairwise(places):
        covering = [mark for mark in here if mark.start <= left and right <= mark.end]
        opens = tuple(mark for mark in covering if mark.start == left)
        yield Piece(text[left:right], covering[-1] if covering else None, opens)

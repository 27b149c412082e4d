"""Figures that others made public: quoted with who said them, where and when, and never mixed with measured
ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from importlib.resources import files

from django.urls import reverse
from django.utils.translation import pgettext

from dodem.dataplane.definitions import MeasuredIn
from dodem.dataplane.marked_yaml import Sheet, Words, read_sheet
from dodem.indicators.display import shown
from dodem.registers.words import in_language
from dodem.vietnam.text import nfc


class Says(StrEnum):
    """How exact the source is."""

    EXACTLY = "exactly"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True)
class Citation:
    """Where a figure stands. ``published_about`` is filled where the day of publication is not known."""

    code: str
    publisher: str
    title: str
    speaker: Words
    published_on: date | None
    published_about: str
    url: str


@dataclass(frozen=True)
class PublishedFigure:
    """A quoted figure. ``numerator`` and ``denominator`` are codes of figures it was worked out from again;
    ``compare`` is the code of our own indicator of the same thing.
    """

    code: str
    title_words: Words
    value: Decimal
    says: Says
    measured_in: MeasuredIn
    of_words: Words
    place_words: Words
    as_of: str
    citation: Citation
    numerator: str
    denominator: str
    compare: str
    note_words: Words | None

    @property
    def title(self) -> str:
        return in_language(self.title_words)

    @property
    def of(self) -> str:
        return in_language(self.of_words)

    @property
    def place(self) -> str:
        return in_language(self.place_words)

    @property
    def note(self) -> str:
        return in_language(self.note_words) if self.note_words else ""

    @property
    def speaker(self) -> str:
        return in_language(self.citation.speaker)

    @property
    def text(self) -> str:
        """The value as the source says it: "gần 96%", "hơn 14,8 triệu"."""
        return f"{self.qualifier} {shown(self.value, self.measured_in, exact=True)}".strip()

    @property
    def qualifier(self) -> str:
        match self.says:
            case Says.EXACTLY:
                return ""
            case Says.ABOUT:
                return pgettext("before a number", "gần")
            case Says.OVER:
                return pgettext("before a number", "hơn")
            case Says.UNDER:
                return pgettext("before a number", "dưới")

    @property
    def url(self) -> str:
        return reverse("indicators:published", args=[self.code])


@cache
def load() -> dict[str, PublishedFigure]:
    """Every published figure by its code, in the order of the files. Raises DefinitionError."""
    found: dict[str, PublishedFigure] = {}
    folder = files("dodem.definitions").joinpath("published")
    for source in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if source.name.endswith(".yaml"):
            for figure in read(source.read_text("utf-8"), origin=f"published/{source.name}"):
                found[figure.code] = figure
    return found


def read(text: str, *, origin: str) -> list[PublishedFigure]:
    """Read one file of published figures. Raises DefinitionError: file, line, what to write instead."""
    sheet = read_sheet(nfc(text), origin=origin)
    citations = {citation.code: citation for citation in map(read_citation, sheet.sheets("citations"))}
    figures = [read_figure(one, citations) for one in sheet.sheets("figures")]
    sheet.finish()
    codes = {figure.code for figure in figures}
    for figure in figures:
        if {figure.numerator, figure.denominator} - codes - {""}:
            raise sheet.error(f"“{figure.code}” dẫn tới một số không có trong tệp này.")
    return figures


def read_citation(sheet: Sheet) -> Citation:
    citation = Citation(
        code=sheet.text("code"),
        publisher=sheet.text("publisher"),
        title=sheet.text("title"),
        speaker=sheet.words("speaker"),
        published_on=sheet.day("published_on") if sheet.has("published_on") else None,
        published_about=sheet.located("published_about", default="").text,
        url=sheet.located("url", default="").text,
    )
    if citation.published_on is None and not citation.published_about:
        raise sheet.error("cần “published_on” (một ngày) hoặc “published_about” (khoảng thời gian).")
    sheet.finish()
    return citation


def read_figure(sheet: Sheet, citations: dict[str, Citation]) -> PublishedFigure:
    written = sheet.located("value")
    try:
        value = Decimal(written.text)
    except InvalidOperation:
        message = f"“value: {written.text}” phải là một số, dấu thập phân là dấu chấm."
        raise sheet.error(message, line=written.line) from None
    figure = PublishedFigure(
        code=sheet.text("code"),
        title_words=sheet.words("title"),
        value=value,
        says=Says(sheet.one_of("says", set(Says))),
        measured_in=MeasuredIn(sheet.one_of("measured_in", set(MeasuredIn))),
        of_words=sheet.words("of"),
        place_words=sheet.words("place"),
        as_of=sheet.text("as_of"),
        citation=citations[sheet.one_of("citation", citations)],
        numerator=sheet.located("numerator", default="").text,
        denominator=sheet.located("denominator", default="").text,
        compare=sheet.located("compare", default="").text,
        note_words=sheet.words("note") if sheet.has("note") else None,
    )
    sheet.finish()
    return figure

"""What a deadline is once read: its notation, its day, and the words it came from."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


class WorkingDays(Protocol):
    """What is needed of a calendar; `dodem.vietnam.calendar.WorkingCalendar` is one."""

    def add_working_days(self, start: date, n: int) -> date: ...


@dataclass(frozen=True)
class ReadDeadline:
    """A deadline read from text[start:end].

    `due_on` is the last day, None where no calendar day follows from the document alone. `rule` names the
    line of the grammar that read it, `sureness` is 0..1, `note` is a Vietnamese remark for the reviewer.
    """

    notation: str
    due_on: date | None
    phrase: str
    start: int
    end: int
    rule: str
    sureness: float
    note: str = ""


def made(
    text: str, start: int, end: int, notation: str, due: date | None, rule: str, sure: float, note: str = ""
) -> ReadDeadline:
    """The deadline read from text[start:end]."""
    return ReadDeadline(notation, due, text[start:end].strip(), start, end, rule, sure, note)

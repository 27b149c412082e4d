"""Sample papers with their marked answers, and the same scoring rule as for the annotated set."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "samples"
_MARK = re.compile(r"⟦(?P<fields>[^⟧/][^⟧]*)⟧(?P<words>.*?)⟦/⟧", re.DOTALL)
IOU = 0.5


@dataclass(frozen=True)
class Answer:
    start: int
    end: int
    words: str
    lead: tuple[str, ...]
    optional: tuple[str, ...]
    coordinating: tuple[str, ...]
    due: str
    modality: str


@dataclass(frozen=True)
class Sample:
    name: str
    kind: str
    doc_date: date
    held_out: bool
    text: str
    answers: tuple[Answer, ...]


def load_samples() -> list[Sample]:
    return [_load(path) for path in sorted(FOLDER.glob("*.txt"))]


def _load(path: Path) -> Sample:
    first, marked = path.read_text(encoding="utf-8").split("\n", 1)
    about = dict(pair.split("=") for pair in first.strip("# ").split())
    text, answers, position = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        fields = dict(pair.split("=", 1) for pair in match["fields"].split(";"))
        start = len(text)
        text += match["words"]
        answers.append(
            Answer(
                start=start,
                end=len(text),
                words=match["words"],
                lead=_names(fields.get("lead", ""), whole=True),
                optional=_names(fields.get("opt", "")),
                coordinating=_names(fields.get("coord", ""), whole="các" in fields.get("coord", "")),
                due=fields["due"],
                modality=fields.get("mod", "assign"),
            )
        )
        position = match.end()
    text += marked[position:]
    return Sample(
        name=path.stem,
        kind=about["kind"].replace("_", " "),
        doc_date=date.fromisoformat(about["date"]),
        held_out=about["held_out"] == "yes",
        text=text,
        answers=tuple(answers),
    )


def _names(words: str, *, whole: bool = False) -> tuple[str, ...]:
    if not words:
        return ()
    return (words,) if whole else tuple(words.split(","))


def overlap_ratio(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans."""
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / ((a[1] - a[0]) + (b[1] - b[0]) - shared)

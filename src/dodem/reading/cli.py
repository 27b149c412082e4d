"""`dodem read`: documents or phrases in, predictions out, as JSON Lines.

dodem read DOCS.jsonl --out predictions.jsonl            {"doc_id", "file", "doc_date"} a line
dodem read --phrases PHRASES.jsonl --out predictions.jsonl
                                                         {"id", "kind", "doc_date", "context", "start",
                                                          "end", "phrase"} a line
"""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dodem.reading.claims import Claim, find_claims
from dodem.reading.deadlines import read_deadline
from dodem.reading.documents import read_document
from dodem.reading.tasks import ProposedTask, propose_tasks
from dodem.reading.units import UnitDirectory, UnitMention
from dodem.vietnam import units
from dodem.vietnam.calendar import WorkingCalendar
from dodem.vietnam.errors import UserError
from dodem.vietnam.quantities import Quantity, read_quantity

Row = dict[str, Any]


class BadInput(UserError):
    """A line of the input that cannot be read as what it should be."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register the verb `read`."""
    parser = subparsers.add_parser("read", help="read directives: tasks, deadlines and claims as JSON Lines")
    parser.add_argument("docs", nargs="?", type=Path, metavar="DOCS.jsonl", help="documents to read")
    parser.add_argument("--phrases", type=Path, metavar="PHRASES.jsonl", help="short phrases to read")
    parser.add_argument("--out", type=Path, required=True, metavar="PREDICTIONS.jsonl")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read what was asked for and write the predictions; 0 when all went well, 2 when the input is bad."""
    if not args.docs and not args.phrases:
        print("Vui lòng nêu tệp DOCS.jsonl hoặc --phrases PHRASES.jsonl.", file=sys.stderr)
        return 2
    try:
        rows: list[Row] = []
        if args.docs:
            rows += predict_documents(args.docs)
        if args.phrases:
            rows += predict_phrases(args.phrases)
        with args.out.open("w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    except (UserError, OSError) as error:
        print(str(error), file=sys.stderr)
        return 2
    print(f"Đã ghi {len(rows)} dòng vào {args.out}.")
    return 0


def city_directory() -> UnitDirectory:
    """The units that ship with the package."""
    return UnitDirectory(
        [
            *((node.code, node.name, node.aliases) for node in units.nodes()),
            *((unit.code, unit.name, unit.aliases) for unit in units.departments()),
            *((unit.code, unit.name, ()) for unit in units.communes()),
        ]
    )


def predict_documents(path: Path) -> Iterator[Row]:
    """Predictions for every document that a line of the file names, paths relative to the file."""
    directory, calendar = city_directory(), WorkingCalendar.load()
    for row in _lines(path, needed=("doc_id", "file", "doc_date")):
        file = path.parent / row["file"]
        doc_date = _date(row)
        text = read_exactly(file)
        for task in propose_tasks(text, doc_date=doc_date, directory=directory, calendar=calendar):
            yield {"kind": "task", "doc_id": row["doc_id"], **task_row(task)}
        for claim in find_claims(text, doc_date=doc_date):
            if not claim.is_target:
                yield {"kind": "claim", "doc_id": row["doc_id"], **claim_row(claim)}


def read_exactly(file: Path) -> str:
    """The text of a file. Offsets of a .txt count the characters as they stand, line ends included."""
    data = file.read_bytes()
    if file.suffix.lower() == ".txt":
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return read_document(data, file.name).text


def predict_phrases(path: Path) -> Iterator[Row]:
    """Predictions for every deadline or quantity phrase of the file."""
    calendar = WorkingCalendar.load()
    for row in _lines(path, needed=("id", "kind")):
        if row["kind"] == "deadline_phrase":
            context, span = _in_context(row)
            deadline = read_deadline(context, doc_date=_date(row), calendar=calendar, within=span)
            yield {"kind": row["kind"], "id": row["id"], "answer": deadline.notation if deadline else "none"}
        elif row["kind"] == "quantity_phrase":
            quantity = read_quantity(row.get("phrase") or row["context"][row["start"] : row["end"]])
            yield {"kind": row["kind"], "id": row["id"], **(quantity_row(quantity) if quantity else {})}


def _in_context(row: Row) -> tuple[str, tuple[int, int]]:
    context, phrase = row.get("context") or "", row.get("phrase") or ""
    start, end = int(row.get("start") or 0), int(row.get("end") or 0)
    if context and end > start:
        return context, (start, end)
    return phrase, (0, len(phrase))


def task_row(task: ProposedTask) -> Row:
    """A task in the prediction format."""
    return {
        "start": task.start,
        "end": task.end,
        "action": task.action,
        "modality": task.modality,
        "lead_units": [_name(m) for m in task.lead],
        "coord_units": [_name(m) for m in task.coordinating],
        "deadline": task.deadline.notation if task.deadline else "none",
        "programme": list(task.programmes) or ["other"],
        "target": quantity_row(task.target) if task.target else None,
    }


def claim_row(claim: Claim) -> Row:
    """A claim in the prediction format."""
    return {
        "start": claim.start,
        "end": claim.end,
        "indicator": claim.indicator,
        "as_of": claim.as_of,
        "place": claim.place,
        "qualifier": claim.quantity.qualifier,
        **quantity_row(claim.quantity),
    }


def quantity_row(quantity: Quantity) -> Row:
    """A quantity in the prediction format."""
    return {
        "value": _plain(quantity.value),
        "value_max": _plain(quantity.value_max),
        "of": _plain(quantity.of),
        "unit": quantity.unit,
        "op": quantity.op,
    }


def _name(mention: UnitMention) -> str:
    return mention.name or mention.text


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _lines(path: Path, *, needed: tuple[str, ...]) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadInput(f"{path.name}, dòng {number}: không phải JSON hợp lệ.") from error
            missing = [name for name in needed if not isinstance(row, dict) or name not in row]
            if missing:
                raise BadInput(f"{path.name}, dòng {number}: thiếu trường {', '.join(missing)}.")
            yield row


def _date(row: Row) -> date:
    try:
        return date.fromisoformat(str(row.get("doc_date")))
    except ValueError as error:
        raise BadInput(
            f"Ngày văn bản không hợp lệ: {row.get('doc_date')!r} (cần dạng YYYY-MM-DD)."
        ) from error

"""``dodem register …``: the walk of a figure at a terminal. Every verb is one function of this package."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dodem.dataplane import checks, clean, landing, lineage, measure
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Indicator, Register
from dodem.dataplane.engine import TIME_ZONE
from dodem.dataplane.store import RegisterVersion, Store
from dodem.dataplane.wording import formula_in_words
from dodem.vietnam import units
from dodem.vietnam.errors import UserError

_MOST_FINDINGS_SHOWN = 10


class UnknownName(UserError):
    """No register, indicator or version of that name."""


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``register`` with its own verbs."""
    register = verbs.add_parser("register", help="receive, build and measure registers")
    inner = register.add_subparsers(dest="register_verb", required=True, metavar="VERB")

    receive = _verb(inner, "receive", _receive, "take a file into the store")
    receive.add_argument("register", help="code of the register, such as dossiers")
    receive.add_argument("file", type=Path)

    build = _verb(inner, "build", _build, "clean, check and merge all deliveries into a new version")
    build.add_argument("register")
    _add_day(build)

    figure = _verb(inner, "measure", _measure, "measure an indicator in the current version")
    figure.add_argument("indicator")
    figure.add_argument("--unit", default=units.CITY, help="unit or node code (default: the city)")
    figure.add_argument("--records", action="store_true", help="list the records behind the latest figure")
    _add_day(figure)

    show = _verb(inner, "show", _show, "show a register's deliveries, versions and findings")
    show.add_argument("register")
    show.add_argument("--row", nargs=2, metavar=("DELIVERY", "LINE"), help="print one row as it was received")

    verify = _verb(inner, "verify", _verify, "compare the current version's files with their hashes")
    verify.add_argument("register")

    definitions = _verb(
        inner, "check-definitions", _check_definitions, "read every definition, say what is wrong"
    )
    definitions.add_argument("--words", action="store_true", help="print each formula in words")


def run(args: argparse.Namespace) -> int:
    """Run the chosen verb; returns the exit code. Raises UserError for what its reader can mend."""
    return int(args.run(args))


def _verb(
    inner: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    action: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    parser = inner.add_parser(name, help=summary)
    parser.add_argument(
        "--data", type=Path, default=Path("var"), metavar="DIR", help="data directory (default: var)"
    )
    parser.set_defaults(run=action)
    return parser


def _add_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--as-of", type=date.fromisoformat, default=None, metavar="DAY", help="default: today"
    )


def _receive(args: argparse.Namespace) -> int:
    if not args.file.is_file():
        raise UnknownName(f"Không thấy tệp {args.file}.")
    started = time.monotonic()
    receipt = landing.receive(
        _store(args),
        register=_register(args.register),
        filename=args.file.name,
        content=args.file,
        received_at=_now(),
        origin=f"cli:{args.file.name}",
    )
    state = "đã nhận" if receipt.is_new else "đã có từ trước, không nhận lại"
    print(
        f"{receipt.delivery.id}: {receipt.delivery.rows} dòng, {state} ({time.monotonic() - started:.1f} s)"
    )
    for note in receipt.delivery.notes:
        print(f"  {note}")
    return 0


def _build(args: argparse.Namespace) -> int:
    started = time.monotonic()
    version = clean.build_register(_store(args), _register(args.register), as_of=args.as_of or _now().date())
    print(f"{version.id}: {_summary(version)} ({time.monotonic() - started:.1f} s)")
    return 0


def _measure(args: argparse.Namespace) -> int:
    indicator = _indicator(args.indicator)
    version = _current(_store(args), indicator.register)
    as_of, scopes = args.as_of or _now().date(), shipped_scopes()
    found = [
        one
        for one in measure.observe(version, indicator, as_of=as_of, scopes=scopes)
        if one.unit_code == args.unit and one.group == measure.TOTAL
    ]
    for one in found:
        shown = "không có dữ liệu" if one.value is None else f"{one.value.normalize():f}"
        below = "" if one.denominator is None else f" / {one.denominator}"
        print(f"{one.period_start}  {one.unit_code}  {shown}  ({one.numerator}{below})")
    if args.records and found:
        page = measure.records_behind(
            version,
            indicator,
            as_of=as_of,
            scopes=scopes,
            unit_code=args.unit,
            period_start=found[-1].period_start,
        )
        for row in page.rows:
            print(f"  {row['record_key']}  {row['delivery_id']}:{row['row_number']}")
        print(f"  {len(page.rows)} trên {page.total} bản ghi")
    return 0


def _show(args: argparse.Namespace) -> int:
    store, register = _store(args), _register(args.register)
    if args.row:
        for header, cell in lineage.source_row(store, args.row[0], int(args.row[1])).items():
            print(f"{header}: {cell}")
        return 0
    for delivery in store.deliveries(register.code):
        print(
            f"{delivery.id}  {delivery.received_at:%Y-%m-%d %H:%M}  {delivery.rows} dòng  {delivery.filename}"
        )
    current = store.current(register.code)
    for version in store.versions(register.code):
        mark = "*" if current and version.id == current.id else " "
        print(f"{mark} {version.id}  {_summary(version)}")
    if current:
        for count in checks.counts(current)[:_MOST_FINDINGS_SHOWN]:
            print(
                f"  {count.rows:>8}  {count.check}  {count.unit_code}  {register.check(count.check).title.vi}"
            )
    return 0


def _verify(args: argparse.Namespace) -> int:
    store = _store(args)
    faults = lineage.verify(store, _current(store, _register(args.register).code))
    for fault in faults:
        print(f"{fault.address}: tệp {fault.file} không còn như khi ghi.")
    print("Nguyên vẹn." if not faults else f"{len(faults)} tệp sai.")
    return 1 if faults else 0


def _check_definitions(args: argparse.Namespace) -> int:
    definitions = load_all()
    for register in definitions.registers.values():
        print(f"{register.code}: {len(register.fields)} trường, {len(register.checks)} luật kiểm tra")
    for indicator in definitions.indicators.values():
        print(f"{indicator.code}: {indicator.title.vi}")
        if args.words:
            formula = formula_in_words(indicator, definitions.registers[indicator.register])
            for line in (formula.numerator, formula.denominator, formula.scope, formula.period):
                if line:
                    print(f"  {line}")
    return 0


def _summary(version: RegisterVersion) -> str:
    return f"{version.records} bản ghi, {version.rejected} dòng giữ lại, {version.findings} lỗi"


def shipped_scopes() -> list[tuple[str, str]]:
    """Each shipped unit with the codes it counts for: itself, its group and the city."""
    pairs = [(units.CITY, units.CITY)]
    for code, group in (
        *((one.code, units.COMMUNE_LEVEL) for one in units.communes()),
        *((one.code, units.DEPARTMENTS) for one in units.departments()),
    ):
        pairs += [(code, code), (code, group), (code, units.CITY)]
    return pairs


def _store(args: argparse.Namespace) -> Store:
    return Store(args.data / "store")


def _register(code: str) -> Register:
    registers = load_all().registers
    if code not in registers:
        raise UnknownName(f"Không có danh mục “{code}”. Hãy chọn một trong: {', '.join(registers)}.")
    return registers[code]


def _indicator(code: str) -> Indicator:
    indicators = load_all().indicators
    if code not in indicators:
        raise UnknownName(f"Không có chỉ tiêu “{code}”. Hãy chọn một trong: {', '.join(indicators)}.")
    return indicators[code]


def _current(store: Store, register: str) -> RegisterVersion:
    version = store.current(register)
    if version is None:
        raise UnknownName(
            f"Chưa có phiên bản nào của “{register}”. Hãy chạy: dodem register build {register}"
        )
    return version


def _now() -> datetime:
    return datetime.now(ZoneInfo(TIME_ZONE))

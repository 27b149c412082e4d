"""The ``dodem`` command: every verb of the centre at a terminal.

The web framework is loaded only by the verbs that need it, so that ``dodem read`` and ``dodem register``
run in a script without a database.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dodem import __version__
from dodem.vietnam.errors import UserError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb. Returns the exit code: 0 done, 1 not as it should be, 2 a fault the user can mend."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    options = build_parser(asked=words[0] if words else "").parse_args(words)
    try:
        return int(options.run(options))
    except UserError as error:
        print(f"dodem: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def build_parser(*, asked: str = "") -> argparse.ArgumentParser:
    """All verbs; those of the libraries, which load engines, only when ``asked`` is none of the others."""
    parser = argparse.ArgumentParser(
        prog="dodem", description="Trung tâm điều hành: mỗi con số đều mở được. / An operations centre."
    )
    parser.add_argument("--version", action="version", version=f"dodem {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    add_up(verbs)
    add_check(verbs)
    add_audit(verbs)
    add_units(verbs)
    add_manage(verbs)
    if asked not in verbs.choices:
        from dodem.dataplane import cli as dataplane
        from dodem.reading import cli as reading

        reading.add_parser(verbs)
        dataplane.add_parser(verbs)
    return parser


def add_data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        default=Path("var"),
        metavar="DIR",
        help="where the centre keeps everything (default: var)",
    )


def add_up(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("up", help="start the centre: web, worker and scheduler in one process tree")
    add_data_option(parser)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument(
        "--sample",
        choices=["ward", "city", "none"],
        default="city",
        help="sample data made at the first start; none: a site with its own data",
    )

    def run(options: argparse.Namespace) -> int:
        from dodem.config import up

        return up.run(data=options.data, host=options.host, port=options.port, sample=options.sample)

    parser.set_defaults(run=run)


def add_check(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("check", help="say what is not right at this site, and how to mend it")
    add_data_option(parser)

    def run(options: argparse.Namespace) -> int:
        load_django(options.data)
        from dodem.config import check

        return check.run()

    parser.set_defaults(run=run)


def add_audit(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("audit", help="the ledger of who did what")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="VERB")
    verify = deeds.add_parser("verify", help="find any altered, removed or reordered event")
    add_data_option(verify)

    def run(options: argparse.Namespace) -> int:
        load_django(options.data)
        from django.conf import settings

        from dodem.audit.verify import verify as verify_ledger

        report = verify_ledger(heads=settings.DODEM_DATA / "ledger.heads")
        for fault in report.faults:
            print(f"#{fault.number}: {fault.message}")
        verdict = "nguyên vẹn" if not report.faults else f"{len(report.faults)} chỗ không khớp"
        print(f"Sổ nhật ký có {report.events} sự kiện: {verdict}.")
        return 1 if report.faults else 0

    verify.set_defaults(run=run)


def add_units(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("units", help="units and their boundaries")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="VERB")
    boundaries = deeds.add_parser("import-boundaries", help="import a GeoJSON or TopoJSON file of outlines")
    boundaries.add_argument("file", type=Path)
    add_data_option(boundaries)

    def run(options: argparse.Namespace) -> int:
        load_django(options.data)
        from dodem.units import boundaries as outlines

        report = outlines.import_boundaries(options.file)
        print(report)
        return 0 if report.fits else 1

    boundaries.set_defaults(run=run)


def add_manage(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("manage", help="Django's own commands, for engineers")
    add_data_option(parser)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)

    def run(options: argparse.Namespace) -> int:
        load_django(options.data)
        from django.core.management import execute_from_command_line

        execute_from_command_line(["dodem manage", *options.arguments])
        return 0

    parser.set_defaults(run=run)


def load_django(data: Path) -> None:
    """Set up the web framework for a verb that works on a centre's data directory."""
    from dodem.config import centre

    centre.load(data)


if __name__ == "__main__":
    sys.exit(main())

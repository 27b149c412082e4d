"""What the checks found in a register version: findings, counts, and the rows that were kept out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dodem.dataplane.definitions import QualityWord, Severity
from dodem.dataplane.engine import DEFAULT_LIMITS, EngineLimits, connect, quote
from dodem.dataplane.marked_yaml import Words
from dodem.dataplane.store import RegisterVersion


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that fails one check. `unit_code` is who should mend it; `value` is the text at fault."""

    check: str
    word: QualityWord
    severity: Severity
    delivery_id: str
    row_number: int
    record_key: str | None
    field: str
    value: str | None
    unit_code: str
    message: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many rows of a unit fail a check."""

    check: str
    word: QualityWord
    severity: Severity
    unit_code: str
    rows: int


def findings(
    version: RegisterVersion,
    *,
    check: str | None = None,
    unit_codes: Iterable[str] | None = None,
    severity: Severity | None = None,
    limit: int = 100,
    offset: int = 0,
    limits: EngineLimits = DEFAULT_LIMITS,
) -> list[Finding]:
    """Findings in order of delivery and line. `unit_codes` None means every unit."""
    register = version.register
    rules = {one.code: one for one in register.checks}
    where = ["true"]
    bound: dict[str, object] = {"limit": limit, "offset": offset}
    if check is not None:
        where.append("check_code = $check")
        bound["check"] = check
    if severity is not None:
        where.append("severity = $severity")
        bound["severity"] = str(severity)
    if unit_codes is not None:
        where.append("list_contains($units, unit_code)")
        bound["units"] = list(unit_codes)
    with connect(version.root, limits=limits) as db:
        rows = db.execute(
            "SELECT check_code, word, severity, delivery_id, row_number, record_key, field, value, unit_code "
            f"FROM read_parquet({quote(str(version.findings_path))}, file_row_number = true) "
            f"WHERE {' AND '.join(where)} ORDER BY file_row_number LIMIT $limit OFFSET $offset",
            bound,
        ).fetchall()
    return [
        Finding(
            check=row[0],
            word=QualityWord(row[1]),
            severity=Severity(row[2]),
            delivery_id=row[3],
            row_number=row[4],
            record_key=row[5],
            field=row[6],
            value=row[7],
            unit_code=row[8],
            message=_filled(rules[row[0]].message, row[7]),
            remedy=rules[row[0]].remedy,
        )
        for row in rows
    ]


def counts(version: RegisterVersion, *, limits: EngineLimits = DEFAULT_LIMITS) -> list[FindingCount]:
    """Failing rows per check and unit, most first."""
    with connect(version.root, limits=limits) as db:
        rows = db.execute(
            "SELECT check_code, any_value(word), any_value(severity), unit_code, count(*) AS n "
            f"FROM read_parquet({quote(str(version.findings_path))}) "
            "GROUP BY check_code, unit_code ORDER BY n DESC, check_code, unit_code"
        ).fetchall()
    return [
        FindingCount(
            check=row[0], word=QualityWord(row[1]), severity=Severity(row[2]), unit_code=row[3], rows=row[4]
        )
        for row in rows
    ]


def _filled(message: Words, value: str | None) -> Words:
    shown = value or ""
    return Words(vi=message.vi.replace("{value}", shown), en=message.en.replace("{value}", shown))

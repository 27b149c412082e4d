"""The failing rows of a build, one line per check and row, read from the stored failure mask."""

from __future__ import annotations

from dodem.dataplane.definitions import Register
from dodem.dataplane.engine import identifier, quote
from dodem.dataplane.standard_checks import raw_name


def findings_sql(register: Register) -> str:
    """SQL over the table `kept`; columns are those of `checks.Finding`, without its message."""
    if not register.checks:
        return _NONE
    rules = ", ".join(
        f"({place}, {quote(check.code)}, {quote(check.field)}, {quote(check.word)}, {quote(check.severity)})"
        for place, check in enumerate(register.checks)
    )
    values = " ".join(
        f"WHEN {quote(field.name)} THEN {identifier(raw_name(field))}" for field in register.fields
    )
    return (
        f"SELECT rule.code AS check_code, delivery_id, row_number, record_key, rule.field, "
        f"CASE rule.field {values} END AS value, rule.word, rule.severity, "
        "responsible_unit_code AS unit_code "
        "FROM (SELECT * FROM kept WHERE failed_mask <> 0) AS failing "
        f"JOIN (VALUES {rules}) AS rule(place, code, field, word, severity) "
        "ON (failing.failed_mask >> rule.place) & 1 = 1 "
        "ORDER BY arrival, rule.place"
    )


_NONE = (
    "SELECT NULL::VARCHAR AS check_code, NULL::VARCHAR AS delivery_id, NULL::BIGINT AS row_number, "
    "NULL::VARCHAR AS record_key, NULL::VARCHAR AS field, NULL::VARCHAR AS value, NULL::VARCHAR AS word, "
    "NULL::VARCHAR AS severity, NULL::VARCHAR AS unit_code WHERE false"
)

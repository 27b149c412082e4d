"""The query of a figure: one SELECT over records, and the GROUP BY around it."""

from __future__ import annotations

import textwrap

from dodem.dataplane.definitions import Condition, Indicator
from dodem.dataplane.engine import identifier
from dodem.dataplane.render import Bind, condition_sql, literal, sql_of
from dodem.dataplane.vocabulary import Kind


def records_sql(indicator: Indicator, *, source: str, bind: Bind) -> str:
    """The record-level query: every counted record once, with its period, groups and the amounts it adds.

    Columns besides the register's own: as_of, period_start, group_codes, in_denominator, in_numerator,
    denominator, numerator. `source` is a relation with the columns of ``records.parquet``. The parameter
    $as_of is left open.
    """
    base = indicator.denominator or indicator.numerator
    kept = [] if indicator.over_rejected else ["accepted"]
    if indicator.where is not None:
        kept.append(condition_sql(indicator.where.expression, bind=bind))
    period = sql_of(indicator.period.expression, bind=bind) if indicator.period else "as_of"
    return f"""SELECT *,
  {_counts(indicator.numerator, bind)} AS in_numerator,
  {_amount(base, bind)} AS denominator,
  {_amount(indicator.numerator, bind)} AS numerator
FROM (
  SELECT *,
    {period} AS period_start,
    {_groups(indicator)} AS group_codes,
    {_enters(base, bind)} AS in_denominator
  FROM (SELECT *, CAST($as_of AS DATE) AS as_of FROM {source}) AS dated
  WHERE {" AND ".join(kept) or "true"}
) AS counted
WHERE in_denominator AND period_start IS NOT NULL"""


def sql_shown(indicator: Indicator) -> str:
    """The query as it runs, values written out and $as_of left to see, for people to read."""
    return grouped_sql(records_sql(indicator, source=identifier(indicator.register), bind=literal))


def _enters(base: Condition, bind: Bind) -> str:
    """Whether a record belongs to what is divided by: the condition holds, or the number is there."""
    if base.kind is Kind.TRUTH:
        return condition_sql(base.expression, bind=bind)
    return f"({sql_of(base.expression, bind=bind)} IS NOT NULL)"


def _counts(top: Condition, bind: Bind) -> str:
    """Whether a record adds anything to the numerator."""
    if top.kind is Kind.TRUTH:
        return condition_sql(top.expression, bind=bind)
    return f"coalesce({sql_of(top.expression, bind=bind)} <> 0, false)"


def _amount(condition: Condition, bind: Bind) -> str:
    """What one record adds: 1 for a condition that holds, else its number."""
    if condition.kind is Kind.TRUTH:
        return f"CAST({condition_sql(condition.expression, bind=bind)} AS BIGINT)"
    return f"coalesce({sql_of(condition.expression, bind=bind)}, 0)"


def _groups(indicator: Indicator) -> str:
    if indicator.group is None:
        return "CAST([] AS VARCHAR[])"
    name = identifier(indicator.group)
    if indicator.group_is_list:
        return f"coalesce(list_distinct({name}), [])"
    return f"CASE WHEN {name} IS NULL THEN [] ELSE [{name}] END"


def grouped_sql(records: str) -> str:
    """The figures: records summed by unit first, then by every node a unit counts for."""
    return f"""WITH record AS (
{textwrap.indent(records, "  ")}
), cell AS (
  SELECT responsible_unit_code, period_start, group_code,
    sum(denominator) AS denominator, sum(numerator) AS numerator
  FROM (
    SELECT responsible_unit_code, period_start, unnest(list_prepend('', group_codes)) AS group_code,
      denominator, numerator
    FROM record
  ) AS grouped
  GROUP BY responsible_unit_code, period_start, group_code
)
SELECT scope_code, period_start, group_code, sum(denominator) AS denominator, sum(numerator) AS numerator
FROM cell JOIN scope ON scope.unit_code = cell.responsible_unit_code
GROUP BY scope_code, period_start, group_code
ORDER BY scope_code, period_start, group_code"""

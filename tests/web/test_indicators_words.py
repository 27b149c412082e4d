"""How values are written and judged, and the figures others published: rules as small tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.dataplane.definition_files import load_all
from dodem.dataplane.definitions import Better, Indicator, MeasuredIn, Target
from dodem.dataplane.marked_yaml import DefinitionError, Words
from dodem.indicators import definitions, published
from dodem.indicators.display import is_few, shown
from dodem.indicators.figures import judge
from dodem.indicators.queries import months_until
from tests import factories

In = Callable[[User], Client]
HARD = "\u00a0"


@pytest.mark.parametrize(
    ("value", "measured_in", "exact", "text"),
    [
        (Decimal("94.36"), MeasuredIn.PERCENT, False, "94,4%"),
        (Decimal("4.16"), MeasuredIn.PERCENT, True, "4,16%"),
        (Decimal("96"), MeasuredIn.PERCENT, True, "96%"),
        (1264, MeasuredIn.COUNT, False, "1.264"),
        (14_800_000, MeasuredIn.COUNT, True, "14,8 triệu"),
        (12_705_000_000_000, MeasuredIn.DONG, False, f"12.705{HARD}tỷ đồng"),
        (None, MeasuredIn.PERCENT, False, "chưa có số"),
        (0, MeasuredIn.COUNT, False, "0"),
    ],
)
def test_values_are_written_as_people_read_them(
    value: Decimal | int | None, measured_in: MeasuredIn, exact: bool, text: str
) -> None:
    assert shown(value, measured_in, exact=exact) == text


@pytest.mark.parametrize(
    ("indicator", "answers", "few"),
    [
        ("feedback_satisfaction", 9, True),
        ("feedback_satisfaction", 10, False),
        ("feedback_satisfaction", 0, False),
        ("dossiers_on_time", 3, False),
    ],
)
def test_shares_of_fewer_than_ten_answers_are_not_shown(indicator: str, answers: int, few: bool) -> None:
    assert is_few(indicator, answers) is few


def with_target(better: Better, target: int | None) -> Indicator:
    from dataclasses import replace

    base = load_all().indicators["dossiers_on_time"]
    goal = None if target is None else Target(value=target, source=Words("thử", "test"))
    return replace(base, better=better, target=goal)


@pytest.mark.parametrize(
    ("better", "target", "value", "status"),
    [
        (Better.HIGHER, 95, "95", "ok"),
        (Better.HIGHER, 95, "94.9", "risk"),
        (Better.HIGHER, 95, "90", "risk"),
        (Better.HIGHER, 95, "89.9", "late"),
        (Better.LOWER, 5, "4", "ok"),
        (Better.LOWER, 5, "11", "late"),
        (Better.NEUTRAL, 95, "10", "none"),
        (Better.HIGHER, None, "10", "none"),
        (Better.HIGHER, 95, None, "none"),
    ],
)
def test_a_value_is_judged_against_its_target_and_only_then(
    better: Better, target: int | None, value: str | None, status: str
) -> None:
    assert judge(with_target(better, target), Decimal(value) if value else None) == status


def test_twelve_months_end_with_the_month_asked_for() -> None:
    assert months_until(date(2026, 2, 1), 3) == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert len(months_until(date(2026, 11, 1), 12)) == 12


def test_the_shipped_definitions_have_no_fault() -> None:
    assert definitions.faults() == []


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("dossiers_on_time_city", "gần 96%"),
        ("dossiers_on_time_communes", "99,44%"),
        ("fully_online_services", "hơn 80%"),
        ("procedures_cut", "hơn 36,36%"),
        ("science_budget_2026", f"12.705{HARD}tỷ đồng"),
        ("city_budget_2026", f"305.606{HARD}tỷ đồng"),
        ("science_share_2026", "4,16%"),
        ("science_share_2025", "1,84%"),
        ("technology_infrastructure_2025", f"2.535{HARD}tỷ đồng"),
        ("population_entries", "hơn 14,8 triệu"),
        ("land_records", "7,4 triệu"),
        ("health_books", "hơn 3,1 triệu"),
        ("civil_status_entries", "hơn 15,3 triệu"),
    ],
)
def test_published_figures_say_what_their_source_says(code: str, text: str) -> None:
    figure = published.load()[code]
    assert figure.text == text
    assert figure.citation.publisher
    assert figure.citation.published_on or figure.citation.published_about


def test_the_published_share_is_what_its_two_amounts_give() -> None:
    figures = published.load()
    share = figures["science_share_2026"]
    worked_out = 100 * figures[share.numerator].value / figures[share.denominator].value
    assert round(worked_out, 2) == share.value


def test_every_published_figure_compares_with_an_indicator_that_exists() -> None:
    compared = {figure.compare for figure in published.load().values()} - {""}
    assert compared <= set(load_all().indicators)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ("value: rất nhiều", 12),
        ("says: roughly", 13),
        ("citation: nobody", 18),
    ],
)
def test_a_wrong_published_figure_is_refused_with_its_line(wrong: str, line: int) -> None:
    text = """citations:
  - code: press
    publisher: Báo
    title: Bài
    published_on: 2025-12-25
    speaker:
      vi: ai
      en: who
figures:
  - code: one
    title: {vi: Một, en: One}
    value: 1
    says: exactly
    measured_in: count
    of: {vi: cái, en: things}
    place: {vi: đây, en: here}
    as_of: năm 2025
    citation: press
"""
    key = wrong.partition(":")[0]
    broken = "\n".join(
        f"    {wrong}" if one.strip().startswith(f"{key}:") else one for one in text.splitlines()
    )
    published.read(text, origin="test.yaml")
    with pytest.raises(DefinitionError, match=rf"test\.yaml, dòng {line}:"):
        published.read(broken, origin="test.yaml")


@pytest.mark.django_db
def test_a_quoted_figure_has_a_page_that_says_who_said_it(client_for: In) -> None:
    client = client_for(factories.user(role=Role.OFFICER, unit=factories.SAI_GON))
    page = client.get(reverse("indicators:published", args=["science_share_2026"])).content.decode()
    assert "4,16%" in page
    assert "Báo Pháp Luật TP.HCM" in page
    assert "25/12/2025" in page
    assert reverse("indicators:published", args=["science_budget_2026"]) in page
    assert client.get(reverse("indicators:published", args=["no-such"])).status_code == 404


@pytest.mark.django_db
def test_the_catalogue_of_an_empty_centre_says_that_nothing_is_counted_yet(client_for: In) -> None:
    page = client_for(factories.user(role=Role.LEADER)).get(reverse("indicators:catalogue")).content.decode()
    assert page.count("chưa có số") >= len(load_all().indicators)
    assert "hơn 14,8 triệu" in page

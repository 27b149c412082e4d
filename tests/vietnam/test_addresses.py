"""Addresses to units: the reviewed list, the traps, and every former unit in many spellings."""

import csv
import random
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodem.vietnam import units
from dodem.vietnam.addresses import Gazetteer, Resolution, resolve
from dodem.vietnam.gazetteer import places_before_reform

TODAY = date(2026, 11, 20)
BEFORE = date(2025, 6, 30)
CODES = {unit.name: unit.code for unit in units.communes()}
NAMES = {code: name for name, code in CODES.items()}


@dataclass(frozen=True)
class Case:
    """A row of addresses.csv. Held-out rows were written before the rules; one was revised afterwards."""

    address: str
    on: date
    statuses: tuple[str, ...]
    codes: tuple[str, ...]
    held_out: bool
    what: str

    def is_right(self, answer: Resolution) -> bool:
        if answer.status not in self.statuses:
            return False
        if answer.unit_code is not None:
            return (answer.unit_code,) == self.codes
        if answer.status == "split":
            return set(answer.candidates) == set(self.codes)
        return set(self.codes) <= set(answer.candidates)

    def is_wrong(self, answer: Resolution) -> bool:
        """A unit was given and it is not the one: what must never happen."""
        return answer.unit_code is not None and (answer.unit_code,) != self.codes


def cases() -> list[Case]:
    with (Path(__file__).parent / "addresses.csv").open(encoding="utf-8") as file:
        return [
            Case(
                address=row["address"],
                on=date.fromisoformat(row["on"]),
                statuses=tuple(row["status"].split("|")),
                codes=tuple(CODES[name] for name in row["units"].split("|") if name),
                held_out=row["held_out"] == "1",
                what=row["what"],
            )
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case.address} ({case.what})")
def test_an_address_of_the_list_is_resolved_as_reviewed(case: Case) -> None:
    answer = resolve(case.address, on=case.on)
    assert case.is_right(answer), answer


def test_the_list_is_large_and_half_of_it_was_held_out() -> None:
    listed = cases()
    assert len(listed) >= 150
    assert sum(case.held_out for case in listed) * 2 >= len(listed)


def test_no_address_of_the_list_gets_a_wrong_unit() -> None:
    assert [case.address for case in cases() if case.is_wrong(resolve(case.address, on=case.on))] == []


MARKERS = {
    "Phường": ("Phường ", "phường ", "P.", "P. ", "F."),
    "Xã": ("Xã ", "xã ", "X. "),
    "Thị trấn": ("Thị trấn ", "thị trấn ", "TT. "),
    "Quận": ("Quận ", "Q.", "Q. "),
    "Huyện": ("Huyện ", "huyện ", "H. "),
    "Thành phố": ("Thành phố ", "TP. ", "Tp "),
    "Đặc khu": ("Đặc khu ", "đặc khu "),
}
STREETS = (
    "12 Nguyễn Tri Phương",
    "Số 5 Xa lộ Hà Nội",
    "8/2A Điện Biên Phủ",
    "100 Đại lộ Bình Dương",
    "23 Hòa Bình",
    "17 đường Tân Hòa",
    "Tổ 4, ấp Phú Thọ",
    "P.502 lô B2 chung cư 1A",
)
ADDRESS_WORDS = [
    "p",
    "phường",
    "q",
    "quận",
    "1",
    "9",
    "tân phú",
    "bến nghé",
    "an",
    ",",
    "tp",
    "hcm",
    "xã",
    "cũ",
]
unhurried = settings(deadline=None)  # two cores are shared: one slow example says nothing
CITY = ("", ", TP.HCM", ", TPHCM", ", Thành phố Hồ Chí Minh", ", Tp Hồ Chí Minh, Việt Nam")


def abbreviated(name: str, chance: random.Random) -> str:
    kind = next(kind for kind in MARKERS if name.startswith(f"{kind} "))
    return chance.choice(MARKERS[kind]) + name.removeprefix(f"{kind} ")


def unmarked(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def spellings(full: str) -> tuple[str, ...]:
    return full, unmarked(full), full.replace(",", " "), unmarked(full).replace(",", " ").upper()


def test_every_former_unit_with_its_district_is_found_in_every_spelling() -> None:
    chance = random.Random(20250701)
    failures = []
    for place in places_before_reform():
        if place.kind == "district":
            continue
        where = f"{abbreviated(place.name, chance)}, {abbreviated(place.district, chance)}"
        for written in spellings(f"{chance.choice(STREETS)}, {where}{chance.choice(CITY)}"):
            answer = resolve(written, on=TODAY)
            expected = place.codes[0] if len(place.codes) == 1 else None
            if answer.unit_code != expected or set(answer.candidates) != set(place.codes):
                failures.append((written, place.label, answer))
    assert failures == []


def test_every_present_unit_in_its_official_form_is_found_in_every_spelling() -> None:
    chance = random.Random(168)
    outcomes = Counter()
    for unit in units.communes():
        for tail in CITY[1:]:
            for written in spellings(f"{chance.choice(STREETS)}, {abbreviated(unit.name, chance)}{tail}"):
                answer = resolve(written, on=TODAY)
                assert answer.unit_code in (unit.code, None), (written, answer)
                assert unit.code in answer.candidates, (written, answer)
                outcomes[unit.name, answer.status] += 1
    unresolved = {name for name, status in outcomes if status != "current"}
    assert unresolved == {"Xã Thanh An", "Xã Thạnh An"}  # without marks they are one name


def test_one_slip_of_the_pen_inside_a_district_never_gives_another_unit_of_it() -> None:
    chance = random.Random(84)
    wrong = []
    for place in places_before_reform():
        name = place.name.split(" ", 1)[1]
        if place.kind == "district" or name.isdigit() or len(name) < 5:
            continue
        at = chance.randrange(1, len(name) - 3)
        for slip in (name[:at] + name[at + 1 :], name[:at] + name[at + 1] + name[at] + name[at + 2 :]):
            answer = resolve(f"{place.name.split(' ')[0]} {slip}, {place.district}", on=TODAY)
            if answer.unit_code is not None and (answer.unit_code,) != place.codes:
                wrong.append((slip, place.label, answer))
    assert wrong == []


def test_a_split_ward_names_the_parts_and_which_of_them_is_land_without_people() -> None:
    answer = resolve("Phường Long Thạnh Mỹ, TP Thủ Đức", on=TODAY)
    assert answer.unit_code is None
    assert {NAMES[code] for code in answer.candidates} == {"Phường Long Bình", "Phường Tăng Nhơn Phú"}
    assert "chỉ nhận đất" in answer.reason


def test_the_present_form_of_a_name_borne_elsewhere_says_so() -> None:
    answer = resolve("70 Lũy Bán Bích, Phường Tân Phú, TP.HCM", on=TODAY)
    assert (answer.status, answer.unit_code) == ("current", CODES["Phường Tân Phú"])
    assert "Quận 7" in answer.reason


def test_before_the_reform_no_name_means_a_unit_of_today() -> None:
    assert resolve("Phường Sài Gòn, TP.HCM", on=BEFORE).unit_code is None
    assert resolve("Phường Tân Bình, TP.HCM", on=BEFORE).unit_code is None
    assert resolve("Phường Tân Bình, Dĩ An, Bình Dương", on=BEFORE).unit_code == CODES["Phường Tân Đông Hiệp"]


def test_the_words_an_answer_rests_on_are_given_as_they_were_written() -> None:
    assert resolve("12 Nguyễn Huệ, P.Bến Nghé, Q.1, TP.HCM", on=TODAY).matched == "P Bến Nghé, Q 1"


def test_an_old_form_says_what_became_of_its_ward_and_since_when() -> None:
    reason = resolve("Phường 6, Quận 3", on=TODAY).reason
    assert reason == (
        "Phường 6 (Quận 3) đã nhập vào Phường Võ Thị Sáu, nay thuộc Phường Xuân Hòa từ 01/07/2025."
    )


@pytest.mark.parametrize(
    "address",
    [
        "Chợ Phường 5, Đường Phường 3",
        "Phường Bến Thành, Quận 1, Phường Sài Gòn",
        "Phường 5, Quận 1, Đồng Nai",
    ],
)
def test_parts_that_contradict_each_other_give_no_unit(address: str) -> None:
    assert resolve(address, on=TODAY).unit_code is None


@given(st.text(max_size=80))
@unhurried
def test_any_text_gets_an_answer_with_a_reason(text: str) -> None:
    answer = resolve(text, on=TODAY)
    assert answer.reason.endswith(".")
    assert answer.unit_code is None or answer.candidates == (answer.unit_code,)


@given(st.lists(st.sampled_from(ADDRESS_WORDS)))
@unhurried
def test_any_mixture_of_address_words_gets_an_answer(words: list[str]) -> None:
    answer = resolve(" ".join(words), on=TODAY)
    assert (answer.unit_code is not None) == (answer.status in {"exact", "current"})


def test_the_gazetteer_is_built_once() -> None:
    assert Gazetteer.load() is Gazetteer.load()

"""Search keys and sort keys."""

import csv
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodem.vietnam.text import fold, nfc, sort_key

HERE = Path(__file__).parent
vietnamese = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyàảãáạằẳẵắặầẩẫấậ ỳỷỹýỵ.,-0123456789ABĐ", max_size=40)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  P.Bến-Nghé,  Q.1 ", "p ben nghe q 1"),
        ("ĐẶC KHU Côn Đảo", "dac khu con dao"),
        ("Sở KH&CN", "so kh cn"),
        ("Phường Ðông Hưng Thuận", "phuong dong hung thuan"),
        ("Thủ Ɖức", "thu duc"),
        ("…", ""),
        ("", ""),
    ],
)
def test_a_search_key_has_no_marks_no_signs_and_single_spaces(text: str, key: str) -> None:
    assert fold(text) == key


@given(vietnamese)
@settings(deadline=None)
def test_composed_and_decomposed_text_have_one_search_key_and_one_sort_key(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    assert fold(decomposed) == fold(text)
    assert sort_key(decomposed) == sort_key(text)


@given(st.text(max_size=60))
@settings(deadline=None)
def test_folding_twice_changes_nothing_more_and_never_fails(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_nfc_mends_the_wrong_d_with_stroke() -> None:
    assert nfc("Ðường Ðồng Khởi") == "Đường Đồng Khởi"


def test_sort_keys_order_every_unit_name_as_icu_does() -> None:
    """icu_order.csv: ICU 72, locale vi, numeric ordering, over all unit names and hard cases."""
    with (HERE / "icu_order.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 700
    for before, after in pairwise(rows):
        first, second = sort_key(before["name"]), sort_key(after["name"])
        if after["same_as_previous"] == "1":
            assert first == second, (before, after)
        else:
            assert first < second, (before, after)


def test_letters_come_before_tones_and_tones_before_case() -> None:
    words = ["mạ", "Ma", "mă", "mã", "ma", "m a", "má", "mà", "mả", "mâ"]
    assert sorted(words, key=sort_key) == ["m a", "ma", "Ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"]


def test_numbers_sort_by_value_and_before_letters() -> None:
    names = ["Phường An Lạc", "Phường 10", "Phường 9", "Phường 09B", "Phường 2"]
    expected = ["Phường 2", "Phường 9", "Phường 09B", "Phường 10", "Phường An Lạc"]
    assert sorted(names, key=sort_key) == expected


@given(st.text(max_size=30))
@settings(deadline=None)
def test_a_sort_key_is_digits_only_so_that_every_collation_agrees(text: str) -> None:
    assert sort_key(text).isascii()
    assert sort_key(text).isdigit()

"""Telephone numbers, names and personal numbers. All numbers here are made up."""

from datetime import date

import pytest

from dodem.vietnam.identifiers import (
    InvalidPersonalNumber,
    InvalidPhone,
    mask_name,
    mask_phone,
    normalise_phone,
    read_personal_number,
)

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "text", ["0912345678", "0912 345 678", "+84 912.345.678", "84912345678", "(091) 234-5678"]
)
def test_one_mobile_number_written_many_ways_is_one_number(text: str) -> None:
    assert normalise_phone(text) == "+84912345678"


def test_a_landline_of_the_city_is_accepted() -> None:
    assert normalise_phone("028 3829 1234") == "+842838291234"


@pytest.mark.parametrize("text", ["", "không có", "0912", "01234567890", "091234567890123", "0112345678"])
def test_what_cannot_be_called_is_refused_in_vietnamese(text: str) -> None:
    with pytest.raises(InvalidPhone, match="Số điện thoại chưa đúng"):
        normalise_phone(text)


def test_a_masked_phone_shows_three_digits_and_a_short_one_none() -> None:
    assert mask_phone("+84912345678") == "*******678"
    assert mask_phone("0912 345 678") == "*******678"
    assert mask_phone("113") == ""


def test_a_masked_name_keeps_initials_with_their_marks() -> None:
    assert mask_name("Đặng  Thị Ánh") == "Đ. T. Á."
    assert mask_name("") == ""


@pytest.mark.parametrize(
    ("text", "place", "sex", "year"),
    [
        ("079090000001", "079", "male", 1990),
        ("079 190 000 001", "079", "female", 1990),
        ("077205000001", "077", "male", 2005),
        ("074325000001", "074", "female", 2025),
        ("101180000001", "101", "female", 1980),
    ],
)
def test_a_personal_number_says_place_sex_and_year(text: str, place: str, sex: str, year: int) -> None:
    number = read_personal_number(text, on=TODAY)
    assert (number.place_code, number.sex, number.birth_year) == (place, sex, year)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("07909000001", "12 chữ số"),
        ("0790900000012", "12 chữ số"),
        ("07909000000A", "12 chữ số"),
        ("٠٧٩٠٩٠٠٠٠٠٠١", "12 chữ số"),
        ("003090000001", "003"),
        ("079227000001", "2027"),
        ("079590000001", "2190"),
    ],
)
def test_a_number_of_another_form_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(InvalidPersonalNumber, match=said):
        read_personal_number(text, on=TODAY)

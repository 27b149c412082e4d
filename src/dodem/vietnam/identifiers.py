"""Telephone numbers, names and personal numbers: their form, and how to show them without telling all."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import phonenumbers

from dodem.vietnam.errors import UserError
from dodem.vietnam.text import nfc


class InvalidPhone(UserError, ValueError):
    """Not a telephone number that can be called. `str(error)` is a Vietnamese sentence."""


class InvalidPersonalNumber(UserError, ValueError):
    """Not the form of a personal number. `str(error)` is a Vietnamese sentence."""


def normalise_phone(text: str) -> str:
    """A number written any way, Vietnamese unless it begins with +, as E.164 ("+84912345678").

    Raises InvalidPhone.
    """
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException as error:
        raise InvalidPhone(_PHONE_ADVICE) from error
    if not phonenumbers.is_valid_number(number):
        raise InvalidPhone(_PHONE_ADVICE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_PHONE_ADVICE = "Số điện thoại chưa đúng. Hãy nhập đủ 10 chữ số, bắt đầu bằng 0, ví dụ 0912 345 678."


def mask_phone(phone: str) -> str:
    """A telephone number with only its last three digits: "*******678". Nothing for one too short to hide."""
    digits = "".join(filter(str.isdigit, phone))
    return f"*******{digits[-3:]}" if len(digits) > 6 else ""


def mask_name(name: str) -> str:
    """A person's name as initials: "Trần Thị Minh" is "T. T. M."."""
    return " ".join(f"{word[0].upper()}." for word in nfc(name).split())


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """What the twelve digits say by themselves. Whether the number was ever issued is not known here.

    `place_code` is the province ("079") or country (from "101") of the birth record.
    """

    number: str
    place_code: str
    sex: Literal["male", "female"]
    birth_year: int


def read_personal_number(text: str, *, on: date) -> PersonalNumber:
    """Read a personal number (số định danh cá nhân); spaces and dots are passed over.

    Form: Decree 137/2015/NĐ-CP, article 13, and Circular 59/2021/TT-BCA: 3 digits of place, 1 of century and
    sex (0 male, 1 female, 1900-1999; 2 and 3 the next century; and so on), 2 of the year, 6 without meaning.
    `on` is today: a year of birth after it is refused. Raises InvalidPersonalNumber.
    """
    number = text.replace(" ", "").replace(".", "")
    if not (number.isascii() and number.isdigit() and len(number) == 12):
        raise InvalidPersonalNumber("Số định danh cá nhân phải có đúng 12 chữ số.")
    place = number[:3]
    if place not in PROVINCE_CODES and not FIRST_COUNTRY <= int(place) <= LAST_COUNTRY:
        raise InvalidPersonalNumber(f"Ba chữ số đầu “{place}” không phải mã tỉnh, thành phố hay quốc gia.")
    century_and_sex = int(number[3])
    birth_year = 1900 + 100 * (century_and_sex // 2) + int(number[4:6])
    if birth_year > on.year:
        raise InvalidPersonalNumber(f"Năm sinh {birth_year} trong số định danh lớn hơn năm hiện tại.")
    return PersonalNumber(number, place, "female" if century_and_sex % 2 else "male", birth_year)


# Circular 59/2021/TT-BCA, annex I: the statistical codes of the 63 provinces of then, after a 0.
_PROVINCES = (
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 48 "
    "49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 96"
)
PROVINCE_CODES = frozenset(f"0{code}" for code in _PROVINCES.split())
FIRST_COUNTRY, LAST_COUNTRY = 101, 399  # annex II numbers the countries of birth from 101

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dodem.vietnam.numerals import find_numerals, read_figures, read_words
from dodem.vietnam.quantities import find_quantities, read_quantity


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2.535", 2535),
        ("14,8", Decimal("14.8")),
        ("1.234.567,5", Decimal("1234567.5")),
        ("1,234,567", 1234567),
        ("1.5", Decimal("1.5")),
        ("06", 6),
    ],
)
def test_a_dot_groups_thousands_and_a_comma_is_the_decimal_mark(written: str, value: Decimal) -> None:
    assert read_figures(written) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("chín", 9),
        ("mười hai", 12),
        ("hai mươi mốt", 21),
        ("ba mươi lăm", 35),
        ("một trăm linh năm", 105),
        ("hai trăm bốn mươi", 240),
        ("con mèo", None),
        ("ba ba", None),
    ],
)
def test_numbers_in_words_are_read(words: str, value: int | None) -> None:
    assert read_words(words) == value


def test_a_letter_before_a_figure_makes_it_a_name() -> None:
    assert [n.value for n in find_numerals("chip G42 và mạng 5G")] == [5]


@given(st.integers(min_value=0, max_value=10**12))
def test_any_whole_number_written_with_dots_is_read_back(number: int) -> None:
    assert read_figures(f"{number:,}".replace(",", ".")) == number


# phrase, value, unit, op, value_max, of
QUANTITIES = [
    ("hơn 1,2 triệu bản ghi", "1200000", "bản ghi", ">=", None, None),
    ("trên 90% hồ sơ", "90", "%", ">=", None, None),
    ("95% trở lên", "95", "%", ">=", None, None),
    ("không quá 30 tỷ đồng", "30000000000", "VND", "<=", None, None),
    ("gần 4 nghìn tỷ đồng", "4000000000000", "VND", "<=", None, None),
    ("khoảng 7.000 lượt khám", "7000", "lượt khám", "~", None, None),
    ("1 tỷ 500 triệu đồng", "1500000000", "VND", "=", None, None),
    ("2 triệu rưỡi đồng", "2500000", "VND", "=", None, None),
    ("từ 10 đến 15 tỷ đồng", "10000000000", "VND", "range", "15000000000", None),
    ("30 - 40 hồ sơ", "30", "hồ sơ", "range", "40", None),
    ("5/7 chỉ tiêu", "5", "chỉ tiêu", "=", None, "7"),
    ("125 trên tổng số 168 xã, phường", "125", "xã, phường", "=", None, "168"),
    ("1.200/3.000 tỷ đồng", "1200000000000", "VND", "=", None, "3000000000000"),
    ("2,5 điểm phần trăm", "2.5", "pp", "=", None, None),
    ("đứng thứ 3 cả nước", "3", "rank", "=", None, None),
    ("thứ 2/34 tỉnh, thành", "2", "rank", "=", None, "34"),
    ("lọt top 20", "20", "rank", "<=", None, None),
    ("xếp hạng 71", "71", "rank", "=", None, None),
    ("tăng gấp rưỡi", "1.5", "lần", "=", None, None),
    ("gấp hơn 3 lần", "3", "lần", ">=", None, None),
    ("một nửa số hồ sơ", "50", "%", "=", None, None),
    ("15.000m2 sàn", "15000", "m2", "=", None, None),
    ("50.000 đồng/hồ sơ", "50000", "VND", "=", None, None),
    ("mười hai khu phố", "12", "khu phố", "=", None, None),
    ("450 triệu USD", "450000000", "USD", "=", None, None),
]


@pytest.mark.parametrize(("phrase", "value", "unit", "op", "value_max", "of"), QUANTITIES)
def test_each_line_of_the_quantity_grammar(
    phrase: str, value: str, unit: str, op: str, value_max: str | None, of: str | None
) -> None:
    quantity = read_quantity(phrase)
    assert quantity is not None
    assert (quantity.value, quantity.unit, quantity.op) == (Decimal(value), unit, op)
    assert quantity.value_max == (None if value_max is None else Decimal(value_max))
    assert quantity.of == (None if of is None else Decimal(of))


def test_a_rate_of_something_is_no_scale_word() -> None:
    assert read_quantity("ba tỷ lệ") is not None
    assert read_quantity("ba tỷ lệ").value == 3  # type: ignore[union-attr]


def test_a_rise_from_one_share_to_another_is_two_quantities() -> None:
    assert [q.value for q in find_quantities("tăng từ 10% lên 15%")] == [10, 15]


def test_offsets_point_at_the_words_themselves() -> None:
    text = "Đã cấp hơn 3.400 chứng thư số, đạt 62% kế hoạch."
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end] == quantity.text


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader_and_quantities_never_overlap(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert quantity.start >= end
        end = quantity.end

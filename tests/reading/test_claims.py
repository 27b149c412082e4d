from datetime import date
from decimal import Decimal

import pytest

from dodem.reading.claims import find_claims

DOC = date(2026, 5, 20)


def claims(text: str) -> list[tuple[Decimal, str]]:
    return [(c.quantity.value, c.quantity.unit) for c in find_claims(text, doc_date=DOC) if not c.is_target]


CLAIMS = [
    ("Đã cấp 3.400 chứng thư số cho cán bộ.", [(3400, "chứng thư số")]),
    ("Tỉ lệ đúng hạn đạt 97,2%, riêng cấp xã 98%.", [(Decimal("97.2"), "%"), (98, "%")]),
    ("Có 121/168 xã, phường, đặc khu lập tổ công nghệ.", [(121, "xã, phường, đặc khu")]),
    ("Thành phố đứng thứ ba cả nước về thu hút vốn.", [(3, "rank")]),
    ("Hình thành sáu trung tâm dữ liệu.", [(6, "trung tâm dữ liệu")]),
    ("412/450 nhiệm vụ đã xong.", [(412, "nhiệm vụ")]),
    ("Giảm thời gian giải quyết 3 ngày.", [(3, "ngày")]),
]


@pytest.mark.parametrize(("text", "expected"), CLAIMS)
def test_what_was_counted_or_measured_is_a_claim(text: str, expected: list[tuple[Decimal, str]]) -> None:
    assert claims(text) == expected


NO_CLAIMS = [
    "Thực hiện Nghị quyết 57 và Đề án 06.",
    "Theo Thông báo số 63-TB/VP ngày 08-4-2026.",
    "Phủ sóng 5G tại Quận 1.",
    "Chính quyền địa phương hai cấp, mô hình ba nhà.",
    "Hội nghị thống nhất ba nội dung.",
    "Sau một năm triển khai.",
    "Sáng 20-5, lúc 8 giờ.",
    "Một số đơn vị còn chậm.",
]


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_names_dates_idioms_and_durations_are_no_claims(text: str) -> None:
    assert claims(text) == []


def test_an_aim_is_marked_as_a_target() -> None:
    (claim,) = find_claims("Phấn đấu đạt 80% hồ sơ trực tuyến.", doc_date=DOC)
    assert claim.is_target


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("Tính đến ngày 15/5/2026, có 90 trạm đo.", "2026-05-15"),
        ("Năm 2025, thành phố có 90 trạm đo.", "2025"),
        ("Thành phố có 90 trạm đo.", "2026-05-20"),
        ("Trong tháng 4/2026 tiếp nhận 90 phản ánh.", "2026-04"),
    ],
)
def test_a_claim_knows_the_time_it_speaks_of(text: str, as_of: str) -> None:
    (claim,) = find_claims(text, doc_date=DOC)
    assert claim.as_of == as_of


def test_the_year_compared_with_is_not_the_time_of_the_claim() -> None:
    (claim,) = find_claims("Tiếp nhận 90 phản ánh, ít hơn so với năm 2024.", doc_date=DOC)
    assert claim.as_of == "2026-05-20"


def test_an_aim_governs_the_whole_list_after_it() -> None:
    found = find_claims("Thành phố phấn đấu 80% hồ sơ trực tuyến; 95% người dân hài lòng.", doc_date=DOC)
    assert [claim.is_target for claim in found] == [True, True]


def test_a_claim_keeps_its_words_its_measure_and_its_place() -> None:
    text = "Tại TP.HCM, tỉ lệ trường có thư viện đạt gần 91%."
    (claim,) = find_claims(text, doc_date=DOC)
    assert text[claim.start : claim.end] == "gần 91%"
    assert claim.indicator == "tỉ lệ trường có thư viện đạt"
    assert claim.place == "TP.HCM"
    assert claim.quantity.op == "<="

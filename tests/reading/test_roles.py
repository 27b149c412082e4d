import pytest

from dodem.reading.roles import sort_roles
from dodem.reading.units import find_mentions

# clause → lead, coordinating
ROLES = [
    (
        "Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Sở Tài chính rà soát.",
        ["Sở Y tế"],
        ["Sở Nội vụ", "Sở Tài chính"],
    ),
    ("giao Sở Xây dựng thẩm định hồ sơ.", ["Sở Xây dựng"], []),
    ("UBND TP yêu cầu Sở Tư pháp báo cáo.", ["Sở Tư pháp"], []),
    ("UBND TP chỉ đạo các sở, ngành triển khai.", ["UBND TP"], ["các sở, ngành"]),
    ("Sở Du lịch, Sở Công Thương phải công khai giá.", ["Sở Du lịch", "Sở Công Thương"], []),
    ("Về nhân sự, Sở Nội vụ khẩn trương bố trí cán bộ.", ["Sở Nội vụ"], []),
    ("Cơ quan chủ trì: Sở Y tế; cơ quan phối hợp: Sở Tài chính.", ["Sở Y tế"], ["Sở Tài chính"]),
    ("Sở Du lịch được giao xây dựng bản đồ số.", ["Sở Du lịch"], []),
    ("tham mưu UBND TP ban hành quy chế.", [], []),
    ("Sở Y tế phối hợp Công an TP làm sạch dữ liệu.", ["Sở Y tế"], ["Công an TP"]),
]


@pytest.mark.parametrize(("clause", "lead", "coordinating"), ROLES)
def test_each_line_of_the_grammar_of_roles(clause: str, lead: list[str], coordinating: list[str]) -> None:
    roles = sort_roles(clause, find_mentions(clause))
    assert [m.text for m in roles.lead] == lead
    assert [m.text for m in roles.coordinating] == coordinating


def test_the_body_reported_to_is_not_the_lead() -> None:
    roles = sort_roles(text := "Sở Y tế tổng hợp, báo cáo UBND TP.", find_mentions(text))
    assert [m.text for m in roles.lead] == ["Sở Y tế"]

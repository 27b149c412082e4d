import pytest

from dodem.reading.units import UnitDirectory, find_mentions

# sentence → (words, codes) of every body in it
MENTIONS = [
    (
        "Giao Sở Tài chính phối hợp với Sở KH&CN và Công an Thành phố.",
        [("Sở Tài chính", ("H29.TC",)), ("Sở KH&CN", ("H29.KHCN",)), ("Công an Thành phố", ("H29.CA",))],
    ),
    ("Giám đốc Sở Y tế báo cáo.", [("Giám đốc Sở Y tế", ("H29.YT",))]),
    ("Thủ trưởng các sở, ban, ngành tổ chức.", [("Thủ trưởng các sở, ban, ngành", ("79-SN",))]),
    (
        "Chủ tịch UBND 168 xã, phường, đặc khu rà soát.",
        [("Chủ tịch UBND 168 xã, phường, đặc khu", ("79-CX",))],
    ),
    ("Các phường, xã gửi số liệu.", [("Các phường, xã", ("79-CX",))]),
    ("UBND cấp xã niêm yết.", [("UBND cấp xã", ("79-CX",))]),
    ("Trình UBND TPHCM phê duyệt.", [("UBND TPHCM", ("79",))]),
    ("UBND phường Sài Gòn tiếp nhận.", [("UBND phường Sài Gòn", ("26740",))]),
    ("Công an phường Sài Gòn tuần tra.", [("Công an phường Sài Gòn", ())]),
    ("Văn phòng Ủy ban nhân dân Thành phố theo dõi.", [("Văn phòng Ủy ban nhân dân Thành phố", ("H29.VP",))]),
    ("Bộ Khoa học và Công nghệ hướng dẫn.", [("Bộ Khoa học và Công nghệ", ())]),
    ("Các sở, ngành, địa phương liên quan.", [("Các sở, ngành, địa phương liên quan", ("79-SN", "79-CX"))]),
    ("Ban Tuyên giáo và Dân vận Thành ủy định hướng.", [("Ban Tuyên giáo và Dân vận Thành ủy", ())]),
    ("Trung tâm Chuyển đổi số TP.HCM vận hành.", [("Trung tâm Chuyển đổi số TP.HCM", ())]),
]


@pytest.mark.parametrize(("sentence", "expected"), MENTIONS)
def test_bodies_are_found_and_matched(
    sentence: str, expected: list[tuple[str, tuple[str, ...]]], directory: UnitDirectory
) -> None:
    found = find_mentions(sentence, directory)
    assert [(m.text, m.codes) for m in found] == expected
    assert all(sentence[m.start : m.end] == m.text for m in found)


def test_a_list_of_departments_gives_each_its_full_name(directory: UnitDirectory) -> None:
    found = find_mentions("Các Sở: Xây dựng, Y tế và Nội vụ cùng thực hiện.", directory)
    assert [(m.name, m.codes) for m in found] == [
        ("Sở Xây dựng", ("H29.XD",)),
        ("Sở Y tế", ("H29.YT",)),
        ("Sở Nội vụ", ("H29.NV",)),
    ]


@pytest.mark.parametrize(
    ("mention", "codes"),
    [
        ("xã Thanh An", ("25807",)),
        ("xã Thạnh An", ("27676",)),
        ("xa Thanh An", ("25807", "27676")),
        ("Sở KH-CN TP.HCM", ("H29.KHCN",)),
        ("Sở Khoa học & Công nghệ", ("H29.KHCN",)),
        ("Sở Không Có Thật", ()),
    ],
)
def test_a_name_in_doubt_gives_every_unit_it_can_mean(
    mention: str, codes: tuple[str, ...], directory: UnitDirectory
) -> None:
    assert directory.match(mention) == codes


def test_every_commune_and_department_finds_itself(directory: UnitDirectory) -> None:
    from dodem.vietnam import units

    for unit in [*units.communes(), *units.departments()]:
        assert directory.match(unit.name) == (unit.code,)


def test_a_directory_of_other_units_knows_only_those() -> None:
    directory = UnitDirectory([("01", "Phường Mẫu", ())])
    assert directory.match("UBND phường Mẫu") == ("01",)
    assert directory.match("các sở, ngành") == ()

from datetime import date

from dodem.reading.head import read_head
from dodem.vietnam.legal import find_citations
from tests.reading.samples import load_samples

SAMPLES = {sample.name: sample for sample in load_samples()}


def test_the_head_of_a_directive_is_read() -> None:
    head = read_head(SAMPLES["chi_thi_ha_tang_so"].text)
    assert head.number == "07/CT-UBND"
    assert head.kind == "Chỉ thị"
    assert head.issuer == "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH"
    assert head.issued_on == date(2026, 3, 5)
    assert head.place == "Thành phố Hồ Chí Minh"
    assert head.subject == "đẩy nhanh hoàn thiện hạ tầng số ở cấp xã"
    assert head.signer == "Lê Văn Mẫu"
    assert head.is_directive


def test_every_official_sample_has_the_kind_it_was_written_as() -> None:
    for sample in SAMPLES.values():
        head = read_head(sample.text)
        if sample.kind == "báo chí":
            assert not head.is_directive
        else:
            assert head.kind == sample.kind


def test_a_letter_has_no_kind_in_its_number() -> None:
    head = read_head(SAMPLES["cong_van_don_doc"].text)
    assert (head.number, head.kind) == ("4521/SNV-CCHC", "Công văn")


def test_a_press_report_has_no_head() -> None:
    head = read_head("Thành phố họp bàn về dữ liệu.\nSáng nay, hội nghị bắt đầu.")
    assert (head.number, head.kind, head.issuer, head.subject, head.signer) == (None,) * 5


def test_cited_papers_are_found_with_number_and_day() -> None:
    cited = list(
        find_citations("Căn cứ Quyết định số 766/QĐ-TTg ngày 23 tháng 6 năm 2022 và Nghị quyết 57-NQ/TW.")
    )
    assert [(c.kind, c.number, c.issued_on) for c in cited] == [
        ("Quyết định", "766/QĐ-TTg", date(2022, 6, 23)),
        ("Nghị quyết", "57-NQ/TW", None),
    ]

import pytest

from dodem.reading.sentences import clauses, lines, sentences, trimmed


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("Điều 2. Hiệu lực", "article"),
        ("IV. Tổ chức thực hiện", "roman"),
        ("3. Sở Y tế", "number"),
        ("2.1. Rà soát", "decimal"),
        ("a) Lập danh mục", "letter"),
        ("đ) Báo cáo", "letter"),
        ("- Gửi số liệu", "bullet"),
        ("+ Gửi số liệu", "bullet"),
        ("Hội nghị", ""),
        ("3.500 hồ sơ", ""),
    ],
)
def test_the_mark_of_an_item_is_known(line: str, marker: str) -> None:
    (found,) = lines(line)
    assert found.marker == marker


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Đạt 7,4 triệu hồ sơ. Còn 1.200 hồ sơ.", 2),
        ("UBND TP. Hồ Chí Minh họp. Sở Y tế dự.", 2),
        ("Báo cáo UBND TP. Sở Y tế theo dõi.", 2),
        ("Dùng kinh phí của TP. Ngoài ra, sẽ xin thêm.", 2),
        ("Rà soát bằng chữ ký số. Sau đó niêm phong.", 2),
        ("Ông Nguyễn V. Mẫu phát biểu.", 1),
        ("“Làm ngay.” Ông nói.", 2),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, count: int) -> None:
    assert len(list(sentences(text, trimmed(text, 0, len(text))))) == count


def test_semicolons_inside_brackets_do_not_part_clauses() -> None:
    text = "Rà soát (mạng; máy; phần mềm); lập danh mục."
    assert [c.text for c in clauses(text, trimmed(text, 0, len(text)))] == [
        "Rà soát (mạng; máy; phần mềm)",
        "lập danh mục.",
    ]

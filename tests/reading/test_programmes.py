import pytest

from dodem.reading.programmes import find_programmes, frame


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("thực hiện Nghị quyết 57", ["NQ57"]),
        ("Nghị quyết số 57-NQ/TW và Đề án 06.", ["NQ57", "ĐA06"]),
        ("Đề án 06/CP", ["ĐA06"]),
        ("NQ 57, ĐA204", ["NQ57", "ĐA204"]),
        ("Nghị quyết 571", []),
        ("Đề án 068", []),
    ],
)
def test_programmes_are_known_by_their_ways_of_writing(text: str, codes: list[str]) -> None:
    assert [mention.code for mention in find_programmes(text)] == codes


def test_the_frame_is_what_the_paper_names_most() -> None:
    assert frame("Nghị quyết 57. Nghị quyết 57. Nghị quyết 57. Nhắc qua Đề án 06.") == ("NQ57",)
    assert frame("Không chương trình nào.") == ()

"""Bytes to text: what is recognised, what is refused."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dodem.vietnam.errors import UserError
from dodem.vietnam.legacy import decode_tcvn3, decode_viscii, decode_vni
from dodem.vietnam.syllables import is_syllable
from dodem.vietnam.text import Decoded, UndecodableText, decode

HERE = Path(__file__).parent
PAPER = (
    "Ủy ban nhân dân phường đề nghị các tổ dân phố rà soát hồ sơ trễ hạn,\n"
    "báo cáo trước ngày 15/12; những trường hợp vướng mắc gửi về bộ phận một cửa để được hướng dẫn.\n"
)


def letters() -> list[dict[str, str]]:
    """Every accented letter with its bytes, as glibc's iconv writes them."""
    with (HERE / "legacy_bytes.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def written(text: str, column: str) -> bytes:
    """`text` in an old encoding. TCVN3 has no accented capitals: fonts draw them, bytes are lower case."""
    table = {row["letter"]: bytes.fromhex(row[column]) for row in letters()}
    return b"".join(table.get(char, char.encode("ascii", errors="ignore")) for char in text)


def written_in_vni(text: str) -> bytes:
    """`text` in VNI by the rule of its layout: the vowel, then one sign for shape and tone together."""
    tones = dict(zip("\u0300\u0309\u0303\u0301\u0323", "øûõùï", strict=True))
    round_hat = dict(zip("\u0300\u0309\u0303\u0301\u0323", "àåãáä", strict=True)) | {"": "â"}
    breve = dict(zip("\u0300\u0309\u0303\u0301\u0323", "èúüéë", strict=True)) | {"": "ê"}
    single = {"đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "ơ": "ô", "ư": "ö"}
    out = []
    for char in text.lower():
        base, *marks = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in marks if mark in tones), "")
        if char in single:
            out.append(single[char])
        elif "\u0302" in marks:
            out.append(base + round_hat[tone])
        elif "\u0306" in marks:
            out.append(base + breve[tone])
        elif "\u031b" in marks:
            out.append({"o": "ô", "u": "ö"}[base] + tones[tone])
        else:
            out.append(base + (tones[tone] if tone else ""))
    return "".join(out).encode("latin-1")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PAPER.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PAPER.encode(), "utf-8-sig"),
        (PAPER.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + PAPER.encode("utf-16-be"), "utf-16-be"),
        (PAPER.encode("utf-16-le"), "utf-16-le"),
        (PAPER.encode("utf-16-be"), "utf-16-be"),
        (written(PAPER, "viscii"), "viscii"),
    ],
)
def test_each_encoding_is_recognised_and_gives_the_same_text(data: bytes, encoding: str) -> None:
    read = decode(data)
    assert (read.encoding, read.text) == (encoding, PAPER)


def test_windows_1258_is_recognised_and_composed() -> None:
    # Windows-1258 keeps the shape of a letter and writes its tone after it.
    stored = "".join(
        unicodedata.normalize("NFC", base) + tone for char in PAPER for base, tone in [_shape_and_tone(char)]
    )
    read = decode(stored.encode("cp1258"))
    assert (read.encoding, read.text) == ("cp1258", PAPER)
    assert read.notes


def _shape_and_tone(char: str) -> tuple[str, str]:
    base, *marks = unicodedata.normalize("NFD", char)
    tones = "\u0300\u0309\u0303\u0301\u0323"
    shape = "".join(mark for mark in marks if mark not in tones)
    return base + shape, "".join(mark for mark in marks if mark in tones)


def test_tcvn3_is_recognised_and_the_reader_is_told() -> None:
    lower = PAPER.replace("Ủ", "ủ")
    read = decode(written(lower, "tcvn5712"))
    assert (read.encoding, read.text) == ("tcvn3", lower)
    assert "TCVN3" in read.notes[0]


def test_vni_is_recognised() -> None:
    read = decode(written_in_vni(PAPER))
    assert (read.encoding, read.text) == ("vni", PAPER.lower())


def test_one_accented_word_among_ascii_columns_is_enough_to_tell_tcvn3() -> None:
    rows = b"ma,ten\r\n1,Nguy\xd4n V\xa8n An\r\n2,Tr\xc7n Th\xde B\xd7nh\r\n"
    assert decode(rows).text == "ma,ten\r\n1,Nguyễn Văn An\r\n2,Trần Thị Bình\r\n"


def test_tcvn3_words_in_capitals_get_their_accented_capitals_back() -> None:
    assert decode_tcvn3(b"C\xe9NG H\xdfA X\xb7 H\xe9I") == "CỘNG HÒA Xã HỘI"


def test_byte_tables_agree_with_iconv_for_every_letter() -> None:
    for row in letters():
        assert decode_viscii(bytes.fromhex(row["viscii"])) == row["letter"]
        if row["tcvn5712"] >= "a1":  # below, TCVN 5712 and the fonts of TCVN3 differ
            assert decode_tcvn3(bytes.fromhex(row["tcvn5712"])) == row["letter"]


@pytest.mark.parametrize("letter", [row["letter"] for row in letters() if row["letter"].islower()])
def test_vni_writes_every_letter_and_reads_it_back(letter: str) -> None:
    assert decode_vni(written_in_vni(letter)) == letter


def test_vni_reads_a_national_heading() -> None:
    assert decode_vni("Ñoäc laäp - Töï do - Haïnh phuùc".encode("latin-1")) == "Độc lập - Tự do - Hạnh phúc"
    assert decode_vni("THAØNH PHOÁ THUÛ ÑÖÙC".encode("latin-1")) == "THÀNH PHỐ THỦ ĐỨC"


def test_decomposed_utf8_is_composed_and_said_so() -> None:
    read = decode(unicodedata.normalize("NFD", PAPER).encode())
    assert read.text == PAPER
    assert "NFC" in read.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest of a workbook", "Excel"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 4, "văn bản"),
        (b"\x00\x01\x02\x03" * 50, "văn bản"),
        (b"\x07\x08\x0e\x0f plain", "văn bản"),
    ],
)
def test_binary_data_is_refused_with_what_it_seems_to_be(data: bytes, said: str) -> None:
    with pytest.raises(UndecodableText, match=said):
        decode(data)


def test_a_broken_utf8_file_is_refused_with_its_line() -> None:
    with pytest.raises(UndecodableText, match="dòng 2"):
        decode("Phường Sài Gòn\nPhường B".encode() + b"\xe1\xba" + " Thành\n".encode())


def test_western_text_in_latin1_is_not_taken_for_vietnamese() -> None:
    with pytest.raises(UndecodableText):
        decode("Crème brûlée für Öffentlichkeit, señor, garçon".encode("latin-1"))


def test_the_refusal_is_a_user_error_and_a_value_error() -> None:
    assert issubclass(UndecodableText, UserError)
    assert issubclass(UndecodableText, ValueError)


def test_empty_and_ascii_data_are_utf8() -> None:
    assert decode(b"") == Decoded("", "utf-8")
    assert decode(b"code,count\n26740,12\n") == Decoded("code,count\n26740,12\n", "utf-8")


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_in_words(data: bytes) -> None:
    try:
        outcome = decode(data).text
    except UndecodableText as refusal:
        outcome = str(refusal)
    assert unicodedata.is_normalized("NFC", outcome)
    assert "\0" not in outcome


@pytest.mark.parametrize("word", ["nghiêng", "Quốc", "khuya", "uỷ", "thuở", "yếu", "giếng", "oằn", "được"])
def test_vietnamese_syllables_are_recognised(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["viÖt", "brûlée", "ngþ", "áấ", "Coäng", "việtt", "für"])
def test_other_words_are_not_syllables(word: str) -> None:
    assert not is_syllable(word)

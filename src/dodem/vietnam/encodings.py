"""Bytes to Unicode text: today's encodings and the four that Vietnamese offices used before Unicode.

The guess is made on evidence: a candidate decoding wins only when its accented words are spelt like
Vietnamese syllables. Nothing is guessed below that bar; `UndecodableText` says what to do instead.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from dodem.vietnam.errors import UserError
from dodem.vietnam.legacy import decode_tcvn3, decode_viscii, decode_vni
from dodem.vietnam.syllables import is_syllable

ENOUGH = 0.7  # share of accented words that must be Vietnamese syllables
SAMPLE_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC, the encoding it was read with, and what was done on the way (Vietnamese sentences)."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


class UndecodableText(UserError, ValueError):
    """The bytes are not text, or not text in an encoding we know. `str(error)` is a Vietnamese sentence."""


def decode(data: bytes) -> Decoded:
    """Read `data` as text. Encodings: utf-8, utf-8-sig, utf-16-le, utf-16-be, cp1258, tcvn3, vni, viscii.

    Line ends are kept as they are. Raises UndecodableText for binary data and for unknown encodings.
    """
    _refuse_known_binary(data)
    if data.startswith(b"\xef\xbb\xbf"):
        return _read_unicode(data[3:], "utf-8", label="utf-8-sig")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _read_unicode(data[2:], "utf-16-le" if data[0] == 0xFF else "utf-16-be")
    if b"\0" in data:
        return _read_unicode(data, _utf16_without_mark(data))
    try:
        return _finish(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _read_legacy(data, utf8_error=error)


_SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "Word, Excel (.docx, .xlsx) hoặc ZIP",
    b"\xd0\xcf\x11\xe0": "Word hoặc Excel đời cũ (.doc, .xls)",
    b"\x89PNG": "ảnh PNG",
    b"\xff\xd8\xff": "ảnh JPEG",
    b"\x1f\x8b": "nén GZIP",
}


def _refuse_known_binary(data: bytes) -> None:
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise UndecodableText(f"Đây là tệp {what}, không phải văn bản thuần. Hãy tải lên đúng loại tệp.")


def _utf16_without_mark(data: bytes) -> str:
    """The codec of UTF-16 without a byte order mark: its ASCII shows a NUL in every other byte."""
    pairs = max(1, len(data) // 2)
    nul_low, nul_high = data[0::2].count(0) / pairs, data[1::2].count(0) / pairs
    if len(data) % 2 == 0 and max(nul_low, nul_high) > 0.3 and min(nul_low, nul_high) < 0.02:
        return "utf-16-le" if nul_high > nul_low else "utf-16-be"
    raise _not_text()


def _read_unicode(data: bytes, codec: str, *, label: str | None = None) -> Decoded:
    try:
        return _finish(data.decode(codec), label or codec)
    except UnicodeDecodeError as error:
        raise UndecodableText(
            f"Tệp ghi là {codec.upper()} nhưng hỏng ở byte thứ {error.start + 1}, có thể do tải về dở dang. "
            "Hãy xuất lại tệp từ hệ thống gốc."
        ) from error


_LEGACY: tuple[tuple[str, str, Callable[[bytes], str]], ...] = (
    ("cp1258", "Windows-1258", lambda data: data.decode("cp1258")),
    ("tcvn3", "TCVN3 (ABC)", decode_tcvn3),
    ("vni", "VNI", decode_vni),
    ("viscii", "VISCII", decode_viscii),
)


def _read_legacy(data: bytes, *, utf8_error: UnicodeDecodeError) -> Decoded:
    best: tuple[float, str, str, str] | None = None
    for encoding, name, reader in _LEGACY:
        try:
            text = unicodedata.normalize("NFC", reader(data))
        except UnicodeDecodeError:
            continue
        score = vietnamese_likelihood(text)
        if score >= ENOUGH and (best is None or score > best[0]):
            best = (score, encoding, name, text)
    if best is None:
        line = data.count(b"\n", 0, utf8_error.start) + 1
        raise UndecodableText(
            f"Không nhận ra bảng mã của tệp: byte thứ {utf8_error.start + 1} (dòng {line}) không đúng UTF-8 "
            "và tệp cũng không giống TCVN3, VNI, VISCII hay Windows-1258. Hãy lưu lại tệp ở dạng UTF-8."
        )
    _, encoding, name, text = best
    notes = [f"Tệp dùng bảng mã cũ {name}; nội dung đã được chuyển sang Unicode."]
    if encoding == "tcvn3":
        notes.append("TCVN3 không có chữ hoa mang dấu: một số chữ in hoa có thể đã thành chữ thường.")
    return _finish(text, encoding, tuple(notes))


_TYPOGRAPHY = dict.fromkeys(map(ord, "“”‘’–—…•·«»\u00a0\ufeff"), " ")
_WORD = re.compile(r"[A-Za-z\u0080-\U0010ffff]+")


def vietnamese_likelihood(text: str) -> float:
    """Share (0 to 1) of the accented words of `text` that are spelt as Vietnamese; 0 when it has none."""
    right = seen = 0
    for match in _WORD.finditer(text.translate(_TYPOGRAPHY)):
        word = match.group()
        if word.isascii():
            continue
        seen += 1
        right += is_syllable(word)
        if seen == SAMPLE_WORDS:
            break
    return right / seen if seen else 0.0


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")


def _finish(text: str, encoding: str, notes: tuple[str, ...] = ()) -> Decoded:
    if "\0" in text or len(_CONTROLS.findall(text)) * 200 > len(text):
        raise _not_text()
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        notes = (*notes, "Chữ có dấu viết rời đã được gộp về dạng dựng sẵn (Unicode NFC).")
    return Decoded(composed, encoding, notes)


def _not_text() -> UndecodableText:
    return UndecodableText(
        "Đây không phải tệp văn bản (có byte điều khiển). Hãy kiểm tra xem đã chọn đúng tệp chưa."
    )

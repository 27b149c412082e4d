"""The character sets of Vietnamese offices before Unicode: TCVN3 (ABC fonts), VISCII and VNI.

TCVN3 is the visible half of TCVN 5712:1993; VISCII is RFC 1456; both are one byte a letter. VNI writes a
vowel and its marks as separate bytes. The two byte tables agree with glibc's iconv (tests/vietnam).
"""

import re
import unicodedata

# One row is 32 bytes, from 0x80; "·" has no letter there and keeps its Windows sign: the fonts of the
# .VnTime family leave 0x80-0x9F to typographic quotes and dashes. 0xB0-0xB4 are combining tones.
_TCVN3 = (
    "································"
    "·ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ"
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}


def decode_tcvn3(data: bytes) -> str:
    """TCVN3 to Unicode. Accented capitals have no bytes of their own; they return where case is plain."""
    return _restore_capitals(_decode(data, _TCVN3_TABLE))


def decode_viscii(data: bytes) -> str:
    """VISCII to Unicode."""
    return _decode(data, _VISCII_TABLE)


def decode_vni(data: bytes) -> str:
    """VNI (VNI-Times fonts, two bytes a marked vowel) to Unicode."""
    return _VNI_UNIT.sub(lambda match: _VNI[match.group()], _decode(data, _WINDOWS))


def _decode(data: bytes, table: dict[int, str]) -> str:
    return data.decode("latin-1").translate(table)


_WINDOWS = {byte: bytes([byte]).decode("cp1252", errors="replace") for byte in range(0x80, 0xA0)}
_TCVN3_TABLE = {
    byte: _WINDOWS.get(byte, chr(byte)) if char == "·" else char
    for byte, char in enumerate(_TCVN3, start=0x80)
}
_VISCII_TABLE = dict(enumerate(_VISCII, start=0x80)) | _VISCII_LOW


def _restore_capitals(text: str) -> str:
    """Capitals for each word that plainly is in capitals: "CéNG" was read as "CộNG" and becomes "CỘNG"."""
    return _WORD.sub(_capitalise, text)


_WORD = re.compile(r"[^\W\d_]{2,}")


def _capitalise(match: re.Match[str]) -> str:
    word = match.group()
    plain = "".join(filter(str.isascii, word))
    shouted = plain.isupper() and (len(plain) > 1 or not word.startswith(plain))
    return word.upper() if shouted else word


def _vni_units() -> dict[str, str]:
    tones = dict(zip("øûõùï", "\u0300\u0309\u0303\u0301\u0323", strict=True))
    marks = {
        "a": tones | dict(zip("âàåãáäêèúüéë", "âầẩẫấậăằẳẵắặ", strict=True)),
        "e": tones | dict(zip("âàåãáä", "êềểễếệ", strict=True)),
        "o": tones | dict(zip("âàåãáä", "ôồổỗốộ", strict=True)),
    } | dict.fromkeys("iuyôö", tones)
    bare = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    units = dict(bare)
    for base, follow in marks.items():
        for mark, letter in follow.items():
            whole = bare.get(base, base) + letter if letter in tones.values() else letter
            units[base + mark] = unicodedata.normalize("NFC", whole)
    return units | {unit.upper(): letter.upper() for unit, letter in units.items()}


_VNI = _vni_units()
_VNI_UNIT = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

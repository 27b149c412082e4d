"""Vietnamese text: one normal form, a search key, a sort key, and bytes to text.

Pure functions over `str`. Tone placement, VIQR and repair of twice-encoded text are not here.
"""

import unicodedata

from dodem.vietnam.encodings import Decoded, UndecodableText, decode

__all__ = ["Decoded", "UndecodableText", "decode", "fold", "nfc", "sort_key"]

# Icelandic and African letters that are typed for the Vietnamese one.
_LOOK_ALIKES = {0x00D0: "Đ", 0x0189: "Đ", 0x00F0: "đ", 0x0256: "đ"}


def nfc(text: str) -> str:
    """`text` in Unicode NFC with the wrong D-with-stroke (U+00D0, U+0189) replaced by the Vietnamese Đ."""
    return unicodedata.normalize("NFC", text if text.isascii() else text.translate(_LOOK_ALIKES))


def fold(text: str) -> str:
    """Search key: lower case, no marks, đ as d, runs of punctuation and space as one space, no outer space.

    "  P.Bến-Nghé, Q.1" gives "p ben nghe q 1". Two texts that differ only in marks or signs have one key.
    """
    return " ".join(text.translate(_FOLDED).split())


class FoldTable(dict[int, str]):
    """What each character becomes in a search key, filled as characters are met."""

    def __missing__(self, codepoint: int) -> str:
        char = unicodedata.normalize("NFKC", _LOOK_ALIKES.get(codepoint, chr(codepoint)))
        letters = unicodedata.normalize("NFKD", char.casefold().replace("đ", "d"))
        bare = (letter for letter in letters if not unicodedata.combining(letter))
        folded = "".join(letter if letter.isalnum() else " " for letter in bare)
        self[codepoint] = folded
        return folded


_FOLDED = FoldTable()


def sort_key(text: str) -> str:
    """A key to store and sort by: digits only, so that every database collation orders it the same way.

    The order is that of Vietnamese dictionaries and of ICU's `vi` locale with numeric ordering: space, signs,
    numbers by value, then a ă â b c d đ e ê ...; then tones (ngang huyền hỏi ngã sắc nặng); then lower case
    before capitals. The key is at most 10 × len(text) + 2 digits, 4 for each letter of ordinary text.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    number = ""
    for char in unicodedata.normalize("NFD", nfc(text)):
        if char.isascii() and char.isdigit():
            number += char
            continue
        if number:
            letters.append(_number_key(number))
            number = ""
        if char in _TONE_ORDER:
            if tones:
                tones[-1] = _TONE_ORDER[char]
        elif char in _SHAPES:
            if letters:
                letters[-1] = _SHAPES[char].get(letters[-1], letters[-1])
        elif not unicodedata.combining(char):
            lower = char.lower()
            letters.append(_PRIMARY.get(lower) or f"98{ord(char):07d}")
            tones.append("0")
            cases.append("0" if char == lower else "1")
    if number:
        letters.append(_number_key(number))
    return "".join((*letters, "00", *tones, *cases))


def _number_key(digits: str) -> str:
    value = digits.lstrip("0")
    return f"{44 + min(len(value), 18)}{value}"


# Two digits a character: signs 10-43, numbers 44-62 by length, letters 63-95, anything else 98 + code point.
_SIGNS = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PRIMARY = {char: str(code) for code, char in enumerate(_SIGNS, start=10)} | {
    char: str(code) for code, char in enumerate(_ALPHABET, start=63)
}
_TONE_ORDER = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {
    mark: {_PRIMARY[pair[0]]: _PRIMARY[pair[1]] for pair in pairs}
    for mark, pairs in {"\u0306": ["aă"], "\u0302": ["aâ", "eê", "oô"], "\u031b": ["oơ", "uư"]}.items()
}

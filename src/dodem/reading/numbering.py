"""The numbers that Word shows before list items and does not store in their text."""

from typing import Any

from docx.oxml.ns import qn

_LETTERS = "abcdđeghiklmnopqrstuvxy"  # as Vietnamese papers letter their points
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class Numbering:
    """Counts the items of every list of one document as Word would."""

    def __init__(self, document: Any) -> None:
        self._formats: dict[tuple[str, str], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, str], int] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {item.get(qn("w:abstractNumId")): item for item in root.findall(qn("w:abstractNum"))}
        for num in root.findall(qn("w:num")):
            target = num.find(qn("w:abstractNumId"))
            definition = abstract.get(target.get(qn("w:val"))) if target is not None else None
            if definition is None:
                continue
            for level in definition.findall(qn("w:lvl")):
                key = (num.get(qn("w:numId")), level.get(qn("w:ilvl")))
                self._formats[key] = (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", "%1."),
                    int(_value(level, "w:start", "1")),
                )

    def label(self, paragraph: Any) -> str:
        """ "1.", "a)", "-" … for a list item, "" for another paragraph. Call once a paragraph, in order."""
        found = _list_of(paragraph)
        if found is None or found not in self._formats:
            return ""
        list_id, level = found
        kind, pattern, first = self._formats[found]
        self._counts[found] = self._counts.get(found, first - 1) + 1
        for deeper in [key for key in self._counts if key[0] == list_id and int(key[1]) > int(level)]:
            del self._counts[deeper]
        if kind == "bullet":
            return "-"
        text = pattern
        for index in range(int(level) + 1):
            key = (list_id, str(index))
            number = self._counts.get(key, self._formats.get(key, ("", "", 1))[2])
            text = text.replace(f"%{index + 1}", _written(number, self._formats.get(key, (kind, "", 1))[0]))
        return text.strip()


def _value(element: Any, name: str, default: str) -> str:
    child = element.find(qn(name))
    return str(child.get(qn("w:val"), default)) if child is not None else default


def _list_of(paragraph: Any) -> tuple[str, str] | None:
    """(list, level) of a paragraph, from itself or from its style."""
    style = paragraph.style
    sources = [paragraph._p.pPr, style.element.pPr if style is not None else None]
    for properties in sources:
        numbers = properties.numPr if properties is not None else None
        if numbers is not None and numbers.numId is not None:
            level = numbers.ilvl.val if numbers.ilvl is not None else 0
            return str(numbers.numId.val), str(level)
    return None


def _written(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letter = _LETTERS[(number - 1) % len(_LETTERS)]
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        text, rest = "", number
        for value, symbol in _ROMAN:
            text += symbol * (rest // value)
            rest %= value
        return text.lower() if kind == "lowerRoman" else text
    return str(number)

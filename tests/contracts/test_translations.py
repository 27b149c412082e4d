"""English says everything that Vietnamese says, and the compiled catalogue is that of the text beside it."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import dodem

CATALOGUE = Path(dodem.__file__).parent / "locale" / "en" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w+\}")


def unquoted(lines: str) -> str:
    """The text of a msgid or msgstr, whose lines are each in quotes."""
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', lines)
    return "".join(parts).replace(r"\n", "\n").replace(r"\"", '"').replace("\\\\", "\\")


def written() -> dict[str, str]:
    """msgid → first msgstr of django.po."""
    found = {}
    for entry in (CATALOGUE / "django.po").read_text(encoding="utf-8").split("\n\n"):
        text = re.search(r'^msgid ((?:".*"\n?)+)', entry, re.MULTILINE)
        said = re.search(r'^msgstr(?:\[0\])? ((?:".*"\n?)+)', entry, re.MULTILINE)
        if text and said and unquoted(text[1]):
            found[unquoted(text[1])] = unquoted(said[1])
    return found


def test_every_message_is_translated_into_english() -> None:
    assert not [text for text, said in written().items() if not said]


def test_a_translation_keeps_the_places_where_values_go() -> None:
    wrong = [
        text
        for text, said in written().items()
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(said))
    ]
    assert not wrong


def test_the_compiled_catalogue_is_made_from_the_text_beside_it() -> None:
    with (CATALOGUE / "django.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    assert not [text for text, said in written().items() if compiled.gettext(text) not in (said, text)]
    assert compiled.gettext("Đăng nhập") == "Sign in"

"""Definitions' texts in the reader's language, and the six words of the city's data standard."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dodem.dataplane.definitions import QualityWord
from dodem.dataplane.marked_yaml import Words

QUALITY = {
    str(QualityWord.CORRECT): _("Đúng"),
    str(QualityWord.COMPLETE): _("Đủ"),
    str(QualityWord.CLEAN): _("Sạch"),
    str(QualityWord.LIVE): _("Sống"),
    str(QualityWord.CONSISTENT): _("Thống nhất"),
    str(QualityWord.SHARED): _("Dùng chung"),
}


def in_language(words: Words) -> str:
    """One text of a definition in the language of the page."""
    return words.in_language((get_language() or "vi")[:2])

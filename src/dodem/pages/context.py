"""What the frame of every page needs to know: theme, language switch, sample mode."""

from typing import TypedDict

from django.conf import settings
from django.http import HttpRequest

from dodem.pages.formats import english

THEME_COOKIE = "theme"
THEMES = ("light", "dark")


class Page(TypedDict):
    theme: str
    sample_mode: bool
    other_language: str


def page(request: HttpRequest) -> Page:
    """Context processor of ``base.html``.

    ``theme`` comes from a cookie that is set without script by ``views.set_theme`` and with script by
    ``ui.js``; ``sample_mode`` is the site's setting and puts the sample bar on every page.
    """
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {
        "theme": theme if theme in THEMES else THEMES[0],
        "sample_mode": bool(getattr(settings, "DODEM_SAMPLE", False)),
        "other_language": "vi" if english() else "en",
    }

"""What the sign-in page offers beside the password."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings

from dodem.access.queries import sample_accounts

register = template.Library()


@register.inclusion_tag("access/sample_accounts.html")
def samples() -> dict[str, Any]:
    """The sample city's accounts, one a role, with their password; nothing on a real site."""
    if not settings.DODEM_SAMPLE:
        return {}
    return {"accounts": sample_accounts(), "password": settings.DODEM_SAMPLE_PASSWORD}


@register.simple_tag
def identity_providers() -> list[Any]:
    """The single sign-ons that this site has configured."""
    apps: list[Any] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return apps

"""Call the API as another system does. Every reply is held to the committed contract on its way back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from dodem.access.roles import Role
from dodem.api import actions
from dodem.api.models import Scope, Token
from tests import factories
from tests.contracts import fits

PROBLEM = "application/problem+json"


@dataclass
class Caller:
    """``secret`` empty: somebody without a token."""

    secret: str = ""
    language: str = ""

    def get(self, path: str, *, method: str = "GET", **headers: str) -> HttpResponse:
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        if self.language:
            headers["Accept-Language"] = self.language
        response: HttpResponse = Client(enforce_csrf_checks=True, raise_request_exception=False).generic(
            method, path, headers=headers
        )
        if method == "GET":
            check(path.partition("?")[0], response)
        return response

    def json(self, path: str, *, status: int = 200) -> Any:
        response = self.get(path)
        assert response.status_code == status, (response.status_code, response.content.decode())
        return json.loads(response.content)


def check(path: str, response: HttpResponse) -> None:
    """The reply is one the contract tells of: its status, its media type, every field of its body."""
    operation = fits.operation_at(path)
    if response.status_code >= 400:
        assert response["Content-Type"] == PROBLEM, response["Content-Type"]
        problem = fits.component("#/components/schemas/ProblemDetails")
        assert list(fits.misfits(json.loads(response.content), problem)) == []
    if operation is None:
        return
    assert str(response.status_code) in operation["responses"], (
        f"{path} may not answer {response.status_code}"
    )
    if response.status_code == 200:
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert list(fits.misfits(json.loads(response.content), schema)) == []


def token(
    *scopes: Scope,
    unit: str = factories.CITY,
    at: datetime | None = None,
    lasts: timedelta = timedelta(days=30),
) -> tuple[Token, Caller]:
    """A living token (unless ``at`` and ``lasts`` say otherwise) and a caller that sends it."""
    at = at or timezone.now()
    issued, secret = actions.issue_token(
        name="Kho dữ liệu thử",
        scopes=scopes,
        unit=factories.unit(unit),
        expires_at=at + lasts,
        by=factories.user(role=Role.ADMINISTRATOR),
        at=at,
    )
    return issued, Caller(secret)


def caller(*scopes: Scope, unit: str = factories.CITY) -> Caller:
    return token(*scopes, unit=unit)[1]


def all_pages(who: Caller, path: str) -> list[dict[str, Any]]:
    """Every item, page after page."""
    items: list[dict[str, Any]] = []
    next_path: str | None = path
    while next_path:
        page = who.json(next_path)
        items += page["items"]
        next_path = page["next"]
    return items


def names_of(items: Iterable[dict[str, Any]], field: str) -> list[Any]:
    return [one[field] for one in items]

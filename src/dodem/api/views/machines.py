"""The contract file as it is, and the answer where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from dodem.api.contract import committed
from dodem.api.doors import OPEN_DATA
from dodem.api.problems import not_found


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    OPEN_DATA(request)
    return HttpResponse(committed(), content_type="application/json; charset=utf-8")


def nowhere(request: HttpRequest, rest: str = "") -> HttpResponse:
    raise not_found()

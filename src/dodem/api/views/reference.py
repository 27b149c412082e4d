"""The contract for people: drawn on the server, so that it needs no script and no other site."""

from __future__ import annotations

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dodem.api.contract import committed
from dodem.api.doors import BY_ADDRESS, BY_TOKEN
from dodem.api.reference import Reference, read
from dodem.pages.formats import english


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "reference": in_language(english=english()),
        "by_token": BY_TOKEN.times,
        "by_address": BY_ADDRESS.times,
        "base": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "api/reference.html", context)


@cache
def in_language(*, english: bool) -> Reference:
    return read(json.loads(committed()), english=english)

"""Search over everything; htmx asks for the results while one types, and without it the form does."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from dodem.access.roles import Permission
from dodem.access.web import needs
from dodem.boards.search_all import search_all
from dodem.pages.parts import render_page
from dodem.vietnam.text import nfc

LONGEST = 100


@needs(Permission.UNIT_SEE)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    query = nfc(request.GET.get("q", "")).strip()[:LONGEST]
    groups = search_all(query, request.user, on=timezone.localdate()) if query else []  # type: ignore[arg-type]
    context = {"query": query, "groups": groups}
    return render_page(request, "boards/search.html", context, parts={"ket-qua": "results"})

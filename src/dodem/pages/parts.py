"""Answer a request for a whole page or for one part of it, at the same address."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

PANEL = "panel-body"  # id of the box that ui.js fills with the sheet of an opened figure


def wants(request: HttpRequest, target: str) -> bool:
    """Whether htmx asked for the part that fills the element with id ``target``."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == target


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    parts: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only its partial where htmx asked for one.

    ``parts`` maps the id of the element to fill to the name of the ``{% partialdef %}`` that fills it, as
    ``{PANEL: "sheet", "records": "records"}``. The answer varies by the asking headers, so that neither a
    cache nor the back button shows a part as a page.
    """
    part = next((name for target, name in parts.items() if wants(request, target)), None)
    response = render(request, f"{template}#{part}" if part else template, dict(context), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response

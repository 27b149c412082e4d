"""What was published when: every release, and one with what it was counted from and what it changed."""

from __future__ import annotations

import json

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dodem.access.roles import Permission
from dodem.access.rules import can
from dodem.access.web import StaffRequest, needs
from dodem.dataplane.definition_files import load_all
from dodem.indicators import queries
from dodem.indicators.figures import in_words
from dodem.indicators.models import Release

A_PAGE = 30


@needs(Permission.FIGURE_SEE)
@require_GET
def releases(request: StaffRequest) -> HttpResponse:
    page = Paginator(Release.objects.all(), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pipeline/releases.html", {"nav": "figure", "page": page})


@needs(Permission.FIGURE_SEE)
@require_GET
def release(request: StaffRequest, number: int) -> HttpResponse:
    shown = get_object_or_404(Release, number=number)
    added = shown.observations.select_related("unit", "replaces").order_by(
        "indicator", "unit__path", "-period_start", "group"
    )
    page = Paginator(added, A_PAGE).get_page(request.GET.get("page"))
    figures = {figure.id: figure for figure in queries.figures(page.object_list, now=timezone.now())}
    indicators = load_all().indicators
    context = {
        "nav": "figure",
        "release": shown,
        "versions": shown.versions.select_related("source").order_by("source__code"),
        "may_see_sources": bool(can(request.user, Permission.SOURCE_SEE)),
        "definitions": json.loads(shown.manifest)["definitions"],
        "page": page,
        "lines": [
            (
                figures[one.pk],
                in_words(
                    indicators[one.indicator], value=one.replaces.value, denominator=one.replaces.denominator
                )
                if one.replaces
                else "",
            )
            for one in page
            if one.pk in figures
        ],
    }
    return render(request, "pipeline/release.html", context)

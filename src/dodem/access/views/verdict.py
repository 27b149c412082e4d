"""Why may somebody do something somewhere, or why not: the answer of ``can`` in words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from dodem.access.forms import VerdictForm
from dodem.access.roles import TABLE, Permission, Role
from dodem.access.rules import can, grants_of
from dodem.access.web import StaffRequest, needs
from dodem.units.queries import directory


@needs(Permission.VERDICT_SEE)
@require_GET
def verdict(request: StaffRequest) -> HttpResponse:
    asked = bool(request.GET)
    form = VerdictForm(request.GET if asked else None)
    context = {"nav": "ledger", "form": form, "units": directory(on=timezone.localdate())}
    if asked and form.is_valid():
        given = form.cleaned_data
        person, permission = given["person"], given["permission"]
        context |= {
            "person": person,
            "unit": given["unit"],
            "permission": permission,
            "verdict": can(person, permission, given["unit"]),
            "grants": grants_of(person),
            "roles": [Role(role).label for role in Role if permission in TABLE[role]],
        }
    return render(request, "access/verdict.html", context)

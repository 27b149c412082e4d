"""The first address: to where a person's day begins."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from dodem.access.models import User
from dodem.access.roles import Role
from dodem.access.rules import grants_of
from dodem.access.web import signed_in

WATCHES_THE_CITY = (Role.LEADER, Role.STANDING_OFFICE, Role.INSPECTOR)


@signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    return redirect(first_page(request.user))  # type: ignore[arg-type]


def first_page(user: User) -> str:
    """Whoever watches the city begins at its board, whoever works in a unit at that unit, an administrator
    with the people, a steward of the city with the sources.
    """
    grants = grants_of(user)
    if any(grant.role in WATCHES_THE_CITY and grant.unit.parent_id is None for grant in grants):
        return reverse("boards:leader")
    placed = next((grant for grant in grants if grant.unit.parent_id is not None), None)
    if placed is not None:
        return reverse("boards:unit", args=[placed.unit.code])
    roles = {grant.role for grant in grants}
    if Role.ADMINISTRATOR in roles:
        return reverse("access:people")
    if Role.DATA_STEWARD in roles:
        return reverse("registers:sources")
    return reverse("boards:leader") if roles else reverse("access:account")

"""Accounts and the roles they hold: administrators see all, and change those of the units they run."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dodem.access import actions, queries
from dodem.access.forms import GrantForm, PeopleFilterForm, PersonForm
from dodem.access.models import Grant, User
from dodem.access.personal import sealed
from dodem.access.roles import Permission
from dodem.access.rules import can, grants_of, places
from dodem.access.web import StaffRequest, needs
from dodem.audit.queries import timeline
from dodem.units.queries import directory

PEOPLE_A_PAGE = 50


@needs(Permission.ACCESS_MANAGE)
@require_GET
def people(request: StaffRequest) -> HttpResponse:
    form = PeopleFilterForm(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    keys = queries.people(query=given.get("q", ""), role=given.get("role", ""), unit=given.get("unit"))
    page = Paginator(keys, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "nav": "people",
        "form": form,
        "page": page,
        "people": queries.with_grants(list(page.object_list)),
        "units": directory(on=timezone.localdate()),
        "filtered": any(given.values()),
    }
    return render(request, "access/people.html", context)


@needs(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add_person(request: StaffRequest) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            user, password = actions.add_person(**form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as error:
            form.add_error("username", str(error))
        else:
            return show_password(request, user, password)
    return render(
        request,
        "access/person_form.html",
        {"nav": "people", "form": form},
        status=422 if form.errors else 200,
    )


@needs(Permission.ACCESS_MANAGE)
@require_GET
def person(request: StaffRequest, username: str) -> HttpResponse:
    return show_person(request, get_object_or_404(User, username=username), GrantForm(within=[]))


@needs(Permission.ACCESS_MANAGE)
@require_POST
def grant(request: StaffRequest, username: str) -> HttpResponse:
    user = get_object_or_404(User, username=username)
    form = GrantForm(request.POST, within=places(request.user, Permission.ACCESS_MANAGE))
    if form.is_valid():
        try:
            actions.grant_role(user=user, **form.cleaned_data, by=request.user, at=timezone.now())
        except actions.Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã giao vai trò."))
            return redirect("access:person", username=username)
    return show_person(request, user, form, status=422)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def revoke(request: StaffRequest, username: str, pk: int) -> HttpResponse:
    held = get_object_or_404(Grant.objects.select_related("user", "unit"), pk=pk, user__username=username)
    try:
        actions.revoke_role(grant=held, by=request.user, at=timezone.now())
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã thu hồi vai trò."))
    return redirect("access:person", username=username)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def set_active(request: StaffRequest, username: str) -> HttpResponse:
    user = get_object_or_404(User, username=username)
    active = request.POST.get("active") == "1"
    try:
        actions.set_person_active(user=user, active=active, by=request.user, at=timezone.now())
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        done = (
            _("Đã mở lại tài khoản.") if active else _("Đã ngừng tài khoản và kết thúc mọi phiên đăng nhập.")
        )
        messages.success(request, done)
    return redirect("access:person", username=username)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def reset_password(request: StaffRequest, username: str) -> HttpResponse:
    user = get_object_or_404(User, username=username)
    both = request.POST.get("second_factor") == "1"
    try:
        password = actions.reset_password(
            user=user, by=request.user, at=timezone.now(), with_second_factor=both
        )
    except actions.Refused as error:
        messages.error(request, str(error))
        return redirect("access:person", username=username)
    return show_password(request, user, password)


def show_person(request: StaffRequest, user: User, form: GrantForm, *, status: int = 200) -> HttpResponse:
    may_manage = actions.may_manage(request.user, user)
    context = {
        "nav": "people",
        "person": user,
        "form": form,
        "grants": [
            (
                held,
                held.user_id != request.user.pk
                and bool(can(request.user, Permission.ACCESS_MANAGE, held.unit)),
            )
            for held in grants_of(user)
        ],
        "itself": user.pk == request.user.pk,
        "may_manage": may_manage,
        "second_factor": is_mfa_enabled(user),
        "timeline": timeline(user, limit=20),
        "units": directory(on=timezone.localdate()),
    }
    return render(request, "access/person.html", context, status=status)


def show_password(request: StaffRequest, user: User, password: str) -> HttpResponse:
    """The one time a password is shown. Its page is kept nowhere."""
    return sealed(render(request, "access/password.html", {"person": user, "password": password}))

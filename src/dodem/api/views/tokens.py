"""The tokens an administrator has charge of: list, issue, revoke."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dodem.access.personal import sealed
from dodem.access.roles import Permission
from dodem.access.rules import places
from dodem.access.web import StaffRequest, needs
from dodem.api import actions
from dodem.api.forms import LONGEST, TokenForm
from dodem.api.models import Token
from dodem.units.queries import directory

A_PAGE = 50


def load_token(pk: int) -> Token:
    return get_object_or_404(Token.objects.select_related("unit"), pk=pk)


@needs(Permission.TOKEN_MANAGE)
@require_GET
def tokens(request: StaffRequest) -> HttpResponse:
    now = timezone.now()
    listed = Token.objects.visible_to(request.user).select_related("unit", "issued_by")
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    lines = [(token, token.state(at=now)) for token in page]
    return render(request, "api/tokens.html", {"nav": "api", "page": page, "lines": lines})


@needs(Permission.TOKEN_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: StaffRequest) -> HttpResponse:
    today = timezone.localdate()
    form = TokenForm(
        request.POST if request.method == "POST" else None,
        within=places(request.user, Permission.TOKEN_MANAGE),
        today=today,
        initial={"expires_on": today + timedelta(days=LONGEST // 2)},
    )
    if form.is_bound and form.is_valid():
        try:
            token, secret = actions.issue_token(**form.wanted(), by=request.user, at=timezone.now())
        except actions.Refused as error:
            form.add_error("unit", str(error))
        else:
            return sealed(render(request, "api/token_secret.html", {"token": token, "secret": secret}))
    context = {"nav": "api", "form": form, "units": directory(on=today)}
    return render(request, "api/token_form.html", context, status=422 if form.errors else 200)


@needs(Permission.TOKEN_MANAGE, on=load_token)
@require_POST
def revoke(request: StaffRequest, token: Token) -> HttpResponse:
    try:
        actions.revoke_token(token=token, by=request.user, at=timezone.now())
    except actions.Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã thu hồi mã %(name)s.") % {"name": token.name})
    return redirect("api:tokens")

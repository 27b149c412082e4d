"""One's own account: roles, second factor, sessions, language and theme."""

from __future__ import annotations

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dodem.access import actions
from dodem.access.rules import grants_of
from dodem.access.web import StaffRequest, signed_in


@signed_in
@require_GET
def account(request: StaffRequest) -> HttpResponse:
    context = {
        "grants": grants_of(request.user),
        "second_factor": is_mfa_enabled(request.user),
        "sessions": len(UserSession.objects.purge_and_list(request.user)),
        "identities": SocialAccount.objects.filter(user_id=request.user.pk),
    }
    return render(request, "access/account.html", context)


@signed_in
@require_POST
def end_session(request: StaffRequest, pk: int) -> HttpResponse:
    if actions.end_session(user=request.user, session_pk=pk, by=request.user, at=timezone.now()):
        messages.success(request, _("Đã đăng xuất thiết bị đó."))
    else:
        messages.info(request, _("Phiên đăng nhập đó đã kết thúc từ trước."))
    return redirect("usersessions_list")

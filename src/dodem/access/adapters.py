"""How django-allauth behaves here: nobody signs up; an outside identity opens an account that exists."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_rates
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TOO_MANY = gettext_lazy(
    "Đã sai quá nhiều lần nên tạm dừng đăng nhập vào tài khoản này 5 phút. "
    "Quên mật khẩu thì nhờ quản trị hệ thống đặt lại."
)


def _cipher() -> Fernet:
    """A key of its own, derived from the site's."""
    key = salted_hmac("dodem.access.mfa", "key", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("Tài khoản này đã ngừng hoạt động."),
        "enter_current_password": gettext_lazy("Mật khẩu hiện tại chưa đúng."),
        "incorrect_code": gettext_lazy("Mã chưa đúng."),
        "incorrect_password": gettext_lazy("Mật khẩu chưa đúng."),
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
        "username_password_mismatch": gettext_lazy("Tên đăng nhập hoặc mật khẩu chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, str(self.error_messages["account_inactive"]))
        return redirect("account_login")

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """After a wrong password, also say how many tries are left."""
        error: ValidationError = super().validation_error(code, *args)
        left = self.tries_left() if code == "username_password_mismatch" else None
        if left is None:
            return error
        said = _("Còn %(left)d lần thử.") % {"left": left} if left else str(TOO_MANY)
        return ValidationError(f"{error.message} {said}", code=code)

    def tries_left(self) -> int | None:
        """The fewest tries that any limit on failed sign-ins leaves; None before a try was counted."""
        counted = getattr(self, "_login_failed_rl_usage", None)
        if not counted:
            return None
        rates = get_rates(app="allauth.account", action="login_failed")
        left = (
            rate.amount - len(cache.get(usage.cache_key, []))
            for rate, usage in zip(rates, counted.usage, strict=False)
        )
        return max(0, int(min(left)))


class MfaAdapter(DefaultMFAAdapter):
    """Secrets of the second factor are stored encrypted: a copied database opens no account."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": gettext_lazy("Không tắt được xác thực hai bước."),
        "cannot_generate_recovery_codes": gettext_lazy(
            "Hãy bật xác thực hai bước trước khi lấy mã dự phòng."
        ),
        "incorrect_code": gettext_lazy("Mã chưa đúng. Hãy dùng mã đang hiện trên ứng dụng."),
    }


class OpenIdAdapter(DefaultSocialAccountAdapter):
    """VNeID or the city's single sign-on: an identity enters only if its owner has linked it before."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        if not sociallogin.is_existing and not request.user.is_authenticated:
            messages.error(
                request,
                _(
                    "Danh tính này chưa gắn với tài khoản nào. "
                    "Hãy đăng nhập bằng mật khẩu rồi gắn trong mục Tài khoản."
                ),
            )
            raise ImmediateHttpResponse(redirect("account_login"))

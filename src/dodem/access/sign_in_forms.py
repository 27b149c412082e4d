"""allauth's forms in our words. What they check stays theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = _("Mã 6 số trên ứng dụng, hoặc một mã dự phòng")


def say(form: forms.BaseForm, **labels: Any) -> None:
    """Label fields and drop their placeholders, which vanish when one begins to type."""
    for name, label in labels.items():
        form.fields[name].label = label
        form.fields[name].help_text = ""
        form.fields[name].widget.attrs.pop("placeholder", None)


class SignInForm(account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, login=_("Tên đăng nhập"), password=_("Mật khẩu"))
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class ConfirmPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, password=_("Mật khẩu"))


class ChangePasswordForm(account.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self,
            oldpassword=_("Mật khẩu hiện tại"),
            password1=_("Mật khẩu mới"),
            password2=_("Gõ lại mật khẩu mới"),
        )
        self.fields["password1"].help_text = _("Ít nhất 12 ký tự. Vài từ không liên quan dễ nhớ hơn ký hiệu.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super(account.PasswordVerificationMixin, self).clean()
        first, second = given.get("password1"), given.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("Hai lần gõ mật khẩu mới chưa giống nhau."))
        return given


class CodeForm(mfa.AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=CODE)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ConfirmCodeForm(mfa.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=CODE)


class ActivateForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, code=_("Mã 6 số trên ứng dụng"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

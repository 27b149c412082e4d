"""What administrators and inspectors fill in. Forms parse; the rules are asked in the actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from dodem.access.models import User
from dodem.access.queries import EventFilter
from dodem.access.roles import Permission, Role
from dodem.audit.kinds import Kind
from dodem.units.forms import UnitField
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

ANY = ("", _("Tất cả"))
KIND_GROUPS = {
    "access": _("Đăng nhập, tài khoản, quyền"),
    "unit": _("Đơn vị"),
    "register": _("Dữ liệu vào"),
    "figure": _("Số liệu"),
    "directive": _("Văn bản"),
    "draft": _("Đề xuất nhiệm vụ"),
    "task": _("Nhiệm vụ"),
    "case": _("Phản ánh"),
    "system": _("Hệ thống"),
}


class PersonField(forms.CharField):
    """A sign-in name; gives the ``User``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Tên đăng nhập"))
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        user = User.objects.filter(username__iexact=text.strip()).first()
        if user is None:
            raise forms.ValidationError(_("Không có tài khoản nào tên này."))
        return user


class PeopleFilterForm(forms.Form):
    q = forms.CharField(label=_("Tên, chức vụ, tên đăng nhập"), required=False)
    role = forms.ChoiceField(label=_("Vai trò"), required=False, choices=[ANY, *Role.choices])
    unit = UnitField(label=_("Trong đơn vị"), required=False)


class PersonForm(forms.Form):
    display_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, số, dấu chấm, gạch ngang. Ví dụ: nguyen.van.a"),
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]{2,}$", _("Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch ngang.")
            )
        ],
    )
    position = forms.CharField(label=_("Chức vụ"), max_length=200, required=False)

    def clean_display_name(self) -> str:
        return nfc(self.cleaned_data["display_name"])


class GrantForm(forms.Form):
    """``within``: the tops of the subtrees in which the administrator runs accounts."""

    role = forms.ChoiceField(label=_("Vai trò"), choices=Role.choices)
    unit = UnitField(label=_("Tại đơn vị, kể cả mọi đơn vị bên dưới"))

    def __init__(self, *args: Any, within: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.within = within

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class VerdictForm(forms.Form):
    person = PersonField()
    permission = forms.ChoiceField(
        label=_("Được làm gì"), choices=lambda: [(item.value, item.label) for item in Permission]
    )
    unit = UnitField(label=_("Tại đơn vị"))

    def clean_permission(self) -> Permission:
        return Permission(self.cleaned_data["permission"])


class LedgerForm(forms.Form):
    kind = forms.ChoiceField(label=_("Việc gì"), required=False)
    object_key = forms.CharField(label=_("Mã đối tượng"), required=False, max_length=64)
    person = PersonField(label=_("Người làm (tên đăng nhập)"), required=False)
    from_on = forms.DateField(
        label=_("Từ ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    to_on = forms.DateField(
        label=_("Đến ngày"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (label, [(f"{group}.", _("%(group)s: tất cả") % {"group": label}), *kinds_of(group)])
            for group, label in KIND_GROUPS.items()
        ]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [ANY, *groups]

    def wanted(self) -> EventFilter:
        """What a valid form asks for. Everything, where it was not filled in."""
        given = self.cleaned_data
        kind = given.get("kind", "")
        kinds = tuple(value for value, _label in kinds_of(kind[:-1])) if kind.endswith(".") else (kind,)
        return EventFilter(
            kinds=kinds if kind else (),
            object_key=nfc(given.get("object_key", "")).strip(),
            person=given.get("person"),
            from_on=given.get("from_on"),
            to_on=given.get("to_on"),
        )


def kinds_of(group: str) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Kind.choices if str(value).startswith(f"{group}.")]

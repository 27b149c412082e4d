"""What an administrator fills in to issue a token."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dodem.api.models import Scope
from dodem.units.forms import UnitField
from dodem.units.models import Unit
from dodem.vietnam.text import nfc

LONGEST = 366  # days: whoever still needs it then asks again


class TokenForm(forms.Form):
    """``within``: the tops of the subtrees in which the administrator issues tokens."""

    name = forms.CharField(
        label=_("Hệ thống nào dùng"),
        max_length=120,
        help_text=_("Tên hệ thống và cơ quan chịu trách nhiệm, ví dụ: Kho dữ liệu Sở Y tế."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Được mở những gì"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một phạm vi.")},
    )
    unit = UnitField(
        label=_("Giữ tại đơn vị"),
        help_text=_("Bản ghi chỉ mở trong đơn vị này và mọi đơn vị bên dưới."),
    )
    expires_on = forms.DateField(
        label=_("Dùng đến hết ngày"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, within: list[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.within = within

    def clean_name(self) -> str:
        return nfc(self.cleaned_data["name"]).strip()

    def clean_scopes(self) -> list[Scope]:
        return [Scope(one) for one in self.cleaned_data["scopes"]]

    def clean_expires_on(self) -> date:
        last: date = self.cleaned_data["expires_on"]
        if last < self.today:
            raise forms.ValidationError(_("Ngày này đã qua. Hãy chọn từ hôm nay trở đi."))
        if last > self.today + timedelta(days=LONGEST):
            raise forms.ValidationError(_("Mã dùng được nhiều nhất một năm. Hãy chọn ngày sớm hơn."))
        return last

    def wanted(self) -> dict[str, Any]:
        """What a valid form asks for, as the action takes it."""
        given = dict(self.cleaned_data)
        midnight = datetime.combine(given.pop("expires_on") + timedelta(days=1), time.min)
        return {**given, "expires_at": timezone.make_aware(midnight)}

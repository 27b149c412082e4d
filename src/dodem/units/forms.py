"""A form field in which one names a unit the way one knows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dodem.units import queries
from dodem.units.models import Unit
from dodem.vietnam.text import fold


class UnitField(forms.CharField):
    """Takes a code ("26740"), "26740 Phường Sài Gòn" or a name; gives the living ``Unit``.

    With ``within`` (units, set on the field of a bound form) it must lie in one of their subtrees.
    """

    default_error_messages = {
        "unknown": _("Không có đơn vị nào tên này. Hãy chọn trong danh sách gợi ý."),
        "several": _("Có nhiều đơn vị trùng tên này. Hãy chọn một trong danh sách gợi ý."),
        "outside": _("Đơn vị này nằm ngoài phạm vi bạn được giao."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.within: Iterable[Unit] | None = kwargs.pop("within", None)
        kwargs.setdefault("label", _("Đơn vị"))
        super().__init__(*args, **kwargs)
        self.widget.attrs |= {"list": "units", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value.code} {value.name}" if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Unit | None:
        text = super().clean(value)
        if not text:
            return None
        unit = self.found(text)
        if self.within is not None and not any(unit.is_beneath(top) for top in self.within):
            raise forms.ValidationError(self.error_messages["outside"], code="outside")
        return unit

    def found(self, text: str) -> Unit:
        today = timezone.localdate()
        by_code = Unit.objects.valid(on=today).filter(code=text.split()[0]).first()
        if by_code:
            return by_code
        exact = [
            match.unit
            for match in queries.search(text, on=today)
            if fold(text) in {fold(match.unit.name), fold(match.unit.short_name)}
        ]
        if len(exact) != 1:
            code = "several" if exact else "unknown"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return exact[0]

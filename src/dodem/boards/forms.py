"""What people type when they add, rename, merge or split a unit: parsed, in NFC, days as dd/mm/yyyy."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dodem.units.actions import NewUnit
from dodem.units.forms import UnitField
from dodem.units.models import Kind, Unit
from dodem.vietnam.text import nfc

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
NEW_KINDS = (Kind.WARD, Kind.COMMUNE, Kind.SPECIAL_ZONE, Kind.DEPARTMENT)


class Words(forms.CharField):
    """One line, NFC, single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join(nfc(super().to_python(value) or "").split())


class Day(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Có hiệu lực từ ngày"))
        kwargs.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 01/07/2026. Có thể là ngày sắp tới."))
        kwargs.setdefault("error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm.")})
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **kwargs)


class ChangeForm(forms.Form):
    """A change of a unit from a day on. ``kind`` names it on the page and in what is sent."""

    kind = ""
    awaits_confirmation = False
    from_on = Day()

    def summary(self, unit: Unit | None) -> list[str]:
        """What would happen, said before it does."""
        raise NotImplementedError

    @property
    def starts(self) -> str:
        day: date = self.cleaned_data["from_on"]
        return f"{day:%d/%m/%Y}"


class RenameForm(ChangeForm):
    kind = "doi-ten"
    name = Words(label=_("Tên mới, đầy đủ"), max_length=200, help_text=_("Ví dụ: Phường Sài Gòn."))
    name_en = Words(label=_("Tên tiếng Anh"), max_length=200, required=False)
    field_order = ["name", "name_en", "from_on"]

    def summary(self, unit: Unit | None) -> list[str]:
        words = {"old": unit, "new": self.cleaned_data["name"], "day": self.starts}
        return [
            gettext("Từ ngày %(day)s, %(old)s mang tên %(new)s.") % words,
            gettext("Trước ngày đó tên cũ vẫn đúng; tìm bằng tên cũ vẫn thấy."),
        ]


class MergeForm(ChangeForm):
    kind = "sap-nhap"
    into = UnitField(label=_("Sáp nhập vào đơn vị"))
    clause = Words(
        label=_("Căn cứ"), max_length=200, help_text=_("Điều, khoản của nghị quyết hoặc quyết định.")
    )
    field_order = ["into", "from_on", "clause"]

    def summary(self, unit: Unit | None) -> list[str]:
        words = {"old": unit, "into": self.cleaned_data["into"], "day": self.starts}
        return [
            gettext("Từ ngày %(day)s, %(old)s không còn; toàn bộ thuộc về %(into)s.") % words,
            gettext("Nhiệm vụ, phản ánh và số liệu cũ của %(old)s được tính cùng %(into)s, không mất đi.")
            % words,
        ]


class SplitForm(ChangeForm):
    """Two parts, each a living unit or, with a code and a name, a new one."""

    kind = "chia-tach"
    first_code = Words(label=_("Phần thứ nhất: mã"), max_length=20)
    first_name = Words(
        label=_("Phần thứ nhất: tên"),
        max_length=200,
        required=False,
        help_text=_("Bỏ trống nếu mã là của một đơn vị đang có."),
    )
    second_code = Words(label=_("Phần thứ hai: mã"), max_length=20)
    second_name = Words(label=_("Phần thứ hai: tên"), max_length=200, required=False)
    clause = Words(
        label=_("Căn cứ"), max_length=200, help_text=_("Điều, khoản của nghị quyết hoặc quyết định.")
    )
    field_order = ["first_code", "first_name", "second_code", "second_name", "from_on", "clause"]

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["parts"] = [self.part(cleaned, which) for which in ("first", "second")]
        return cleaned

    def part(self, cleaned: dict[str, Any], which: str) -> NewUnit | Unit | None:
        """A new unit where a name is given, otherwise the living one of that code."""
        code, name = cleaned.get(f"{which}_code", ""), cleaned.get(f"{which}_name", "")
        if not code:
            return None
        if name:
            return NewUnit(code=code, kind=Kind(self.unit.kind), name=name)
        living = Unit.objects.filter(code=code, valid_to=None).first()
        if living is None:
            self.add_error(
                f"{which}_name", gettext("Chưa có đơn vị nào mang mã này: hãy ghi tên đơn vị mới.")
            )
        return living

    def summary(self, unit: Unit | None) -> list[str]:
        parts = ", ".join(part.name for part in self.cleaned_data["parts"])
        words = {"old": unit, "parts": parts, "day": self.starts}
        return [
            gettext("Từ ngày %(day)s, %(old)s không còn; chia thành: %(parts)s.") % words,
            gettext("Việc đang mở của %(old)s cần được chuyển từng việc, vì không biết thuộc phần nào.")
            % words,
        ]


class AddForm(ChangeForm):
    kind = "moi"
    unit_kind = forms.ChoiceField(label=_("Loại"), choices=[(kind.value, kind.label) for kind in NEW_KINDS])
    code = Words(
        label=_("Mã"), max_length=20, help_text=_("Mã đơn vị hành chính 5 chữ số, hoặc mã sở, ngành.")
    )
    name = Words(label=_("Tên đầy đủ"), max_length=200)
    name_en = Words(label=_("Tên tiếng Anh"), max_length=200, required=False)
    population = forms.IntegerField(label=_("Dân số"), required=False, min_value=0, max_value=100_000_000)
    field_order = ["unit_kind", "code", "name", "name_en", "population", "from_on"]

    def new_unit(self) -> NewUnit:
        data = self.cleaned_data
        return NewUnit(
            code=data["code"],
            kind=Kind(data["unit_kind"]),
            name=data["name"],
            name_en=data["name_en"],
            population=data["population"],
            population_on=data["from_on"] if data["population"] is not None else None,
        )

    def summary(self, unit: Unit | None) -> list[str]:
        data = self.cleaned_data
        words = {"name": data["name"], "code": data["code"], "day": self.starts}
        return [gettext("Từ ngày %(day)s có thêm %(name)s, mã %(code)s.") % words]

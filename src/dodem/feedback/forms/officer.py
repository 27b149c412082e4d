"""What officers fill in on a case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dodem.access.models import User
from dodem.feedback.forms.fields import DayField, PhotosField, TextField
from dodem.feedback.kinds import DeclineReason, LegalTrack
from dodem.units.models import Kind as UnitKind
from dodem.units.models import Unit

PROGRESS, DONE = "progress", "done"
DESK = "dieu-phoi"  # back to the desk that routes by hand


class AnswerForm(forms.Form):
    """Either news on the way, or the answer; both go to the citizen as they are written."""

    note = TextField(
        label=_("Đã làm gì, bao giờ xong"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-key": "r"}),
        error_messages={
            "required": _("Viết câu trả lời cho người dân."),
            "min_length": _("Viết rõ hơn: đã làm gì, bao giờ xong."),
        },
    )
    result = forms.ChoiceField(
        label=_("Kết quả"), choices=[(PROGRESS, _("Đang xử lý, hẹn ngày")), (DONE, _("Đã xong"))]
    )
    promised_on = DayField(label=_("Hẹn xong ngày"), required=False)
    photos = PhotosField(label=_("Ảnh sau xử lý"))
    record_number = TextField(label=_("Số biên bản, nếu không có ảnh"), required=False, max_length=120)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("result") == DONE and cleaned.get("promised_on"):
            self.add_error("promised_on", _("Đã xong thì không hẹn ngày nữa."))
        return cleaned

    def answer(self) -> tuple[str, dict[str, Any]]:
        """Which of the two it is, and its values for the action."""
        given = self.cleaned_data
        wanted = ("promised_on",) if given["result"] == PROGRESS else ("record_number",)
        return given["result"], {name: given[name] for name in ("note", "photos", *wanted)}


class DeclineForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Lý do"),
        choices=[("", _("Chọn lý do")), *DeclineReason.choices],
        error_messages={"required": _("Chọn lý do.")},
    )
    note = TextField(
        label=_("Giải thích cho người dân"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Nói rõ vì sao và người dân nên làm gì tiếp."),
            "min_length": _("Nói rõ vì sao và người dân nên làm gì tiếp."),
        },
    )


class TransferForm(forms.Form):
    """To another unit by its code, or back to the desk; ``to`` is then None."""

    to = forms.ChoiceField(
        label=_("Chuyển đến"),
        error_messages={"required": _("Chọn đơn vị nhận.")},
        widget=forms.Select(attrs={"data-key": "c"}),
    )
    reason = TextField(
        label=_("Vì sao"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Nói vì sao chuyển để nơi nhận hiểu ngay.")},
    )

    def __init__(self, *args: Any, on: date, at_desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {
            unit.code: unit
            for unit in Unit.objects.valid(on=on).in_order()
            if unit.is_commune_level or unit.kind == UnitKind.DEPARTMENT
        }
        back = [] if at_desk else [(DESK, _("Trả về nơi điều phối của Thành phố"))]
        to: Any = self.fields["to"]
        to.choices = [
            ("", _("Chọn đơn vị")),
            *back,
            *((code, unit.display_name) for code, unit in self._units.items()),
        ]

    def target(self) -> Unit | None:
        return self._units.get(self.cleaned_data["to"])


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Người xử lý"),
        queryset=User.objects.none(),
        empty_label=_("Chọn người"),
        error_messages={"required": _("Chọn người xử lý.")},
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["to"]
        to.queryset = people


class ReferForm(forms.Form):
    track = forms.ChoiceField(label=_("Đây là"), choices=LegalTrack.choices, widget=forms.RadioSelect)
    note = TextField(
        label=_("Hướng dẫn người dân nộp ở đâu"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Ghi nơi tiếp nhận và cách nộp đơn.")},
    )


class ComplaintForm(forms.Form):
    note = TextField(
        label=_("Số đơn, ngày nộp"),
        max_length=300,
        error_messages={"required": _("Ghi số đơn hoặc ngày nộp.")},
    )

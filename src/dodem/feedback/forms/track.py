"""What the sender of a report may say about it later."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dodem.feedback.forms.fields import PhotosField, TextField

RATINGS = [(1, _("Rất tệ")), (2, _("Chưa được")), (3, _("Tạm")), (4, _("Tốt")), (5, _("Rất tốt"))]


class RateForm(forms.Form):
    rating = forms.TypedChoiceField(
        label=_("Bạn thấy thế nào?"),
        choices=RATINGS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một mức.")},
    )
    comment = TextField(
        label=_("Nói thêm"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReopenForm(forms.Form):
    note = TextField(
        label=_("Chỗ nào chưa đúng thực tế?"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Nói rõ chỗ nào chưa đúng để đơn vị làm lại."),
            "min_length": _("Viết thêm một chút, ít nhất 10 ký tự."),
        },
    )
    photos = PhotosField(label=_("Ảnh hiện nay"))


class InformForm(forms.Form):
    text = TextField(
        label=_("Bổ sung điều gì?"),
        min_length=5,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Viết điều muốn bổ sung.")},
    )
    photos = PhotosField(label=_("Thêm ảnh"))


class LookUpForm(forms.Form):
    ma = TextField(
        label=_("Mã phản ánh"),
        max_length=30,
        help_text=_("Ví dụ PA-2604-7K3M. Mã không có chữ O, I và số 0, 1."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("Nhập mã phản ánh.")},
    )

"""What is asked about a figure, and what is answered."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dodem.indicators.models import FigureQuestion
from dodem.vietnam.text import nfc


class QuestionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Bạn muốn"),
        choices=[
            (FigureQuestion.Kind.WRONG.value, _("Báo số này sai")),
            (FigureQuestion.Kind.EXPLAIN.value, _("Yêu cầu giải trình")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Nội dung"),
        max_length=2000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Sai ở đâu, hoặc cần giải thích điều gì. Không ghi dữ liệu cá nhân."),
        error_messages={
            "required": _("Hãy viết nội dung."),
            "min_length": _("Hãy viết rõ hơn, ít nhất 10 ký tự."),
        },
    )
    due_on = forms.DateField(
        label=_("Cần trả lời trước ngày"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"]).strip()

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on is not None and due_on < self.today:
            raise forms.ValidationError(_("Ngày này đã qua. Hãy chọn từ hôm nay trở đi."))
        return due_on


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Trả lời"),
        max_length=4000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Hãy viết câu trả lời."),
            "min_length": _("Hãy viết rõ hơn, ít nhất 10 ký tự."),
        },
    )

    def clean_text(self) -> str:
        return nfc(self.cleaned_data["text"]).strip()

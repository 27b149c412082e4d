"""Forms of the registers: they parse, the domain decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dodem.access.uploads import was_too_large
from dodem.registers.models import Finding, Severity, Source
from dodem.registers.words import QUALITY
from dodem.vietnam.text import nfc


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp dữ liệu"),
        help_text=_("CSV hoặc Excel (.xlsx), nhiều nhất 100 MB. Tên cột ở dòng đầu."),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp rỗng, không có nội dung nào. Hãy kết xuất lại từ hệ thống nguồn rồi gửi lại."),
        },
        allow_empty_file=True,
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, max_length=500, help_text=_("Ví dụ: kỳ số liệu, người kết xuất.")
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request.POST, request.FILES, **kwargs)
        self.is_too_large = was_too_large(request)

    def clean_note(self) -> str:
        return nfc(self.cleaned_data["note"]).strip()


class FindingFilter(forms.Form):
    """What the list of findings may be narrowed by; anything unknown narrows nothing."""

    source = forms.ModelChoiceField(
        label=_("Nguồn"),
        queryset=Source.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Mọi nguồn"),
    )
    check = forms.CharField(label=_("Luật"), required=False, max_length=80, widget=forms.HiddenInput)
    severity = forms.ChoiceField(
        label=_("Mức"), required=False, choices=[("", _("Mọi mức")), *Severity.choices]
    )
    word = forms.ChoiceField(
        label=_("Tiêu chí"), required=False, choices=[("", _("Mọi tiêu chí")), *QUALITY.items()]
    )
    unit = forms.CharField(label=_("Mã đơn vị"), required=False, max_length=20)

    def narrow(self, findings: QuerySet[Finding]) -> QuerySet[Finding]:
        """The findings that fit what was asked."""
        self.full_clean()
        asked = getattr(self, "cleaned_data", {})
        lookups = {
            "source": "source",
            "check": "check_code",
            "severity": "severity",
            "word": "word",
            "unit": "unit__code",
        }
        chosen = {lookup: asked[name] for name, lookup in lookups.items() if asked.get(name)}
        return findings.filter(**chosen)

"""The gate before unmasked personal data: name a purpose, see it once, leave an event in the ledger.

A view that can show personal data does so only in the answer to a POST that carries a purpose::

    @needs(Permission.PERSONAL_SEE, on=load_case)
    @require_POST
    def reveal(request, case):
        gate = personal.ask(
            request, subject=case, fields=["name", "phone"], unit_code=case.unit.code, at=timezone.now()
        )
        return personal.sealed(render(request, "feedback/case.html", {"case": case, "gate": gate}))

The page includes ``access/purpose.html`` (with ``gate`` and ``action``) while ``gate.is_open`` is false, and
shows the data while it is true. Nothing is kept in the session: the next page asks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db import models
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from dodem.access.actions import note_personal_look
from dodem.access.web import StaffRequest
from dodem.vietnam.text import nfc


class Purpose(models.TextChoices):
    CONTACT = "contact", _("Liên hệ với người gửi để làm rõ, báo kết quả")
    VERIFY = "verify", _("Xác minh, đối chiếu hồ sơ")
    CORRECT = "correct", _("Sửa dữ liệu sai")
    COMPLAINT = "complaint", _("Giải quyết khiếu nại, tố cáo")
    OTHER = "other", _("Việc khác, nêu rõ bên dưới")


class PurposeForm(forms.Form):
    purpose = forms.ChoiceField(
        label=_("Xem để làm gì"),
        choices=[("", _("Chọn mục đích")), *Purpose.choices],
        error_messages={"required": _("Hãy chọn mục đích xem dữ liệu cá nhân.")},
    )
    detail = forms.CharField(
        label=_("Nói rõ thêm"),
        required=False,
        max_length=200,
        help_text=_("Ghi số hồ sơ, số văn bản nếu có. Không ghi tên, số điện thoại của ai vào đây."),
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["detail"] = nfc(given.get("detail", "")).strip()
        if given.get("purpose") == Purpose.OTHER and len(given["detail"]) < 10:
            self.add_error("detail", _("Hãy nói rõ xem để làm gì, ít nhất 10 ký tự."))
        return given


@dataclass(frozen=True)
class Gate:
    """Open for this one answer, or closed with the form to ask for it."""

    is_open: bool
    form: PurposeForm


def closed() -> Gate:
    """The gate as a page first shows it."""
    return Gate(is_open=False, form=PurposeForm())


def ask(
    request: StaffRequest, *, subject: models.Model, fields: list[str], unit_code: str, at: datetime
) -> Gate:
    """Open the gate for this request if it brings a purpose, and record the look.

    The caller has asked ``Permission.PERSONAL_SEE`` on the subject before. Its answer must pass ``sealed``.
    """
    form = PurposeForm(request.POST)
    if not form.is_valid():
        return Gate(is_open=False, form=form)
    purpose = form.cleaned_data["purpose"]
    detail = form.cleaned_data["detail"]
    note_personal_look(
        subject=subject,
        fields=fields,
        purpose=f"{purpose}: {detail}" if detail else purpose,
        by=request.user,
        at=at,
        unit_code=unit_code,
    )
    return Gate(is_open=True, form=form)


def sealed(response: HttpResponse) -> HttpResponse:
    """Keep an answer with personal data out of every cache, the browser's back button included."""
    add_never_cache_headers(response)
    response["Cache-Control"] = "no-store, private"
    return response

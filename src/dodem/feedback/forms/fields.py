"""Fields that several forms share: clean text, a day, photos, a telephone number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dodem.feedback import photos
from dodem.feedback.photo_files import MOST
from dodem.feedback.photos import CleanPhoto, UnusablePhoto
from dodem.vietnam.errors import UserError
from dodem.vietnam.identifiers import normalise_phone
from dodem.vietnam.text import nfc

MOBILE_DIGITS = 10
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class TextField(forms.CharField):
    """A line or a block of text in NFC. A line break counts as one character, as it does for the browser."""

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "").replace("\r\n", "\n").strip()


class DayField(forms.DateField):
    """A day as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"placeholder": _("ngày/tháng/năm"), "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(format="%d/%m/%Y", attrs=attributes),
            error_messages={"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/04/2026.")},
            **kwargs,
        )


class PhoneField(forms.CharField):
    """A telephone number, kept as E.164."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"type": "tel", "inputmode": "tel", "autocomplete": "tel"}
        super().__init__(max_length=30, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        try:
            return normalise_phone(written) if written else ""
        except UserError as error:
            raise forms.ValidationError(_miscounted(written) or str(error)) from error


def _miscounted(written: str) -> str:
    """Says how many digits a mobile number lacks or has too many; "" when that is not what is wrong with
    it.
    """
    digits = "".join(filter(str.isdigit, written))
    missing = MOBILE_DIGITS - len(digits)
    if not digits.startswith("0") or missing == 0 or abs(missing) > 3:
        return ""
    words = (
        gettext("Thiếu %(n)s chữ số. Ví dụ 0912 345 678.")
        if missing > 0
        else gettext("Thừa %(n)s chữ số. Ví dụ 0912 345 678.")
    )
    return words % {"n": abs(missing)}


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to ``MOST`` photos, cleaned. ``readable`` keeps the good ones when another is not."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=ManyFiles(attrs={"accept": photos.ACCEPT, "multiple": True}), **kwargs)
        self.readable: list[CleanPhoto] = []

    def clean(self, data: Any, initial: Any = None) -> list[CleanPhoto]:
        given: list[UploadedFile[bytes]] = data if isinstance(data, list) else [data] if data else []
        if len(given) > MOST:
            raise forms.ValidationError(gettext("Tối đa %(most)s ảnh mỗi lần gửi.") % {"most": MOST})
        self.readable, unusable = [], []
        for file in given:
            try:
                self.readable.append(photos.clean(file, name=file.name or "", size=file.size or 0))  # type: ignore[arg-type]
            except UnusablePhoto as error:
                unusable.append(str(error))
        if unusable:
            raise forms.ValidationError(unusable)
        return self.readable

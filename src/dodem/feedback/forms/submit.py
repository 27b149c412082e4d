"""The form by which anybody sends a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dodem.feedback import catalogue
from dodem.feedback.actions import NewReport
from dodem.feedback.forms.fields import PhoneField, PhotosField, TextField
from dodem.feedback.kinds import Channel, Kind
from dodem.feedback.models import Photo
from dodem.feedback.photo_files import MOST
from dodem.feedback.photos import CleanPhoto
from dodem.units.models import Unit
from dodem.vietnam.addresses import resolve
from dodem.vietnam.text import fold

DESK = "khong-ro"  # the answer "I do not know which unit"


@dataclass(frozen=True)
class Proposal:
    """What an address means in units of today. ``reason`` is a sentence; ``certain``: one unit is left."""

    address: str
    units: tuple[Unit, ...]
    certain: bool
    reason: str

    @property
    def key(self) -> str:
        """For which address the units were shown."""
        return fold(self.address)


def propose(address: str, *, on: date) -> Proposal:
    """The unit or units an address may mean. One query, none where the address says nothing."""
    resolution = resolve(address, on=on)
    codes = (resolution.unit_code,) if resolution.unit_code else resolution.candidates
    units = Unit.objects.commune_level().valid(on=on).filter(code__in=codes).in_order() if codes else []
    return Proposal(address, tuple(units), resolution.unit_code is not None, resolution.reason)


class SubmitForm(forms.Form):
    """One report. A unit chosen from the list wins; else the one proposed for the address has to be
    confirmed.

    Photos that could be read are kept whatever else is wrong (``new_photos``); ``staged`` are those kept
    before.
    """

    kind = forms.ChoiceField(
        label=_("Bạn muốn gửi gì?"), choices=Kind.choices, initial=Kind.REPORT, widget=forms.RadioSelect
    )
    category = forms.ChoiceField(
        label=_("Việc gì?"), widget=forms.RadioSelect, error_messages={"required": _("Chọn một loại việc.")}
    )
    text = TextField(
        label=_("Chuyện xảy ra thế nào?"),
        min_length=10,
        max_length=2000,
        help_text=_(
            "Viết như đang kể: cái gì, từ bao giờ, ảnh hưởng tới ai. Đừng ghi số giấy tờ hay tên người khác."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Kể vài câu về việc này."),
            "min_length": _("Viết thêm một chút, ít nhất 10 ký tự."),
            "max_length": _("Dài quá: chỉ nhận 2.000 ký tự. Hãy rút bớt."),
        },
    )
    address = TextField(
        label=_("Ở đâu?"),
        required=False,
        max_length=300,
        help_text=_("Số nhà, tên đường hoặc hẻm, phường xã. Tên cũ trước 01/07/2025 cũng được."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    unit = forms.ChoiceField(label=_("Hoặc chọn phường, xã, đặc khu"), required=False)
    proposal = forms.CharField(required=False)
    proposed_for = forms.CharField(required=False)
    photos = PhotosField(
        label=_("Ảnh, tối đa 5"),
        help_text=_("Ảnh được xoá thông tin máy và vị trí; chỉ bạn và cơ quan xử lý xem được."),
    )
    drop = forms.MultipleChoiceField(required=False)
    name = TextField(
        label=_("Tên của bạn"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        label=_("Số điện thoại để nhận kết quả"),
        required=False,
        help_text=_("Không công khai. Không muốn để lại số thì theo dõi bằng đường dẫn riêng."),
    )
    is_shared = forms.ChoiceField(
        label=_("Cho mọi người cùng xem?"),
        choices=[
            ("yes", _("Có, chỉ hiện loại việc và phường, xã")),
            ("no", _("Không, chỉ cơ quan xử lý thấy")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn có hoặc không.")},
    )
    website = forms.CharField(required=False)
    submission = forms.CharField(min_length=16, max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        choices=[(c.value, c.label) for c in (Channel.WEB, Channel.KIOSK)], required=False
    )

    def __init__(self, *args: Any, on: date, staged: list[Photo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.staged = staged
        self.shown: Proposal | None = None
        choices: Any = self.fields
        choices["category"].choices = [(category.code, category.title) for category in catalogue.offered()]
        choices["unit"].choices = [("", _("Theo địa chỉ ở trên")), *_units(on)]
        choices["drop"].choices = [(str(photo.pk), str(photo.pk)) for photo in staged]

    @property
    def new_photos(self) -> list[CleanPhoto]:
        field = self.fields["photos"]
        assert isinstance(field, PhotosField)
        return field.readable

    def clean_website(self) -> str:
        """People do not see this field; programs fill it in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext("Hãy để trống ô này."))
        return ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if len(self.staged) - len(cleaned.get("drop", [])) + len(self.new_photos) > MOST:
            self.add_error(
                "photos", gettext("Tối đa %(most)s ảnh. Hãy bỏ bớt ảnh đã gửi lên.") % {"most": MOST}
            )
        self._choose_unit(cleaned)
        return cleaned

    def _choose_unit(self, cleaned: dict[str, Any]) -> None:
        """Settle ``unit`` and ``wants_desk``, or show the proposal and ask."""
        cleaned["wants_desk"] = False
        address, answer = cleaned.get("address", ""), cleaned.get("proposal", "")
        if cleaned.get("unit") or "address" in self.errors:
            return
        if not address:
            if cleaned.get("kind") in (Kind.REPORT, ""):
                self.add_error("address", gettext("Ghi địa chỉ hoặc chọn phường, xã."))
            return
        self.shown = propose(address, on=self.on)
        seen = cleaned.get("proposed_for") == self.shown.key
        if seen and answer == DESK:
            cleaned["wants_desk"] = True
        elif seen and answer in {unit.code for unit in self.shown.units}:
            cleaned["unit"] = "" if self.shown.certain else answer
        else:
            self.add_error("address", gettext("Xem lại đơn vị đề xuất bên dưới rồi gửi."))

    def report(self, *, language: str) -> NewReport:
        """What was sent, for ``actions.receive_report``."""
        given = self.cleaned_data
        return NewReport(
            kind=Kind(given["kind"]),
            category=given["category"],
            text=given["text"],
            address=given["address"],
            unit_code=given["unit"] or None,
            wants_desk=given["wants_desk"],
            is_shared=given["is_shared"] == "yes",
            name=given["name"],
            phone=given["phone"],
            channel=Channel(given["channel"] or Channel.WEB),
            language=language,
        )


def _units(on: date) -> list[tuple[str, str]]:
    """The commune-level units of a day, as a Vietnamese list is sorted."""
    units = Unit.objects.commune_level().valid(on=on).in_order()
    return [(unit.code, unit.display_name) for unit in units]

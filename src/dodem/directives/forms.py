"""What people type, parsed: days as dd/mm/yyyy, units by any of their names, text in NFC."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dodem.directives.models import Programme
from dodem.directives.queries.lists import STATES, WINDOWS, TaskFilter, programme_codes
from dodem.units.models import Kind, Unit
from dodem.units.queries import search
from dodem.vietnam.text import fold, nfc

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
LISTED_UNITS = "units"  # id of the datalist of units on every page that asks for one
MAX_FILES = 10


class LineField(forms.CharField):
    """One line or one block of text, NFC, without outer space."""

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "").replace("\r\n", "\n").strip()


class DayField(forms.DateField):
    """A day written as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.DateInput(
                format="%d/%m/%Y",
                attrs={"placeholder": _("ngày/tháng/năm"), "inputmode": "numeric", "autocomplete": "off"},
            ),
        )
        kwargs.setdefault(
            "error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/04/2026.")}
        )
        super().__init__(input_formats=DAY_FORMATS, **kwargs)


class UnitField(forms.CharField):
    """A unit of today by name, former name, abbreviation or code. Its value is the Unit, or None."""

    def __init__(self, *, groups: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget",
            forms.TextInput(attrs={"list": LISTED_UNITS, "autocomplete": "off", "spellcheck": "false"}),
        )
        self.groups = groups
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Any:
        text = nfc(super().clean(value)).strip()
        return self.find(text) if text else None

    def find(self, text: str) -> Unit:
        """The one unit meant. Raises ValidationError with the nearest names when none or several are."""
        today = timezone.localdate()
        wanted = fold(text)
        found = Unit.objects.valid(on=today).filter(code__iexact=text) | Unit.objects.valid(on=today).filter(
            name=text
        )
        exact = list(found[:2])
        if not exact:
            matches = search(text, on=today, limit=6)
            exact = [match.unit for match in matches if match.likeness == 0] or [
                match.unit
                for match in matches
                if wanted in {fold(match.unit.short_name), fold(match.unit.name)}
            ]
            if len(matches) == 1:
                exact = [matches[0].unit]
            if len(exact) != 1:
                names = ", ".join(match.unit.name for match in matches)
                raise forms.ValidationError(
                    gettext("Có nhiều đơn vị gần giống: %(names)s. Hãy chọn một.") % {"names": names}
                    if names
                    else gettext("Không có đơn vị nào tên “%(text)s”. Hãy chọn trong danh sách.")
                    % {"text": text}
                )
        unit = exact[0]
        if unit.kind == Kind.GROUP and not self.groups:
            raise forms.ValidationError(
                gettext("“%(unit)s” là một khối nhiều đơn vị. Hãy chọn một đơn vị.") % {"unit": unit.name}
            )
        return unit


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, at most MAX_FILES; their types are checked where they are kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "widget", ManyFiles(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.docx,.xlsx", "multiple": True})
        )
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(given) > MAX_FILES:
            raise forms.ValidationError(
                gettext("Mỗi lần gửi tối đa %(count)d tệp. Hãy gửi thành nhiều lần.") % {"count": MAX_FILES}
            )
        return list(given)


class DirectiveForm(forms.Form):
    """Pasted text or one file, and what the head of the paper may not say."""

    text = LineField(
        label=_("Dán toàn văn"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Dán nguyên văn, kể cả phần đầu có số và ngày ban hành."),
    )
    file = forms.FileField(
        label=_("Hoặc tải tệp lên"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf,.html"}),
        help_text=_("TXT, DOCX hoặc PDF có chữ. Tệp gốc được giữ nguyên, có mã băm."),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    issued_on = DayField(
        label=_("Ngày ban hành"), required=False, help_text=_("Để trống nếu văn bản có ghi.")
    )
    document_number = LineField(label=_("Số, ký hiệu"), required=False, max_length=80)
    kind = LineField(label=_("Loại văn bản"), required=False, max_length=60)
    issuer = LineField(label=_("Cơ quan ban hành"), required=False, max_length=300)
    title = LineField(label=_("Trích yếu"), required=False, max_length=600)
    source_url = forms.URLField(
        label=_("Đường dẫn nguồn"), required=False, max_length=600, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("text", "file", "kept") if cleaned.get(name)]
        if not given and not self.errors:
            raise forms.ValidationError(gettext("Hãy dán toàn văn hoặc chọn một tệp."))
        if cleaned.get("text") and (cleaned.get("file") or cleaned.get("kept")):
            raise forms.ValidationError(
                gettext("Chỉ dán văn bản hoặc chọn tệp, không cả hai. Hãy bỏ một trong hai.")
            )
        return cleaned


class DraftForm(forms.Form):
    """What a reviewer may correct on one card."""

    action = LineField(label=_("Việc phải làm"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    lead_unit = UnitField(label=_("Chủ trì"), required=False)
    helping = forms.ModelMultipleChoiceField(
        label=_("Phối hợp"), required=False, queryset=Unit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    helper = UnitField(label=_("Thêm đơn vị phối hợp"), required=False, groups=True)
    due_on = DayField(label=_("Hạn hoàn thành"), required=False)
    no_deadline = forms.BooleanField(label=_("Giao không có hạn"), required=False)
    deliverable = LineField(label=_("Đo bằng gì"), required=False, max_length=300)
    programmes = forms.ModelMultipleChoiceField(
        label=_("Chương trình"),
        required=False,
        queryset=Programme.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helping: Any = self.fields["helping"]
        helping.queryset = Unit.objects.valid(on=timezone.localdate()).in_order()
        programmes: Any = self.fields["programmes"]
        programmes.queryset = Programme.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("no_deadline") and cleaned.get("due_on"):
            self.add_error("no_deadline", gettext("Đã ghi hạn thì không chọn “Giao không có hạn”."))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """The cleaned values as ``actions.edit_draft`` takes them."""
        data = self.cleaned_data
        helper = [data["helper"]] if data["helper"] else []
        return {
            "action": data["action"],
            "lead_unit": data["lead_unit"],
            "coordinating": list(dict.fromkeys([*data["helping"], *helper])),
            "due_on": data["due_on"],
            "no_deadline": data["no_deadline"],
            "programmes": list(data["programmes"]),
            "deliverable": data["deliverable"],
        }


class WordsForm(forms.Form):
    """Words copied out of the directive."""

    words = LineField(
        label=_("Câu trong văn bản"),
        widget=forms.Textarea(attrs={"rows": 3, "data-selection": ""}),
        help_text=_("Bôi đen câu trong văn bản, hoặc chép nguyên văn vào đây."),
    )


class TaskForm(forms.Form):
    """A task given by hand, or from a figure."""

    title = LineField(label=_("Việc phải làm"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))
    lead_unit = UnitField(label=_("Đơn vị chủ trì"))
    helper = UnitField(label=_("Đơn vị phối hợp"), required=False, groups=True)
    due_on = DayField(
        label=_("Hạn hoàn thành"), required=False, help_text=_("Để trống: ghi là “chưa có hạn”.")
    )
    deliverable = LineField(label=_("Đo bằng gì"), required=False, max_length=300)
    programmes = forms.ModelMultipleChoiceField(
        label=_("Chương trình"),
        required=False,
        queryset=Programme.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )
    figure = forms.RegexField(r"^[\w:@.-]{1,64}$", required=False, widget=forms.HiddenInput)


class UpdateForm(forms.Form):
    """Progress or a report, with proof."""

    note = LineField(
        label=_("Kết quả"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    bottleneck = LineField(
        label=_("Vướng mắc, đề nghị"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    percent = forms.IntegerField(
        label=_("Đã làm được, %"), required=False, min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    completed_on = DayField(
        label=_("Ngày hoàn thành"), required=False, help_text=_("Chỉ ghi khi báo cáo hoàn thành.")
    )
    link = forms.URLField(
        label=_("Đường dẫn bằng chứng"), required=False, max_length=600, assume_scheme="https"
    )
    proofs = FilesField(
        label=_("Bằng chứng"),
        required=False,
        help_text=_("PDF, ảnh, DOCX, XLSX, tối đa 20 MB mỗi tệp. Tệp được băm và đóng dấu giờ."),
    )


class ReasonForm(forms.Form):
    """Why a step is taken. ``to`` only where a task goes to another unit."""

    reason = LineField(label=_("Lý do"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))


class ReassignForm(ReasonForm):
    to = UnitField(label=_("Đơn vị chủ trì mới"))
    field_order = ["to", "reason"]


class TaskFilterForm(forms.Form):
    """The filters above the list; what does not fit is left aside rather than refused."""

    q = LineField(label=_("Tìm"), required=False, max_length=200)
    trang_thai = forms.CharField(required=False)
    chuong_trinh = forms.ChoiceField(label=_("Chương trình"), required=False)
    don_vi = LineField(label=_("Đơn vị chủ trì"), required=False, max_length=100)
    han = forms.ChoiceField(
        label=_("Đến hạn"),
        required=False,
        choices=[
            ("", _("Bất kỳ")),
            ("7", _("Trong 7 ngày")),
            ("30", _("Trong 30 ngày")),
            ("90", _("Trong 90 ngày")),
        ],
    )
    cua_toi = forms.BooleanField(label=_("Việc của tôi"), required=False)

    action = reverse_lazy("directives:tasks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme: Any = self.fields["chuong_trinh"]
        programme.choices = [("", _("Tất cả")), *((code, code) for code in programme_codes())]

    def wanted(self, *, sort: str) -> TaskFilter:
        self.is_valid()
        data = self.cleaned_data
        state = data.get("trang_thai", "")
        window = WINDOWS.get(data.get("han", ""))
        return TaskFilter(
            query=data.get("q", ""),
            state=state if state in STATES else "dang-mo",
            programme=data.get("chuong_trinh", ""),
            unit=data.get("don_vi", ""),
            due_within=window,
            mine=bool(data.get("cua_toi")),
            sort=sort or "due",
        )

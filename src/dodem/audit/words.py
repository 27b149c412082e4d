"""How a reader of the ledger is told what an event carries and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KEYS = {
    "after": gettext_lazy("thành"),
    "before": gettext_lazy("từ"),
    "category": gettext_lazy("lĩnh vực"),
    "channel": gettext_lazy("kênh"),
    "clause": gettext_lazy("theo"),
    "completed_on": gettext_lazy("xong ngày"),
    "coordinating": gettext_lazy("phối hợp"),
    "directive": gettext_lazy("văn bản"),
    "due_on": gettext_lazy("hạn"),
    "evidence": gettext_lazy("tệp kèm"),
    "fields": gettext_lazy("trường"),
    "findings": gettext_lazy("lỗi dữ liệu"),
    "former_units": gettext_lazy("đơn vị cũ"),
    "from_on": gettext_lazy("từ ngày"),
    "granted": gettext_lazy("vai trò"),
    "indicator": gettext_lazy("chỉ số"),
    "merged": gettext_lazy("gộp"),
    "observations": gettext_lazy("số liệu"),
    "parts": gettext_lazy("thành các phần"),
    "percent": gettext_lazy("phần trăm"),
    "photos": gettext_lazy("ảnh"),
    "promised_on": gettext_lazy("hẹn ngày"),
    "purpose": gettext_lazy("mục đích"),
    "question": gettext_lazy("câu hỏi"),
    "records": gettext_lazy("bản ghi"),
    "register": gettext_lazy("sổ dữ liệu"),
    "rejected": gettext_lazy("bị loại"),
    "report": gettext_lazy("phản ánh"),
    "revoked": gettext_lazy("vai trò"),
    "rows": gettext_lazy("dòng"),
    "source": gettext_lazy("nguồn"),
    "successions": gettext_lazy("lần chuyển"),
    "units": gettext_lazy("đơn vị"),
}


def spelled(data: Mapping[str, Any]) -> str:
    """What an event carries as one line: "từ ngày: 20/11/2026; gộp: 26740, 26743"."""
    told = {key: value for key, value in data.items() if value not in ("", None, [])}
    return "; ".join(f"{KEYS.get(key, key)}: {value_of(value)}" for key, value in told.items())


def value_of(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(value_of, value))
    if isinstance(value, bool):
        return _("có") if value else _("không")
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except (TypeError, ValueError):
        return str(value)


def door(origin: str) -> str:
    """ "web 203.0.113.7" stays; the doors without an address are named."""
    return {
        "command line": _("dòng lệnh"),
        "worker": _("máy chạy nền"),
        "public page": _("trang công khai"),
    }.get(origin, origin)

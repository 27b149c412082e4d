"""What every page's frame shows of the person: the menu they may use and where they work."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dodem.access.roles import Permission
from dodem.access.rules import can, own_unit

MENU = [
    ("board", gettext_noop("Bảng lãnh đạo"), "boards:leader", Permission.BOARD_SEE),
    ("task", gettext_noop("Nhiệm vụ"), "directives:tasks", Permission.TASK_SEE),
    ("directive", gettext_noop("Văn bản"), "directives:directives", Permission.DIRECTIVE_SEE),
    ("case", gettext_noop("Phản ánh"), "feedback:queue", Permission.CASE_SEE),
    ("figure", gettext_noop("Chỉ số"), "indicators:catalogue", Permission.FIGURE_SEE),
    ("data", gettext_noop("Dữ liệu"), "registers:sources", Permission.SOURCE_SEE),
    ("unit", gettext_noop("Đơn vị"), "boards:units", Permission.UNIT_SEE),
    ("people", gettext_noop("Người dùng"), "access:people", Permission.ACCESS_MANAGE),
    ("ledger", gettext_noop("Nhật ký"), "access:ledger", Permission.AUDIT_SEE),
    ("api", gettext_noop("API"), "api:tokens", Permission.TOKEN_MANAGE),
]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``nav_items``: (key, label, url) of the menu entries this person may open; ``own_unit``."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"nav_items": []}
    items = [(key, _(label), reverse(name)) for key, label, name, needed in MENU if can(user, needed)]
    return {"nav_items": items, "own_unit": own_unit(user)}

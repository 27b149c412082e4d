"""Where a list goes on. A cursor is opaque and signed, and holds only for the question it was made for."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest

from dodem.api.problems import invalid

NAME = "cursor"
_signer = Signer(salt="dodem.api.cursor")


def next_link(request: HttpRequest, **place: Any) -> str:
    """The address of the next page; ``place`` comes back from ``place_in``. Equal pages give equal links."""
    given = [(name, value) for name, value in asked(request) if name != NAME]
    cursor = _signer.sign_object({"of": question(request), "at": place})
    return f"{request.path}?{urlencode([*given, (NAME, cursor)])}"


def place_in(request: HttpRequest) -> dict[str, Any] | None:
    """What the cursor of this request remembers; None on a first page. Raises Problem."""
    cursor = request.GET.get(NAME)
    if cursor is None:
        return None
    try:
        kept = _signer.unsign_object(cursor)
    except (BadSignature, ValueError):
        raise invalid(
            NAME,
            "Con trỏ này không phải do API cấp; hãy dùng nguyên next.",
            "The API did not give this cursor; use next as it is.",
        ) from None
    if kept["of"] != question(request):
        raise invalid(
            NAME,
            "Con trỏ này thuộc câu hỏi khác; đổi bộ lọc thì bắt đầu lại từ trang đầu.",
            "This cursor belongs to another question; with other filters begin at the first page.",
        )
    place: dict[str, Any] = kept["at"]
    return place


def question(request: HttpRequest) -> str:
    """A digest of the address and its filters; how many to a page may change on the way."""
    filters = sorted(pair for pair in asked(request) if pair[0] not in {NAME, "limit"})
    return hashlib.sha256(json.dumps([request.path, filters]).encode()).hexdigest()[:16]


def asked(request: HttpRequest) -> list[tuple[str, str]]:
    return [(name, value) for name, values in request.GET.lists() for value in values]

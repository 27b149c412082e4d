"""Reports and cases for the tests of citizens' feedback."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from dodem.access.models import User
from dodem.feedback import actions, photos
from dodem.feedback.actions import NewReport, Received
from dodem.feedback.kinds import Kind
from dodem.feedback.models import Case
from dodem.feedback.photos import CleanPhoto
from tests.factories import NOON, SAI_GON

_number = count(1)
FLOODED = "Mưa 30 phút là hẻm ngập tới đầu gối. Nước không rút, học sinh phải lội."


def receive(*, at: datetime = NOON, submission: str = "", **changes: Any) -> Received:
    """A report about flooding in Phường Sài Gòn, unless said otherwise."""
    given: dict[str, Any] = {
        "kind": Kind.REPORT,
        "category": "flooding",
        "text": FLOODED,
        "is_shared": True,
        "address": "Hẻm 120 đường số 8",
        "unit_code": SAI_GON,
    }
    submission = submission or f"mau-thu-{next(_number):020d}"
    return actions.receive_report(new=NewReport(**(given | changes)), submission=submission, at=at)


def a_case(*, at: datetime = NOON, **changes: Any) -> Case:
    """The case of one report."""
    return receive(at=at, **changes).report.case


def answered(
    *, by: User, at: datetime = NOON, after: timedelta = timedelta(days=1), **changes: Any
) -> Received:
    """A report whose case was answered "done" some time later."""
    received = receive(at=at, **changes)
    actions.answer_case(
        case=received.report.case, note="Đã nạo vét xong.", record_number="12/BB", by=by, at=at + after
    )
    received.report.case.refresh_from_db()
    return received


def a_picture(*, width: int = 60, height: int = 40, shape: str = "JPEG", **saved_with: Any) -> bytes:
    """The bytes of a picture, in two colours so that turning it shows."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("navy", (0, 0, width // 2, height))
    written = io.BytesIO()
    image.save(written, shape, **saved_with)
    return written.getvalue()


def an_upload(name: str = "anh.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(
        name, content if content is not None else a_picture(), content_type="image/jpeg"
    )


def a_photo() -> CleanPhoto:
    content = a_picture()
    return photos.clean(io.BytesIO(content), name="anh.jpg", size=len(content))


def is_jpeg(response: Any) -> bool:
    """Whether an answer is a whole JPEG; reading it to its end closes the file."""
    return response.status_code == 200 and b"".join(response)[:2] == b"\xff\xd8"

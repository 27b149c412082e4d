"""Files as they were received, kept once each under their SHA-256; what a file is, by its bytes."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext as _

from dodem.vietnam.errors import UserError

PIECE = 1024 * 1024
MEDIA = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
}


class FileRefused(UserError):
    """A file that cannot be taken as evidence, with what to do instead."""


@dataclass(frozen=True)
class KeptFile:
    """``size`` in bytes; ``media_type`` from the bytes, never from the name or the browser."""

    sha256: str
    size: int
    media_type: str
    name: str


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie."""
    return Path(settings.MEDIA_ROOT) / "directives" / sha256[:2] / sha256


def keep(pieces: Iterable[bytes], *, name: str, media_type: str = "") -> KeptFile:
    """Write the bytes beside their place and switch them in whole. The same bytes twice are one file.

    A file written for a transaction that is rolled back stays without a row; it harms nothing and is found
    again when the same bytes come once more.
    """
    root = Path(settings.MEDIA_ROOT) / "directives"
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, prefix=".part-", delete=False) as beside:
        try:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                beside.write(piece)
            beside.flush()
            os.fsync(beside.fileno())
            place = path_of(digest.hexdigest())
            place.parent.mkdir(exist_ok=True)
            os.replace(beside.name, place)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise
    return KeptFile(digest.hexdigest(), size, media_type, Path(name).name[-200:])


def keep_evidence(file: BinaryIO, *, name: str, size: int) -> KeptFile:
    """Keep one uploaded proof. Raises FileRefused for a type or size that is not taken."""
    limit = settings.DODEM_MAX_EVIDENCE
    if size > limit:
        raise FileRefused(
            _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy nén lại hoặc chia thành nhiều tệp.")
            % {"name": name, "limit": limit // PIECE}
        )
    if size == 0:
        raise FileRefused(_("Tệp “%(name)s” trống. Hãy chọn lại tệp.") % {"name": name})
    media_type = media_type_of(file)
    if not media_type:
        raise FileRefused(
            _(
                "Tệp “%(name)s” không phải PDF, ảnh PNG hoặc JPEG, DOCX hay XLSX. "
                "Hãy chuyển sang một trong các loại này."
            )
            % {"name": name}
        )
    return keep(iter(lambda: file.read(PIECE), b""), name=name, media_type=media_type)


def media_type_of(file: BinaryIO) -> str:
    """The media type by content, or "" for what is not taken. Leaves the file at its start."""
    file.seek(0)
    head = file.read(16)
    file.seek(0)
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"PK\x03\x04"):
        return _office_type(file)
    return ""


def _office_type(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        names = set()
    finally:
        file.seek(0)
    if "[Content_Types].xml" not in names:
        return ""
    for part, extension in (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx")):
        if part in names:
            return next(media for media, end in MEDIA.items() if end == extension)
    return ""

"""Uploads stream to disk and stop at the limit: 200 MB sent by mistake cost neither memory nor disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopFutureHandlers, StopUpload, TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most ``DODEM_MAX_UPLOAD`` bytes. A request that is larger arrives with ``too_large`` set on it
    and without its files; forms read it through ``was_too_large`` and say so in words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) > settings.DODEM_MAX_UPLOAD:
            assert self.request is not None
            self.request.too_large = True  # type: ignore[attr-defined]
            self.file.close()
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        raise StopFutureHandlers


def was_too_large(request: Any) -> bool:
    """Whether this request brought a file over the limit."""
    return bool(getattr(request, "too_large", False))

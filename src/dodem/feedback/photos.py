"""Photos as people send them, made safe to keep: decoded, turned upright, made smaller and written anew.

What a telephone writes beside the picture (place, device, time) is never copied.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000  # a telephone's largest; more is a mistake or a bomb, and is refused before decoding
MOST_BYTES = 15 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")
ACCEPT = "image/jpeg,image/png,image/webp"


class UnusablePhoto(ValueError):
    """The file cannot be kept as a photo. The message is for the person who sent it."""


@dataclass(frozen=True)
class CleanPhoto:
    """A JPEG without metadata, its longest side at most ``LONGEST_SIDE`` pixels; ``sha256`` is of
    ``content``.
    """

    content: bytes
    sha256: str
    width: int
    height: int


def clean(file: BinaryIO, *, name: str, size: int) -> CleanPhoto:
    """Read a file of ``size`` bytes as a photo. Raises UnusablePhoto."""
    if size > MOST_BYTES:
        limit = MOST_BYTES // 1024 // 1024
        raise UnusablePhoto(_("%(name)s lớn hơn %(limit)s MB.") % {"name": name, "limit": limit})
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise UnusablePhoto(_("%(name)s có quá nhiều điểm ảnh.") % {"name": name})
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = _on_white(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UnusablePhoto(_("%(name)s có quá nhiều điểm ảnh.") % {"name": name}) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        if isinstance(error, UnusablePhoto):
            raise
        message = _("%(name)s không mở được. Hãy gửi ảnh JPG, PNG hoặc WebP.") % {"name": name}
        raise UnusablePhoto(message) from error
    written = io.BytesIO()
    flat.save(written, "JPEG", quality=82, optimize=True)
    content = written.getvalue()
    return CleanPhoto(content, hashlib.sha256(content).hexdigest(), flat.width, flat.height)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, and without whatever the file's own ``info`` carried."""
    layer = image.convert("RGBA")
    page = Image.new("RGB", layer.size, "white")
    page.paste(layer, mask=layer.getchannel("A"))
    return page

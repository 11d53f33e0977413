"""A picture of bounded size, without what the camera noted about place and time. Public."""

import struct
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile

if TYPE_CHECKING:
    from PIL import Image

# A baseline JPEG is read at an eighth of its size; all else is held whole in memory while it is read.
LARGEST_FILE, LARGEST_PICTURE, LARGEST_CAMERA = 20 << 20, 40_000_000, 120_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
SIDE, QUALITY = 1600, 85
ONE_AT_A_TIME = Lock()


class PhotoError(ValueError):
    """The file is no picture that can be kept."""


def picture(file: "UploadedFile[Any]") -> bytes:
    """The picture anew as JPEG. Raises PhotoError."""
    from PIL import Image, UnidentifiedImageError

    if (file.size or 0) > LARGEST_FILE:
        raise PhotoError
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > _most(opened):
                raise PhotoError
            # A camera's JPEG of a hundred megapixels is read at the size that is kept.
            opened.draft("RGB", (SIDE, SIDE))
            with ONE_AT_A_TIME:
                upright = small_and_upright(opened)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError, struct.error):
        raise PhotoError from None
    bare, out = Image.new("RGB", upright.size), BytesIO()
    bare.paste(upright)
    bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _most(opened: "Image.Image") -> int:
    return LARGEST_CAMERA if opened.format == "JPEG" and not opened.info.get("progressive") else LARGEST_PICTURE


def small_and_upright(opened: "Image.Image") -> "Image.Image":
    """Read, small, and the right way up."""
    from PIL import ImageOps

    opened.thumbnail((SIDE, SIDE))
    return ImageOps.exif_transpose(opened).convert("RGB")

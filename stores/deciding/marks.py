"""The chain's own mark: a small PNG anew, without anything that the file carried besides its picture."""

import hashlib
import struct
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from stores.deciding import ruling
from stores.models import ChainMark, Employee

LARGEST_FILE, LARGEST_PICTURE = 4 << 20, 16_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
SIDE = 512


class MarkError(ValueError):
    """The file is no picture that can be a mark."""


def keep(file: "UploadedFile[Any]", *, by: Employee) -> str:
    """The picture becomes the mark. Returns its digest. Raises MarkError."""
    png = _png(file)
    digest = hashlib.sha256(png).hexdigest()
    ChainMark.objects.get_or_create(digest=digest, defaults={"png": png})
    ruling.decide({"mark": digest}, by=by)
    return digest


def _png(file: "UploadedFile[Any]") -> bytes:
    from PIL import Image, ImageOps, UnidentifiedImageError

    if (file.size or 0) > LARGEST_FILE:
        raise MarkError
    out = BytesIO()
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > LARGEST_PICTURE:
                raise MarkError
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
        upright.thumbnail((SIDE, SIDE))
        bare = Image.new("RGBA", (max(upright.size),) * 2)  # square, so that every place may show it alike
        bare.paste(upright, ((bare.width - upright.width) // 2, (bare.height - upright.height) // 2))
        bare.save(out, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError, struct.error):
        raise MarkError from None
    return out.getvalue()

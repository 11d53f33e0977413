"""Photos of pieces: a picture of bounded size, without what the camera noted about place and time. Public."""

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from stores.models import Employee
from workshop.models import ServicePhoto, ServiceRequest, ServiceStep

LARGEST_FILE, LARGEST_PICTURE = 20 << 20, 120_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
SIDE, QUALITY = 1600, 85
MOST = 12


class PhotoError(ValueError):
    """The file is no picture that can be kept."""


def picture(file: "UploadedFile[Any]") -> bytes:
    """The picture anew as JPEG. Raises PhotoError."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    if (file.size or 0) > LARGEST_FILE:
        raise PhotoError
    try:
        with Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > LARGEST_PICTURE:
                raise PhotoError
            # A camera's JPEG of a hundred megapixels is read at the size that is kept.
            opened.draft("RGB", (SIDE, SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError, struct.error):
        raise PhotoError from None
    upright.thumbnail((SIDE, SIDE))
    bare, out = Image.new("RGB", upright.size), BytesIO()
    bare.paste(upright)
    bare.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def add(request: ServiceRequest, pictures: Sequence[bytes], moment: str, *, by: Employee) -> int:
    """Keep pictures with a request and say so in its story. Returns how many."""
    for content in pictures[:MOST]:
        photo = ServicePhoto(request=request, moment=moment, by=by)
        photo.image.save(f"{uuid4().hex}.jpg", ContentFile(content))
    if pictures:
        words = f"{ServicePhoto.Moment(moment).label}: {len(pictures[:MOST])}"
        request.steps.create(kind=ServiceStep.Kind.PHOTO, status=request.status, words=words, at=timezone.now(), by=by)
    return len(pictures[:MOST])

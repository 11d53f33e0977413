"""Photos of pieces, kept with their request. Public."""

from collections.abc import Sequence
from io import BytesIO
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from stores.models import Employee
from workshop.models import ServicePhoto, ServiceRequest, ServiceStep

MOST = 12
PREVIEW, PREVIEW_QUALITY = 480, 78


def add(request: ServiceRequest, pictures: Sequence[bytes], moment: str, *, by: Employee) -> int:
    """Keep pictures with a request and say so in its story. Returns how many."""
    for content in pictures[:MOST]:
        photo = ServicePhoto(request=request, moment=moment, by=by)
        photo.image.save(f"{uuid4().hex}.jpg", ContentFile(content))
    if pictures:
        words = f"{ServicePhoto.Moment(moment).label}: {len(pictures[:MOST])}"
        request.steps.create(kind=ServiceStep.Kind.PHOTO, status=request.status, words=words, at=timezone.now(), by=by)
    return len(pictures[:MOST])


def preview(photo: ServicePhoto) -> bytes:
    """The picture small enough for a phone on the way: some 30 KB."""
    from PIL import Image

    out = BytesIO()
    with photo.image.open("rb") as file, Image.open(file, formats=("JPEG",)) as kept:
        kept.draft("RGB", (PREVIEW, PREVIEW))
        kept.thumbnail((PREVIEW, PREVIEW))
        kept.convert("RGB").save(out, "JPEG", quality=PREVIEW_QUALITY)
    return out.getvalue()

"""Photos of pieces: bounded, bare of what the camera noted, and no other files."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from PIL.PngImagePlugin import PngInfo

from stores.models import Employee
from workshop import photos
from workshop.models import ServicePhoto, ServiceRequest


def test_a_photo_is_kept_without_what_the_camera_noted(ticket: list[ServiceRequest], seller: Employee) -> None:
    raw, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (2000, 1000)).save(raw, "JPEG", exif=exif)

    content = photos.picture(SimpleUploadedFile("a.jpg", raw.getvalue()))
    photos.add(ticket[0], [content], "before", by=seller)

    with Image.open(ServicePhoto.objects.get().image) as kept:
        assert (kept.size, dict(kept.getexif())) == ((1600, 800), {})
    with pytest.raises(photos.PhotoError):
        photos.picture(SimpleUploadedFile(f"{uuid4()}.jpg", b"no picture"))


@pytest.mark.parametrize("made", [
    lambda out: Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=_long_words()),
    lambda out: Image.new("RGB", (9, 9)).save(out, "PPM"),
    lambda out: out.write(b"P6\n9 -9\n255\n"),
    lambda out: out.write(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
])  # fmt: skip
def test_a_picture_that_cannot_be_kept_is_refused_in_words(made: Callable[[BytesIO], object]) -> None:
    raw = BytesIO()
    made(raw)

    with pytest.raises(photos.PhotoError):
        photos.picture(SimpleUploadedFile("a.png", raw.getvalue()))


def _long_words() -> PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "0" * 3_000_000, zip=True)
    return told


def test_so_many_pictures_are_kept_and_the_story_says_how_many(ticket: list[ServiceRequest], seller: Employee) -> None:
    assert photos.add(ticket[0], [b"x"] * (photos.MOST + 1), "after", by=seller) == photos.MOST
    assert photos.add(ticket[0], [], "after", by=seller) == 0

    assert ServicePhoto.objects.count() == photos.MOST
    assert [step.words for step in ticket[0].steps.filter(kind="photo")] == [f"после работы: {photos.MOST}"]


@pytest.mark.parametrize("bound", ["LARGEST_FILE", "LARGEST_PICTURE"])
def test_what_is_too_large_is_refused(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    file = SimpleUploadedFile("a.png", raw.getvalue())
    assert photos.picture(file)
    monkeypatch.setattr(photos, bound, 60)

    with pytest.raises(photos.PhotoError):
        photos.picture(file)

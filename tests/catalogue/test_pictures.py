"""Pictures: bounded, bare of what the camera noted, and no other files."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from PIL.PngImagePlugin import PngInfo

from catalogue import pictures


def test_a_picture_is_kept_without_what_the_camera_noted() -> None:
    raw, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "Camera"
    Image.new("RGB", (2000, 1000)).save(raw, "JPEG", exif=exif)

    content = pictures.picture(SimpleUploadedFile("a.jpg", raw.getvalue()))

    with Image.open(BytesIO(content)) as kept:
        assert (kept.size, dict(kept.getexif())) == ((1600, 800), {})
    with pytest.raises(pictures.PhotoError):
        pictures.picture(SimpleUploadedFile(f"{uuid4()}.jpg", b"no picture"))


@pytest.mark.parametrize("made", [
    lambda out: Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=_long_words()),
    lambda out: Image.new("RGB", (9, 9)).save(out, "PPM"),
    lambda out: out.write(b"P6\n9 -9\n255\n"),
    lambda out: out.write(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
])  # fmt: skip
def test_a_picture_that_cannot_be_kept_is_refused_in_words(made: Callable[[BytesIO], object]) -> None:
    raw = BytesIO()
    made(raw)

    with pytest.raises(pictures.PhotoError):
        pictures.picture(SimpleUploadedFile("a.png", raw.getvalue()))


def _long_words() -> PngInfo:
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "0" * 3_000_000, zip=True)
    return told


@pytest.mark.parametrize("bound", ["LARGEST_FILE", "LARGEST_PICTURE"])
def test_what_is_too_large_is_refused(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    file = SimpleUploadedFile("a.png", raw.getvalue())
    assert pictures.picture(file)
    monkeypatch.setattr(pictures, bound, 60)

    with pytest.raises(pictures.PhotoError):
        pictures.picture(file)


def _claims(width: int, height: int, kind: str, **more: bool) -> SimpleUploadedFile:
    """A small file whose head says that it is a large picture."""
    raw = BytesIO()
    Image.new("RGB", (8, 8)).save(raw, kind, **more)
    said = bytearray(raw.getvalue())
    if kind == "PNG":
        said[16:24] = struct.pack(">II", width, height)
        said[29:33] = struct.pack(">I", zlib.crc32(bytes(said[12:29])))
    else:
        head = next(at for at in range(len(said)) if said[at : at + 2] in (b"\xff\xc0", b"\xff\xc2"))
        said[head + 5 : head + 9] = struct.pack(">HH", height, width)
    return SimpleUploadedFile("a", bytes(said))


@pytest.mark.parametrize(
    ("kind", "more", "side"), [("PNG", {}, 6_500), ("JPEG", {"progressive": True}, 6_500), ("JPEG", {}, 11_500)]
)
def test_what_would_fill_the_memory_is_refused_by_its_head(
    kind: str, more: dict[str, bool], side: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_opened: Image.Image) -> Image.Image:
        raise AssertionError("the picture was read")

    monkeypatch.setattr(pictures, "small_and_upright", read)

    with pytest.raises(pictures.PhotoError):
        pictures.picture(_claims(side, side, kind, **more))


def test_pictures_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = BytesIO()
    Image.new("RGB", (9, 9)).save(raw, "PNG")
    held: list[bool] = []
    upright = pictures.small_and_upright

    def told(opened: Image.Image) -> Image.Image:
        held.append(pictures.ONE_AT_A_TIME.locked())
        return upright(opened)

    monkeypatch.setattr(pictures, "small_and_upright", told)

    pictures.picture(SimpleUploadedFile("a.png", raw.getvalue()))

    assert (held, pictures.ONE_AT_A_TIME.locked()) == ([True], False)

"""Photos of articles for who is not signed in, as letters show them: by addresses that we have signed, small. Public."""

from io import BytesIO
from typing import NamedTuple

from django.core import signing
from django.core.cache import cache
from django.urls import reverse

from catalogue.models import Article
from catalogue.pictures import ONE_AT_A_TIME, PhotoError

SALT = "catalogue.shown"
# A square for two beside each other, and the whole picture across a letter; twice as wide as they are shown.
SQUARE, WHOLE = "s", "w"
SIDES = {SQUARE: 560, WHOLE: 1200}
QUALITY = 82
KEPT = 60 * 60


class Shown(NamedTuple):
    """Which photo an address shows, and how; another photo of the article has another address."""

    article: int
    how: str
    name: str


def photo_path(article: Article, how: str) -> str:
    """Where anybody sees the photo of an article; "" where it has none."""
    if not article.photo:
        return ""
    token = signing.dumps([article.pk, how, str(article.photo.name).rpartition("/")[2]], salt=SALT)
    return reverse("catalogue:shown_photo", args=[token])


def which(token: str) -> Shown | None:
    """What an address that we have made shows; None for any other."""
    try:
        shown = Shown(*signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError):
        return None
    return shown if shown.how in SIDES else None


def photo_bytes(article: Article, how: str) -> bytes:
    """The photo as JPEG, small enough for a letter; made once an hour at most. Raises PhotoError where it cannot be read."""
    key = f"catalogue:shown:{article.pk}:{how}:{article.photo.name}"
    made: bytes | None = cache.get(key)
    if made is None:
        made = _made(article, how)
        cache.set(key, made, KEPT)
    return made


def _made(article: Article, how: str) -> bytes:
    from PIL import Image, ImageOps

    side, out = SIDES[how], BytesIO()
    try:
        with article.photo.open("rb") as file, Image.open(file, formats=["JPEG"]) as opened, ONE_AT_A_TIME:
            opened.draft("RGB", (side, side))
            small = ImageOps.fit(opened, (side, side)) if how == SQUARE else opened.copy()
            small.thumbnail((side, side))
            small.convert("RGB").save(out, "JPEG", quality=QUALITY, progressive=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise PhotoError from error
    return out.getvalue()

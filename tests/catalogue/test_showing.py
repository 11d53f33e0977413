"""Photos of letters: by addresses that we have signed, of bounded size, the same for everybody."""

from io import BytesIO

import pytest
from django.core import signing
from django.test import Client as Browser
from django.urls import reverse
from PIL import Image

from catalogue import services, showing
from catalogue.models import Article
from catalogue.pictures import PhotoError
from catalogue.services import ArticleFacts


@pytest.fixture
def ring(db: None) -> Article:
    services.upsert_articles([ArticleFacts("R1-1", name="Кольцо")])
    article, raw = Article.objects.get(), BytesIO()
    Image.new("RGB", (1600, 1200), "white").save(raw, "JPEG")
    services.set_photo(article, raw.getvalue())
    return article


@pytest.mark.parametrize(("how", "size"), [(showing.SQUARE, (560, 560)), (showing.WHOLE, (1200, 900))])
def test_anybody_sees_it_in_the_size_of_a_letter(client: Browser, ring: Article, how: str, size: tuple[int, int]) -> None:
    answer = client.get(showing.photo_path(ring, how))

    with Image.open(BytesIO(answer.content)) as shown:
        assert (shown.size, shown.format) == (size, "JPEG")
    assert answer["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in answer


def test_another_photo_has_another_address_and_none_has_none(ring: Article) -> None:
    before, raw = showing.photo_path(ring, showing.SQUARE), BytesIO()
    Image.new("RGB", (90, 90)).save(raw, "JPEG")

    services.set_photo(ring, raw.getvalue())
    after = showing.photo_path(ring, showing.SQUARE)
    services.set_photo(ring, b"")

    assert (before != after, showing.photo_path(ring, showing.SQUARE)) == (True, "")


@pytest.mark.parametrize("token", [
    "x", signing.dumps([1, "s", "a.jpg"], salt="other"), signing.dumps([1, "huge", "a.jpg"], salt=showing.SALT),
    signing.dumps([1], salt=showing.SALT), signing.dumps([987654, "s", "a.jpg"], salt=showing.SALT),
], ids=["no seal", "another seal", "another size", "too few", "no such piece"])  # fmt: skip
def test_what_we_did_not_sign_is_not_there(client: Browser, ring: Article, token: str) -> None:
    assert client.get(reverse("catalogue:shown_photo", args=[token])).status_code == 404


def test_a_file_that_is_no_picture_is_not_there(client: Browser, ring: Article) -> None:
    with ring.photo.open("wb") as file:
        file.write(b"no picture")

    with pytest.raises(PhotoError):
        showing.photo_bytes(ring, showing.SQUARE)
    assert client.get(showing.photo_path(ring, showing.SQUARE)).status_code == 404

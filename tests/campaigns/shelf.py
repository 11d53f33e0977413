"""Articles with photos."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

from catalogue import services
from catalogue.models import Article
from catalogue.services import ArticleFacts

Shelf = Callable[..., list[Article]]


@pytest.fixture
def shelf(db: None) -> Shelf:
    """``shelf("R1-1", "E2-2")``: rings of white gold with photos."""

    def laid(*codes: str) -> list[Article]:
        raw = BytesIO()
        Image.new("RGB", (80, 60), "white").save(raw, "JPEG")
        services.upsert_articles([
            ArticleFacts(code, name=f"Кольцо {code}", metal="white_gold", fineness=585, price=Decimal(45_000)) for code in codes
        ])  # fmt: skip
        articles = list(Article.objects.filter(article__in=codes).order_by("pk"))
        for article in articles:
            services.set_photo(article, raw.getvalue())
        return articles

    return laid

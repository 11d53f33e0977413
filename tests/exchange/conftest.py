"""A till with its key, and documents as it writes them."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client as Browser

from exchange import services
from exchange.models import Source, TillDocument


class Till(NamedTuple):
    """A source with a browser that carries its key."""

    source: Source
    browser: Browser

    def send(self, document: Any, **headers: str) -> Any:
        body = document if isinstance(document, str | bytes) else json.dumps(document)
        return self.browser.post("/api/receipts/", body, content_type="application/json", headers=headers)

    def ask(self, basket: Any) -> Any:
        return self.browser.post("/api/quotes/", json.dumps(basket), content_type="application/json")

    def became(self, answer: HttpResponse) -> dict[str, Any]:
        """What a document is that was sent."""
        told: dict[str, Any] = self.browser.get(answer["Location"]).json()
        return told


MakeTill = Callable[..., Till]


@pytest.fixture
def make_till(db: None) -> MakeTill:
    def made(name: str = "till-2", **facts: Any) -> Till:
        source = Source.objects.create(name=name, **facts)
        _key, secret = services.issue_key(source)
        return Till(source, Browser(headers={"Authorization": f"Bearer {secret}"}))

    return made


@pytest.fixture
def till(make_till: MakeTill) -> Till:
    return make_till()


def sale(number: str = "1", **more: Any) -> dict[str, Any]:
    """A ring for 1 000 roubles in cash."""
    return {
        "id": f"s-{number}", "operation": "sale", "at": "2026-05-05T18:42:10+10:00", "store": "luxury", "number": number,
        "lines": [{"article": "R5387-6925", "kind": "ring", "paid": "1000.00"}], "paid": [{"by": "cash", "sum": "1000.00"}],
        **more,
    }  # fmt: skip


def back(number: str = "1", **more: Any) -> dict[str, Any]:
    """The same ring comes back the next day."""
    return {
        "id": f"r-{number}", "operation": "return", "at": "2026-05-06T11:00:00+10:00", "store": "luxury", "of": {"id": f"s-{number}"},
        "lines": [{"article": "R5387-6925", "paid": "1000.00"}], **more,
    }  # fmt: skip


def only() -> TillDocument:
    return TillDocument.objects.get()

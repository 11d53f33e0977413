"""The health page: what the last comparisons of the figures found, which a balancer is not told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from analytics import tasks
from analytics.models import FigureCheck, Recount
from clients.models import Client
from tests.conftest import Sell

COMPARISONS = [
    (tasks.check_figures, FigureCheck, "the figures differ from the raw rows in 2 places"),
    (tasks.recount, Recount, "the figures, counted again, differ in 2 places"),
]


@pytest.mark.parametrize(("compare", "kept", "words"), COMPARISONS)
def test_the_page_tells_what_the_last_comparison_found(
    client: Browser, card: Client, sell: Sell, compare: Callable[[], int], kept: type[FigureCheck | Recount], words: str
) -> None:
    sell(card, timezone.localdate(), 700)
    assert client.get("/health/?format=json").status_code == 200
    assert (compare(), client.get("/health/?format=json").status_code) == (0, 200)

    kept.objects.update(wrong=2)

    answer = client.get("/health/?format=json")
    assert (answer.status_code, words in answer.content.decode()) == (500, True)
    assert client.get("/health/live/?format=json").status_code == 200


@pytest.mark.parametrize(
    ("kept", "more"), [(FigureCheck, {}), (Recount, dict.fromkeys(("first", "last", "as_of"), "2026-06-17"))]
)
def test_a_comparison_that_is_not_over_says_nothing_yet(
    client: Browser, db: None, kept: type[FigureCheck | Recount], more: dict[str, Any]
) -> None:
    kept.objects.create(started_at=timezone.now(), wrong=2, **more)

    assert client.get("/health/?format=json").status_code == 200

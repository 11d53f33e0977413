"""The health page: what the last comparisons of the figures found, which a balancer is not told."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.utils import timezone

from analytics import tasks
from analytics.models import FigureCheck, Recount
from clients.models import Client
from crm_site.backups import keeping
from messaging import sending
from messaging.models import Lane, Message
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


def _whole(client: Browser) -> tuple[int, str]:
    answer = client.get("/health/?format=json")
    return answer.status_code, answer.content.decode()


def test_the_page_tells_of_sending_that_is_closed_or_stuck(client: Browser, card: Client) -> None:
    now = timezone.now()
    assert _whole(client)[0] == 200
    Message.objects.create(
        client=card,
        occasion_key="code:1",
        lane=Lane.URGENT,
        send_after=now - timedelta(minutes=20),
        expires_at=now + timedelta(hours=1),
    )
    assert (_whole(client)[0], "quarter of an hour" in _whole(client)[1]) == (500, True)

    sending.close(as_of=now, now=now)

    assert "closed since a restore" in _whole(client)[1]
    assert client.get("/health/live/?format=json").status_code == 200


def test_the_page_tells_of_missing_copies_and_of_a_disk_that_fills(
    client: Browser, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.remember_failure("pg_dump is not on this machine")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: (100 << 20, 97 << 20, 3 << 20))

    code, words = _whole(client)

    assert (code, "the last backup failed" in words, "the disk has 3 MB left" in words) == (500, True, True)
    assert "pg_dump" not in words

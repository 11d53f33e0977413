"""MoySklad is asked for its documents: all of them, each once, at its own pace."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from exchange import gateways, pulling, services
from exchange.documents import applying
from exchange.gateways import Fetched
from exchange.models import Pull, TillDocument
from exchange.sealing import opened
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from tests.exchange.conftest import MakeTill
from tests.exchange.storage import BEGAN, Storage, written

SINCE = datetime(2026, 5, 5, tzinfo=UTC)


@pytest.fixture
def storage(settings: Settings) -> Iterator[Storage]:
    made = Storage()
    settings.MOYSKLAD_URL = made.address
    yield made
    made.close()


@pytest.fixture
def account(make_till: MakeTill, storage: Storage) -> Pull:
    return pulling.begin(make_till("МойСклад").source, storage.token, since=SINCE)


def again() -> int:
    """The next turn, whenever it is due."""
    Pull.objects.update(due_at=timezone.now())
    return pulling.pull()


def kept() -> list[str]:
    return sorted(TillDocument.objects.values_list("external_id", flat=True))


def test_sales_and_returns_become_receipts_once(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)
    storage.sells(2, after=timedelta(hours=1))
    storage.takes_back(1, after=timedelta(hours=2))

    assert (pulling.pull(), pulling.pull(), again(), again()) == (3, 0, 0, 0)

    applying.apply_received()
    assert (Purchase.objects.count(), Piece.objects.exclude(returned_on=None).count()) == (2, 1)
    account.refresh_from_db()
    assert (account.words, account.failing_since, account.taken_at is not None) == ("", None, True)


def test_what_was_sent_already_is_known_again(account: Pull, storage: Storage, store: Store) -> None:
    row = storage.sells(1)
    _key, secret = services.issue_key(account.source)
    browser = Browser(headers={"Authorization": f"Bearer {secret}"})
    assert browser.post("/api/tills/moysklad/", row, content_type="application/json").status_code == 200

    assert (pulling.pull(), kept()) == (0, ["s-1"])


def test_pages_follow_each_other_though_rows_move_meanwhile(account: Pull, storage: Storage, store: Store) -> None:
    for number in range(250):
        storage.sells(number, after=timedelta(seconds=number))

    def moves() -> None:
        """Before each page the oldest one is changed: it goes to the end, and all others forward by one."""
        moved = storage.rows["retaildemand"].pop(0)
        storage.rows["retaildemand"].append({**moved, "updated": written(BEGAN + timedelta(hours=1, seconds=len(storage.asked)))})

    storage.before_page = moves
    pulling.pull()

    assert len(kept()) == 250


def test_a_whole_page_of_one_second_is_passed_by(account: Pull, storage: Storage, store: Store) -> None:
    for number in range(230):
        storage.sells(number)
    storage.sells(999, after=timedelta(minutes=1))

    assert pulling.pull() == 231


def test_a_change_that_was_committed_late_is_not_missed(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1, after=timedelta(hours=1))
    pulling.pull()
    storage.sells(2, after=timedelta(minutes=55))

    assert (again(), kept()) == (1, ["s-1", "s-2"])


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"X-Lognex-Retry-After": "4500"}, 4.5), ({"Retry-After": "30"}, 30), ({"X-Lognex-Reset": "2000", "X-Lognex-Retry-After": "0"}, 2),
     ({"X-Lognex-Retry-TimeInterval": "3000"}, 3), ({}, 1), ({"Retry-After": "99999999"}, 3600), ({"Retry-After": "soon"}, 1)],
)  # fmt: skip
def test_too_many_requests_wait_as_long_as_they_are_told(
    headers: dict[str, str], seconds: float, account: Pull, storage: Storage, store: Store
) -> None:
    storage.sells(1)
    storage.refusals.append((429, headers))
    before = timezone.now()

    assert pulling.pull() == 0

    account.refresh_from_db()
    assert 0 <= (account.due_at - before).total_seconds() - seconds < 5
    assert (len(storage.asked), account.failing_since, again()) == (1, None, 1)


def test_a_pace_that_is_used_up_is_no_fault_and_what_was_kept_stays(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1)
    storage.takes_back(1)
    storage.remaining = 0
    assert (pulling.pull(), len(storage.asked), kept()) == (1, 1, ["s-1"])

    storage.remaining = 44

    assert (again(), kept()) == (1, ["r-1", "s-1"])


def test_a_turn_that_breaks_off_goes_on_from_where_it_was(account: Pull, storage: Storage, store: Store) -> None:
    for number in range(150):
        storage.sells(number, after=timedelta(minutes=number))
    answers: Iterator[int] = iter(range(9))

    def breaks() -> None:
        if next(answers) == 1:
            storage.refusals.append((503, {}))

    storage.before_page = breaks
    assert pulling.pull() == 100
    account.refresh_from_db()
    assert (account.failing_since is not None, str(account.words)[:3]) == (True, "503")

    assert again() == 50
    assert storage.asked[2][1]["filter"] == "updated>=2026-05-05 13:29:00"


def test_a_token_that_is_refused_is_not_asked_every_minute(account: Pull, storage: Storage) -> None:
    storage.token = "another"

    assert (pulling.pull(), pulling.pull(), len(storage.asked)) == (0, 0, 1)

    account.refresh_from_db()
    assert account.due_at > timezone.now() + timedelta(minutes=25)
    with translation.override("en"):
        assert str(account.words) == "the token is refused (401): make a new one in MoySklad"
    with translation.override("ru"):
        assert str(account.words).startswith("МойСклад не принял токен (401)")


def test_the_base_keeps_no_token_that_opens(account: Pull, storage: Storage, settings: Settings) -> None:
    assert (storage.token in account.token, opened(account.token)) == (False, storage.token)

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []

    assert (pulling.pull(), storage.asked) == (0, [])


def test_drafts_are_passed_over_and_strange_ones_are_kept_refused(account: Pull, storage: Storage, store: Store) -> None:
    storage.sells(1, applicable=False)
    storage.sells(2)["positions"] = {"meta": {"size": 1}}
    storage.sells(3)

    assert (pulling.pull(), kept(), again()) == (1, ["?", "s-3"], 0)


def test_another_token_and_beginning_given_meanwhile_hold(
    account: Pull, storage: Storage, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.sells(1)

    def gives_another(address: str, headers: dict[str, str]) -> Fetched:
        answer = gateways.fetch(address, headers)
        pulling.begin(account.source, "another", since=SINCE)
        return answer

    monkeypatch.setattr(pulling, "fetch", gives_another)

    pulling.pull()

    held = Pull.objects.get()
    assert (held.reached, opened(held.token), held.due_at <= timezone.now()) == ({}, "another", True)


@given(moments=st.lists(st.integers(0, 60), max_size=12), page=st.integers(1, 4))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_moments_and_pages_all_come_once(
    moments: list[int], page: int, account: Pull, storage: Storage, store: Store
) -> None:
    storage.rows["retaildemand"] = []
    for number, tenths in enumerate(moments):
        storage.sells(number, after=timedelta(milliseconds=100 * tenths))

    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(pulling, "PAGE", page)
        told = again(), kept(), again()
        transaction.set_rollback(True)

    assert told == (len(moments), sorted(f"s-{number}" for number in range(len(moments))), 0)


def test_the_admin_gives_a_token_and_switches(admin: Employee, signed_in: Any, make_till: MakeTill, storage: Storage) -> None:
    browser, source = signed_in(admin), make_till("МойСклад").source
    said = {"source": source.pk, "token": storage.token, "since": "2026-05-05"}

    wrong = [
        browser.post("/exchange/moysklad/", {**said, **more}).status_code for more in ({"token": "а б"}, {"since": "2099-01-01"})
    ]
    assert (wrong, Pull.objects.count()) == ([422, 422], 0)
    assert browser.post("/exchange/moysklad/", said).status_code == 302
    page = browser.get("/exchange/moysklad/").content.decode()

    made = Pull.objects.get()
    assert (storage.token in page, made.since.isoformat()) == (False, "2026-05-04T14:00:00+00:00")
    browser.post(f"/exchange/moysklad/{made.pk}/switch/", {"to": "off"})
    assert (pulling.pull(), storage.asked) == (0, [])
    browser.post(f"/exchange/moysklad/{made.pk}/switch/", {"to": "on"})
    pulling.pull()
    assert len(storage.asked) == 4

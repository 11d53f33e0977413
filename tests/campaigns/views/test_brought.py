"""The page that tells what it all brought, and the clients behind its numbers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.models import Snapshot
from campaigns.models import Program
from clients.models import Client
from stores.models import Employee, Store
from tests.campaigns.effects.test_following import contacted, greeted
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from visits.models import StaleDay

PAGE, CLIENTS = "/campaigns/brought/?period=year", "/campaigns/brought/clients/?period=year"


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


def bought(client: Client, sell: Sell, source: str = "silent", price: int = 1_000) -> None:
    today = timezone.localdate()
    contacted(client, today, source)
    sell(client, today, price)


def shown(desk: Browser, more: str = "") -> Any:
    return desk.get(PAGE + more).context


def test_a_chain_that_contacted_nobody_is_told_so(desk: Browser) -> None:
    answer = desk.get(PAGE)

    assert (answer.status_code, answer.context["rows"], answer.context["kept"]) == (200, [], 0)


def test_the_rows_have_names_kinds_and_pages(desk: Browser, card: Client, sell: Sell, store: Store) -> None:
    bought(card, sell)
    bought(ClientFactory.create(home_store=store), sell, "event:5", 10)
    bought(ClientFactory.create(home_store=store), sell, "campaign:999", 1)

    rows = [(row["source"], str(row["kind"]), row.get("href")) for row in shown(desk)["rows"]]
    silent = Program.objects.get(key="silent")
    assert rows == [
        ("silent", "сценарий", f"/programs/{silent.pk}/#effect"), ("event:5", "вечер", "/evenings/5/"),
        ("campaign:999", "кампания", "/campaigns/999/"),
    ]  # fmt: skip
    assert [row["name"] for row in shown(desk)["rows"]] == [silent.title, "вечер 5", "кампания 999"]


def test_what_followed_stands_beside_the_revenue(desk: Browser, card: Client, sell: Sell, store: Store) -> None:
    bought(card, sell)
    sell(None, timezone.localdate(), 3_000, no_card_reason="declined")

    context = shown(desk)

    assert (context["whole"]["revenue"], context["kept"], context["share"]) == (1_000, 4_000, 25)
    assert [(row["name"], row["revenue"], row["kept"]) for row in context["stores"]] == [(store.name, 1_000, 4_000)]
    assert [row["revenue"] for row in context["months"]] == [1_000]


def test_one_source_is_looked_at_by_month(desk: Browser, card: Client, sell: Sell, store: Store) -> None:
    bought(card, sell)
    bought(ClientFactory.create(home_store=store), sell, "care", 10)

    assert [row["revenue"] for row in shown(desk, "&source=care")["months"]] == [10]
    assert [row["revenue"] for row in shown(desk, "&source=nothing")["months"]] == [1_010]


def test_each_number_opens_its_clients(desk: Browser, card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    bought(card, sell)
    other = ClientFactory.create(home_store=store)
    bought(other, sell, "care", 10)

    def behind(more: str) -> list[int]:
        return [client.pk for client in desk.get(CLIENTS + more).context["page"]]

    assert (behind("&source=care"), set(behind(""))) == ([other.pk], {card.pk, other.pk})
    assert desk.get(CLIENTS + f"&store={other_store.pk}").status_code == 404


def test_the_page_asks_as_often_however_many_sources(desk: Browser, store: Store, sell: Sell, program: Program) -> None:
    def asked() -> int:
        StaleDay.objects.all().delete(), Snapshot.objects.all().delete()
        shown(desk)  # computed and kept
        with CaptureQueriesContext(connection) as queries:
            shown(desk)
        return len(queries)

    for source in ("silent", "event:5"):
        bought(ClientFactory.create(home_store=store), sell, source)
    few = asked()
    for source in ("care", "event:6", "second"):
        bought(ClientFactory.create(home_store=store), sell, source)
    greeted(program, ClientFactory.create(home_store=store), timezone.localdate() - timedelta(days=1))
    assert asked() == few


def test_sellers_do_not_see_it(seller: Employee, signed_in: SignIn) -> None:
    assert [signed_in(seller).get(address).status_code for address in (PAGE, CLIENTS)] == [403, 403]

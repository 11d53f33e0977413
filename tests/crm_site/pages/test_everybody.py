"""Whom a question about all clients means, and a task about some of them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict

from clients.models import Client, Purpose
from clients.services import record_consents
from crm_site.pages import everybody
from messaging.models import Errand
from stores.models import Employee, Store
from tests.factories import ClientFactory, phone_of

TODAY = date(2026, 6, 17)


def clients_of(address: str, stores: list[Store] | None = None) -> list[Client]:
    return list(everybody.Question(QueryDict(address), stores=stores, today=TODAY).clients)


def said(**more: Any) -> dict[str, Any]:
    return {
        "reason": "Новая коллекция",
        "script": "",
        "due_on": TODAY,
        "nature": "service",
        "topic": "offer",
        "is_shared": False,
        "round_key": "r1",
        **more,
    }


def test_words_and_conditions_narrow_together(store: Store, other_store: Store) -> None:
    wanted = ClientFactory.create(home_store=store, last_name="Жукова")
    ClientFactory.create(home_store=other_store, last_name="Жукова")
    ClientFactory.create(home_store=store, last_name="Белова")

    address = f"q=жукова&w0=home&g0=0&p0_store={store.pk}"

    assert clients_of(address) == [wanted]
    assert clients_of("q=жукова", stores=[store]) == [wanted]
    assert clients_of(f"q={phone_of(wanted)}") == [wanted]


def test_the_usual_questions_all_can_be_asked(store: Store) -> None:
    card = ClientFactory.create(home_store=store)
    asked = {words: clients_of(address) for words, address in everybody.presets()}

    assert asked[next(iter(asked))] == [card]
    assert len(asked) == 7


def test_only_live_clients_of_the_stores_are_chosen(store: Store, other_store: Store) -> None:
    mine, foreign = ClientFactory.create(home_store=store), ClientFactory.create(home_store=other_store)
    query = QueryDict(f"pk={mine.pk}&pk={foreign.pk}&pk=x")

    assert list(everybody.chosen(query, stores=[store], sees_chain=False, today=TODAY)) == [mine]
    assert len(everybody.chosen(query, stores=[store], sees_chain=True, today=TODAY)) == 2
    assert list(everybody.chosen(QueryDict("all=on&question="), stores=[store], sees_chain=False, today=TODAY)) == [mine]


def test_an_offer_goes_only_about_those_who_may_be_called(store: Store, seller: Employee) -> None:
    agreed, silent = ClientFactory.create(home_store=store), ClientFactory.create(home_store=store)
    record_consents(agreed, {Purpose.CALLS: True}, by=seller, where=store)

    told = everybody.give_task(Client.objects.order_by("pk"), said(nature="advertising"), store=store, by=seller.pk)

    assert told == (1, 1)
    assert Errand.objects.get().client == agreed
    assert silent.errands.count() == 0


def test_a_form_sent_twice_gives_the_task_once(store: Store, seller: Employee) -> None:
    ClientFactory.create(home_store=None)

    first, second = (everybody.give_task(Client.objects.all(), said(), store=store, by=seller.pk) for _time in range(2))

    assert (first, second) == ((1, 0), (0, 0))
    errand = Errand.objects.get()
    assert (errand.store, errand.is_service, errand.due_on) == (store, True, TODAY)


@pytest.mark.parametrize(("days", "is_valid"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_task_is_due_within_a_year(days: int, is_valid: bool) -> None:
    filled = {**said(), "due_on": f"{TODAY + timedelta(days=days):%Y-%m-%d}"}

    assert everybody.TaskForm(filled, today=TODAY).is_valid() is is_valid

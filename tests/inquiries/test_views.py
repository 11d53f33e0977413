"""The counter: one key and two fields; the board and what came of an inquiry."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from inquiries.models import Inquiry, LostReason, State
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.factories import phone_of
from tests.inquiries.conftest import Ask

NEW, BOARD = reverse("inquiries:did_not_buy"), reverse("inquiries:board")


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def page(inquiry: Inquiry) -> str:
    return reverse("inquiries:inquiry", args=[inquiry.pk])


def test_two_fields_are_an_inquiry(browser: Browser, store: Store, seller: Employee) -> None:
    key = str(uuid4())
    for _press in range(2):
        answer = browser.post(NEW, {"wish": "кольцо 17,5", "phone": "8 914 701-22-33", "source": "counter", "form_key": key})

    inquiry = Inquiry.objects.get()
    assert answer["Location"] == page(inquiry)
    assert (inquiry.phone, inquiry.store, inquiry.seller, inquiry.state) == ("+79147012233", store, seller, State.NEW)


def test_from_a_card_nothing_but_the_wish_is_typed(browser: Browser, card: Client) -> None:
    assert browser.get(f"{NEW}?client={card.pk}").context["form"]["client"].value() == card.pk

    browser.post(NEW, {"wish": "серьги", "client": card.pk, "source": "counter", "form_key": uuid4()})

    assert [inquiry.wish for inquiry in card.inquiries.all()] == ["серьги"]
    assert browser.get(reverse("pages:card", args=[card.pk])).context["wished"][0].inquiry == card.inquiries.get()


@pytest.mark.parametrize("said", [{}, {"phone": "12"}, {"source": "form", "wish": "кольцо"}])
def test_an_empty_or_wrong_form_is_asked_again(browser: Browser, said: dict[str, str]) -> None:
    assert browser.post(NEW, {"source": "counter", "form_key": uuid4(), **said}).status_code == 422
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(("asked", "found"), [("", ["late", "soon"]), ("due=late", ["late"]), ("due=today", []), ("state=lost", ["lost"]),
                                              ("due=woken", []), ("state=none", ["late", "soon", "lost"])])  # fmt: skip
def test_the_board_by_state_and_day(browser: Browser, ask: Ask, other_store: Store, asked: str, found: list[str]) -> None:
    late, _soon = ask("late", phone="+79147012233"), ask("soon", phone="+79147012234")
    ask("lost"), ask("foreign", phone="+79147012235", store=other_store)
    Inquiry.objects.filter(pk=late.pk).update(next_on=late.came_on - timedelta(days=1))

    context = browser.get(f"{BOARD}?{asked}").context

    assert [inquiry.wish for inquiry in context["page"]] == found
    assert [n for _value, _label, n in context["states"]] == [2, 0, 0, 0, 1]


@pytest.mark.parametrize("count", [1, 20])
def test_the_board_costs_the_same(
    browser: Browser, ask: Ask, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        ask(phone=f"+7914701{number:04d}")
    browser.get(BOARD)

    with django_assert_max_num_queries(11):
        browser.get(BOARD)


def step(browser: Browser, inquiry: Inquiry, **said: Any) -> int:
    address = reverse("inquiries:step", args=[inquiry.pk])
    return browser.post(address, {"opened": inquiry.state, **said}).status_code


def test_what_came_of_it_is_written_down(browser: Browser, ask: Ask, store: Store) -> None:
    inquiry, day = ask(phone="+79147012233"), store.today() + timedelta(days=3)

    assert step(browser, inquiry, to="agreed", next_on=f"{day:%d.%m.%Y}") == 302
    assert step(browser, inquiry, to="lost", lost_reason="price") == 302  # seen as new, which it is no more

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.next_on, inquiry.lost_reason) == (State.AGREED, day, "")


@pytest.mark.parametrize("said", [{"to": "agreed"}, {"to": "lost"}, {"to": "won"}, {"to": "agreed", "next_on": "01.02.2020"}])
def test_a_step_that_says_too_little_is_refused(browser: Browser, ask: Ask, said: dict[str, str]) -> None:
    inquiry = ask(phone="+79147012233")

    assert step(browser, inquiry, **said) == 422

    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.steps) == (State.NEW, 0)


def test_an_inquiry_of_another_store_is_not_there(browser: Browser, ask: Ask, other_store: Store) -> None:
    foreign, nobodys = ask(phone="+79147012233", store=other_store), ask(phone="+79147012234", store=None)

    assert [browser.get(page(one)).status_code for one in (foreign, nobodys)] == [404, 200]
    assert step(browser, foreign, to="contacted") == 404
    foreign.refresh_from_db()
    assert foreign.state == State.NEW


def test_opening_the_card_finds_the_receipt(browser: Browser, ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    inquiry = ask(phone=phone_of(card))
    sell(card, store.today(), 100)

    browser.get(reverse("pages:card", args=[card.pk]))

    inquiry.refresh_from_db()
    assert inquiry.state == State.WON
    assert browser.get(page(inquiry)).context["articles"] == []


def test_opening_the_inquiry_finds_the_receipt(browser: Browser, ask: Ask, card: Client, sell: Sell, store: Store) -> None:
    inquiry = ask(phone=phone_of(card), lost_reason=LostReason.PRICE)
    sell(card, store.today(), 100)

    assert browser.get(page(inquiry)).context["inquiry"].state == State.WON

"""Errands, one question, two cards of one person: by the people who do them."""

import pytest
from playwright.sync_api import expect

from clients import merging
from clients.models import CardState, Client
from messaging import errands
from messaging.models import Errand, Hold
from purchases.models import Review, ServiceRequest
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_errand_is_done_by_one_key_and_taken_back(seller, store, visit):
    card = ClientFactory.create(home_store=store)
    made = errands.ask_for(card, store=store, occasion_key="x", reason="Позвонить", due_on=store.today(), is_service=True)
    page = visit(seller, width=390)
    page.goto("/errands/")
    expect(page.get_by_role("link", name="+7 914")).to_be_visible()

    page.keyboard.press("d")
    page.get_by_text("Записано.").wait_for()

    made.refresh_from_db()
    assert made.outcome == Errand.Outcome.DONE
    page.get_by_role("button", name="Отменить").click()
    page.get_by_text("Снова в работе.").wait_for()
    made.refresh_from_db()
    assert made.outcome == Errand.Outcome.OPEN


def test_an_unhappy_client_is_heard_without_scripts(store, browser, live_server, transactional_db):
    card = ClientFactory.create(home_store=store)
    fetched = ServiceRequest.objects.create(
        store=store, client=card, number="1-000001", accepted_on=store.today(), kind="cleaning", status="handed_out"
    )
    review = Review.objects.create(client=card, store=store, request=fetched, asked_on=store.today())
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 360, "height": 700}, java_script_enabled=False, locale="ru-RU"
    )
    page = context.new_page()
    page.goto(f"/r/{review.token}/")

    page.get_by_label("3", exact=True).check(force=True)
    page.get_by_label("Своими словами").fill("Камень шатается")
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("Магазин скоро вам позвонит").wait_for()
    context.close()

    assert (Errand.objects.get().script, Hold.objects.get().client) == ("Камень шатается", card)


def test_two_cards_become_one_and_two_again(manager, store, visit):
    card = ClientFactory.create(home_store=store)
    twin = ClientFactory.create(home_store=store, last_name="Петрова")
    merging.propose(card, twin, by=manager)
    page = visit(manager)
    page.goto("/clients/pairs/")
    page.get_by_role("link", name="Сравнить").click()
    page.wait_for_url("**/clients/merge/**")

    page.locator("input[name=last_name][value=absorbed]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_url(f"**/clients/{card.pk}/")

    assert Client.objects.get(pk=card.pk).last_name == "Петрова"
    page.get_by_role("button", name="Отменить").click()
    page.get_by_text("Снова две карты").wait_for()
    assert Client.objects.get(pk=twin.pk).state == CardState.COMPLETE

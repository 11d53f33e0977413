"""Errands, one question, cards and what is on them: by the people who do them."""

import json

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from clients.models import CardState, Client, ContactProof
from clients.sameness import merging
from messaging import errands
from messaging.models import Errand, Message, Pause
from portal.models import Review
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory
from tests.messaging.sending import code_in
from tests.present import present
from workshop.models import ServiceRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_errand_is_done_by_one_key_and_taken_back(seller: Employee, store: Store, visit: OpenPage, width: int) -> None:
    card = ClientFactory.create(home_store=store)
    made, _new = errands.ask_for(card, store=store, occasion_key="x", reason="Позвонить", due_on=store.today(), is_service=True)
    page = visit(seller, width=width)
    page.goto("/errands/")
    expect(page.get_by_role("link", name="+7 914")).to_be_visible()

    page.keyboard.press("1")
    page.get_by_text("Сохранено.").wait_for()

    made.refresh_from_db()
    assert made.outcome == Errand.Outcome.DONE
    page.get_by_role("button", name="Отменить").click()
    page.get_by_text("Задача снова в списке.").wait_for()
    made.refresh_from_db()
    assert made.outcome == Errand.Outcome.OPEN


def test_an_unhappy_client_is_heard_without_scripts(
    store: Store, browser: Chromium, live_server: LiveServer, transactional_db: None
) -> None:
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
    page.get_by_label("Комментарий, если хотите").fill("Камень шатается")
    page.get_by_role("button", name="Отправить").click()
    page.get_by_text("Мы скоро вам позвоним").wait_for()
    context.close()

    assert (Errand.objects.get().script, Pause.objects.get().client) == ("Камень шатается", card)


def test_two_cards_become_one_and_two_again(manager: Employee, store: Store, visit: OpenPage, width: int) -> None:
    card = ClientFactory.create(home_store=store)
    twin = ClientFactory.create(home_store=store, last_name="Петрова")
    merging.propose(card, twin, by=manager)
    page = visit(manager, width=width)
    page.goto("/clients/pairs/")
    page.get_by_role("link", name="Сравнить").click()
    page.wait_for_url("**/clients/merge/**")

    page.locator("input[name=last_name][value=absorbed]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.wait_for_url(f"**/clients/{card.pk}/")

    assert Client.objects.get(pk=card.pk).last_name == "Петрова"
    page.get_by_role("button", name="Отменить").click()
    page.get_by_text("Снова две карточки").wait_for()
    assert Client.objects.get(pk=twin.pk).state == CardState.COMPLETE


def test_a_phone_is_confirmed_by_the_code_that_the_client_reads_out(
    seller: Employee, card: Client, visit: OpenPage, width: int
) -> None:
    page = visit(seller, width=width)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_text("Подтвердить кодом").first.click()
    page.get_by_role("button", name="Отправить код").first.click()
    page.wait_for_url(f"**/clients/{card.pk}/")
    page.get_by_text("Подтвердить кодом").first.click()
    page.get_by_label("Клиент называет код").first.fill(code_in(Message.objects.get(source="code")))
    page.get_by_role("button", name="Подтвердить", exact=True).first.click()

    expect(page.get_by_text("подтверждён").first).to_be_visible()
    assert ContactProof.objects.get().state == "confirmed"


def test_a_present_is_sold_for_somebody_by_one_key(seller: Employee, card: Client, visit: OpenPage, width: int) -> None:
    page = visit(seller, width=width)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("link", name="Добавить близкого", exact=True).click()
    page.locator("#id_first_name").fill("Ольга")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url(f"**/clients/{card.pk}/")

    page.goto(f"/sales/new/?client={card.pk}")
    page.locator("#id_pieces-0-article").fill("R1000-0001")
    page.locator("#id_pieces-0-kind").select_option("ring")
    page.locator("#id_pieces-0-price").fill("12 000")
    page.keyboard.press("Alt+1")
    page.get_by_role("button", name="Сохранить продажу").click()
    page.wait_for_url(f"**/clients/{card.pk}/")

    assert present(Purchase.objects.get().wearer).first_name == "Ольга"


def test_a_person_takes_all_that_we_hold_and_is_erased(admin: Employee, card: Client, visit: OpenPage, width: int) -> None:
    number, surname = card.pk, card.last_name
    page = visit(admin, width=width)
    page.goto(f"/clients/{card.pk}/everything/")
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    assert surname in json.dumps(json.loads(download.value.path().read_text()), ensure_ascii=False)

    page.goto(f"/clients/{number}/erase/")
    page.get_by_label("Номер карточки").fill(str(number))
    page.locator("#id_basis").fill("заявление от 20.11.2026")
    page.get_by_role("button", name="Удалить навсегда").click()
    page.wait_for_url("**/clients/erasures/**")
    assert surname not in page.locator("main").inner_text()
    assert Client.objects.get(pk=number).last_name != surname

"""What goes together is offered while pieces are scanned; an hour is agreed on, chosen by the client, and they come."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clients.models import Client
from inquiries.appointments import links
from inquiries.models import Appointment, Coming
from purchases.companions import arms
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_pair_made_by_hand_is_offered_at_the_next_scan(
    visit: OpenPage, admin: Employee, seller: Employee, store: Store
) -> None:
    page = visit(admin)
    page.goto("/companions/")
    page.select_option("[name=base_kind]", "ring")
    page.fill("[name=with_articles]", "E-200")
    page.fill("[name=words]", "К кольцу покажите серьги")
    page.get_by_role("button", name="Добавить пару").click()
    expect(page.get_by_text("Предлагаем с этой минуты")).to_be_visible()
    _look(page, "companions")

    client = next(one for one in (ClientFactory.create(home_store=store) for _n in range(99)) if arms.sees(one.pk))
    sale = visit(seller)
    sale.goto(f"/sales/new/?client={client.pk}")
    sale.keyboard.type("R-100")
    sale.keyboard.press("Enter")
    expect(sale.locator("[data-companions]")).to_contain_text("К кольцу покажите серьги")
    expect(sale.locator("[name=pieces-0-price]")).to_be_focused()
    _look(sale, "companions-sale")

    page.goto("/companions/")
    page.get_by_role("button", name="Убрать").click()
    page.get_by_role("button", name="Вернуть").click()
    expect(page.get_by_text("Снова предлагаем")).to_be_visible()
    page.goto("/goes-together/")
    _look(page, "companions-figure")


def test_an_hour_is_chosen_by_the_client_and_they_come(visit: OpenPage, seller: Employee, card: Client, store: Store) -> None:
    page = visit(seller)
    page.goto(f"/clients/{card.pk}/")
    page.get_by_role("link", name="Встреча").click()
    page.locator(".chips a.num").last.click()
    page.fill("[name=articles]", "R-100")
    _look(page, "appointment-new")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Встреча назначена")).to_be_visible()
    _look(page, "appointment")

    guest = visit(seller).context.browser.new_context(locale="ru-RU").new_page()  # type: ignore[union-attr]
    guest.goto(f"{page.url.partition('/appointments')[0]}/a/{links.token_for(client=card.pk)}/")
    expect(guest.get_by_role("heading", name="Ждём вас")).to_be_visible()
    guest.get_by_role("link", name="Выбрать другое время").click()
    _look(guest, "choose")
    guest.locator("form.hours button").first.click()
    expect(guest.get_by_text("Время за вами")).to_be_visible()
    guest.context.close()

    one = Appointment.objects.get()
    page.goto(f"/appointments/?day={one.local:%Y-%m-%d}")
    _look(page, "day")
    page.keyboard.press("c")
    expect(page.get_by_text("Визит состоялся").first).to_be_visible()
    page.get_by_role("button", name="Отменить").click()
    expect(page.get_by_role("button", name="Визит состоялся")).to_be_visible()
    one.refresh_from_db()
    assert (one.state, one.steps.count()) == (Coming.BOOKED, 4)

    Appointment.objects.update(starts_at=timezone.now() + timedelta(minutes=5))
    page.goto("/")
    _look(page, "today")
    page.goto(f"/clients/{card.pk}/")
    _look(page, "card")


def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("LOOK"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})

"""An owner sets the chain up, and a store's people share a tablet."""

import pytest
from playwright.sync_api import expect

from stores import rules
from stores.models import Employee, Role, Store
from stores.recognising import pins
from tests import factories
from tests.browser.conftest import OpenPage
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_setting_is_changed_refused_and_put_back(visit: OpenPage, admin: Employee, width: int) -> None:
    rules.forget()
    page = visit(admin, width=width)
    page.goto("/settings/messages/")

    page.get_by_label("Не больше за 30 дней").fill("1")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".invalid-feedback")).to_contain_text("2 или больше")
    page.get_by_label("Не больше за 30 дней").fill("8")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#changes")).to_contain_text("4 → 8")
    page.get_by_role("button", name="Вернуть").first.click()

    expect(page.get_by_label("Не больше за 30 дней")).to_have_value("4")


def test_two_sellers_share_a_tablet_and_what_one_typed_waits(visit: OpenPage, seller: Employee, store: Store) -> None:
    colleague = factories.employee(Role.SELLER, store)
    Employee.objects.filter(pk=colleague.pk).update(first_name="Ольга", language="ru")
    for person, pin in ((seller, "4071"), (colleague, "5093")):
        pins.give(person, pin)
    page = visit(seller, width=820)
    page.goto("/pin/")
    page.get_by_role("button", name="Сделать общим для магазина").click()
    expect(page.get_by_text("Теперь это общее устройство")).to_be_visible()
    page.goto("/clients/register/")
    page.fill("[name=last_name]", "Громова")

    page.locator(".head .menu:not(.more) summary").click()
    page.get_by_role("button", name="Сменить сотрудника").click()
    page.get_by_role("link", name="Меня здесь нет").click()
    page.fill("#id_login", colleague.username)
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("[name=last_name]")).to_have_value("")
    page.locator(".head .menu:not(.more) summary").click()
    page.get_by_role("button", name="Сменить сотрудника").click()
    page.get_by_text("Анна В.").click()
    page.fill("#id_pin", "4071")
    page.keyboard.press("Enter")

    expect(page.locator("[name=last_name]")).to_have_value("Громова")

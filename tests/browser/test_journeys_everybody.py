"""The list of all clients, walked by a manager."""

import pytest
from playwright.sync_api import expect

from messaging.models import Errand
from stores.models import Employee, Store
from tests.browser.conftest import OpenPage
from tests.factories import ClientFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390], ids=["desktop", "phone"])
def test_a_list_is_narrowed_ticked_and_becomes_tasks(manager: Employee, store: Store, visit: OpenPage, width: int) -> None:
    for name in ("Авдеева", "Белова", "Жукова"):
        ClientFactory.create(home_store=store, last_name=name)
    page = visit(manager, width=width)
    page.goto("/clients/")

    page.locator("[name=add]").select_option("never")
    expect(page.get_by_role("link", name="ни разу ничего не купили и не сдали в сервис")).to_be_visible()
    page.get_by_label("Белова", exact=False).check()
    page.get_by_label("Жукова", exact=False).check()
    page.get_by_role("button", name="Задача по отмеченным…").click()
    page.get_by_label("Для чего").fill("Пригласить на показ")
    page.get_by_label("Что это").select_option("service")
    page.get_by_role("button", name="Поставить задачу").click()
    page.wait_for_url("**/errands/")

    assert sorted(Errand.objects.values_list("client__last_name", flat=True)) == ["Белова", "Жукова"]

"""An admin brings in lists whose words nobody knows, and explains them once."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from imports.models import ValueMeaning
from purchases.models import Purchase
from stores.models import Employee, Role, Store
from tests import factories
from tests.browser.conftest import OpenPage
from tests.conftest import DATA
from tests.lists import bring

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTS = DATA / "field-reports"
SPELLINGS = REPORTS / "purchases-store-spellings.csv"


@pytest.fixture
def admin(transactional_db: None) -> Employee:
    """An admin of a chain of two stores that knows the two people of the reports."""
    bring("clients", REPORTS / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")
    return factories.employee(Role.ADMIN)


def upload(page: Page, path: Path) -> None:
    page.goto("/lists/")
    page.get_by_label("Что в списке").select_option("purchases")
    page.get_by_label("Файл").set_input_files(str(path))
    page.get_by_label("Откуда список").fill("LAB")
    page.get_by_role("button", name="Загрузить и посмотреть").click()
    page.get_by_role("button", name="Подготовить предпросмотр").click()


def test_stores_are_explained_once_by_keyboard(admin: Employee, visit: OpenPage, width: int, tmp_path: Path) -> None:
    page = visit(admin, width=width)
    upload(page, SPELLINGS)
    page.get_by_role("heading", name="Что значат эти слова?").wait_for()
    for label in ("Дуэт", "duet", "ТЦ Роскошь-Дуэт", "Какого магазина этот файл?"):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        expect(page.get_by_label(label, exact=True)).to_have_value("roskosh-duet")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Подготовить предпросмотр").press("Enter")
    page.get_by_role("button", name="Записать в базу").click()
    page.get_by_text("Записан в базу.").wait_for()
    assert set(Purchase.objects.values_list("store__code", "client__last_name")) == {("roskosh-duet", "Лабин")}
    assert (Purchase.objects.count(), ValueMeaning.objects.filter(by=admin).count()) == (9, 4)

    following = tmp_path / "following.csv"
    following.write_bytes(b"\n".join(SPELLINGS.read_bytes().splitlines()[:-1]))
    upload(page, following)
    expect(page.get_by_role("button", name="Записать в базу")).to_be_visible()
    expect(page.get_by_role("heading", name="Что значат эти слова?")).to_have_count(0)


def test_rows_of_an_applied_list_go_on_without_scripts(admin: Employee, visit: OpenPage) -> None:
    found = bring("purchases", REPORTS / "purchases-no-store-column.csv", source="LAB")[0].list_import
    page = visit(admin)
    context = page.context.browser.new_context(  # type: ignore[union-attr]
        base_url=visit.address, java_script_enabled=False, storage_state=page.context.storage_state(), locale="ru-RU"
    )
    visit.contexts.append(context)
    bare = context.new_page()

    bare.goto(f"/lists/{found.pk}/")
    bare.get_by_role("link", name="Объяснить 1 значение").click()
    bare.get_by_label("Какого магазина этот файл?").select_option("Роскошь-Дуэт")
    bare.get_by_role("button", name="Записать ждавшие строки").click()
    bare.wait_for_url(f"**/lists/{found.pk}/")
    bare.reload()

    expect(bare.get_by_text("Записан в базу.")).to_be_visible()
    assert Purchase.objects.count() == 3

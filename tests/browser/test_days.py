"""Days are typed and picked one way: what is typed is what is sent, and what is no day is refused in words."""

import pytest
from playwright.sync_api import expect

from stores.models import Employee
from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERIOD = "/returning/?first=2026-03-01&last=2026-03-31"


@pytest.mark.parametrize("width", [1280, 390])
def test_a_period_is_typed_as_one_writes_it(visit: OpenPage, manager: Employee, width: int) -> None:
    page = visit(manager, width=width)
    page.goto(PERIOD)
    if width < 768:
        page.locator(".fold-narrow > summary").click()
    first, last = page.get_by_label("С", exact=True), page.get_by_label("По", exact=True)
    expect(first).to_have_value("01.03.2026")

    first.fill("5.2.26")
    last.fill("28022026")
    last.press("Enter")

    page.wait_for_url("**first=2026-02-05&last=2026-02-28**")


def test_what_is_no_day_is_said_to_be_none(visit: OpenPage, manager: Employee) -> None:
    page = visit(manager)
    page.goto(PERIOD)

    page.get_by_label("По", exact=True).fill("31.02.2026")
    page.get_by_role("button", name="Показать").click()

    expect(page.locator("#period-error")).to_be_visible()

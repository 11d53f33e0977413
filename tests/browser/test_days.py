"""Days are typed and picked one way: what is typed is what is sent, and what is no day is refused in words."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from campaigns.models import Evening
from clients.models import Client
from stores.models import Employee, Store
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


def test_hours_of_evenings_and_stores_are_typed_as_one_writes_them(
    visit: OpenPage, admin: Employee, store: Store, card: Client
) -> None:
    """In a browser that would write 07:00 PM; a day that is typed anyway has its calendar too."""
    page = visit(admin, language="en")
    day = timezone.localdate() + timedelta(days=9)
    page.goto("/evenings/new/")
    expect(page.locator("#id_starts_at")).to_have_attribute("placeholder", "dd.mm.yyyy hh:mm")
    page.locator("#id_title").fill("Evening")
    page.locator("#id_starts_at").fill(f"{day:%d.%m.%Y} 19.30")
    page.locator("#id_ends_at").fill(f"{day:%d%m%Y}2200")
    expect(page.locator("[name=ends_at]")).to_have_value(f"{day}T22:00")
    page.locator("#id_seats").fill("20")
    page.get_by_role("button", name="Make the evening").click()
    page.wait_for_url(re.compile(r"/evenings/\d+/$"))
    evening = Evening.objects.get()
    page.goto(f"/evenings/{evening.pk}/edit/")
    expect(page.locator("#id_starts_at")).to_have_value(f"{day:%d.%m.%Y} 19:30")
    page.locator("#id_starts_at").fill("in the evening")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#id_starts_at")).to_have_attribute("aria-invalid", "true")

    page.goto(f"/settings/stores/{store.pk}/")
    page.locator("#id_opens_at").fill("930")
    expect(page.locator("[name=opens_at]")).to_have_value("09:30")

    page.goto(f"/sales/new/?client={card.pk}")
    page.locator("#id_sold_on + .day-calendar").evaluate(
        "one => { one.value = '2026-03-05'; one.dispatchEvent(new Event('change')) }"
    )
    expect(page.locator("#id_sold_on")).to_have_value("05.03.2026")

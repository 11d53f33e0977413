"""Pages of the staff: the day, a new appointment, its story; and what leads there."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client
from inquiries.models import Appointment, Reception
from messaging import errands
from messaging.models import Errand
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.inquiries.conftest import Ask


@pytest.fixture
def browser(seller: Employee, signed_in: SignIn) -> Browser:
    return signed_in(seller)


def day_of(store: Store) -> datetime:
    """Noon of a day of next week on which the store works."""
    return datetime.combine(store.today() + timedelta(days=7), datetime.min.time().replace(hour=12), tzinfo=store.zone)


def typed(store: Store, **said: object) -> dict[str, object]:
    at = day_of(store)
    return {"store": store.pk, "day": f"{at:%d.%m.%Y}", "hour": "12:00", "articles": "R-100", "words": "примерить", **said}


def made(browser: Browser, store: Store, client: Client) -> Appointment:
    response = browser.post("/appointments/new/", typed(store, client=client.pk, form_key=str(uuid4())))
    assert response.status_code == 302, response.context["form"].errors
    return Appointment.objects.latest("pk")


def test_one_is_made_from_the_card_and_stands_on_its_day_and_the_card(
    browser: Browser, store: Store, card: Client, seller: Employee
) -> None:
    one = made(browser, store, card)

    day = browser.get("/appointments/", {"day": f"{day_of(store):%Y-%m-%d}"})

    assert (one.starts_at, one.articles, one.steps.get().by) == (day_of(store), "R-100", seller)
    assert [row for group in day.context["groups"] for row in group.rows] == [one]
    assert f"{one.local:%d.%m.%Y, %H:%M}" in browser.get(f"/clients/{card.pk}/").content.decode()


def test_a_taken_hour_is_said_beside_it_and_nothing_typed_is_lost(browser: Browser, store: Store, card: Client) -> None:
    made(browser, store, card)

    said = typed(store, client=ClientFactory.create().pk, form_key=str(uuid4()))
    response = browser.post("/appointments/new/", said)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["hour"])
    assert 'value="R-100"' in response.content.decode()


def test_came_by_one_key_and_back(browser: Browser, store: Store, card: Client) -> None:
    one = made(browser, store, card)
    address = f"/appointments/{one.pk}/settle/"

    browser.post(address, {"to": "came", "version": 0})
    late = browser.post(address, {"to": "absent", "version": 0}, follow=True)
    browser.post(address, {"to": "booked", "version": 1, "next": "day"})

    assert "изменили" in late.content.decode()
    assert list(one.steps.order_by("pk").values_list("state", flat=True)) == ["booked", "came", "booked"]


def test_it_is_moved_and_its_story_says_from_where(browser: Browser, store: Store, card: Client) -> None:
    one = made(browser, store, card)
    address, later = f"/appointments/{one.pk}/", typed(store, hour="15:30", version=0)

    browser.post(f"{address}move/", later)
    stale = browser.post(f"{address}move/", later | {"hour": "16:00"}, follow=True)

    one.refresh_from_db()
    assert (one.local.hour, one.local.minute, len(stale.context["steps"])) == (15, 30, 2)


def test_an_inquiry_without_a_card_comes_too(browser: Browser, store: Store, ask: Ask) -> None:
    inquiry = ask(phone="+79147012233")

    browser.post("/appointments/new/", typed(store, inquiry=inquiry.pk, form_key=str(uuid4())))

    one = Appointment.objects.get()
    assert (one.inquiry, one.client, one.who) == (inquiry, None, inquiry.who)


def test_a_call_that_ended_in_a_day_leads_to_an_hour(browser: Browser, store: Store, card: Client) -> None:
    errand, _new = errands.ask_for(
        card, store=store, occasion_key="offer:1", reason="x", due_on=store.today(), is_service=False, topic=Errand.Topic.OFFER
    )
    day = day_of(store).date()

    page = browser.post(f"/errands/{errand.pk}/close/", {"outcome": "agreed", "next_on": f"{day:%d.%m.%Y}"}, follow=True)

    assert f"/appointments/new/?client={card.pk}&amp;day={day:%Y-%m-%d}" in page.content.decode()


def test_how_a_store_takes_people_is_the_managers(browser: Browser, manager: Employee, store: Store, signed_in: SignIn) -> None:
    address, boss = f"/appointments/stores/{store.pk}/", signed_in(manager)
    opened = boss.get(address).context["form"]["opened"].value()

    saved = boss.post(address, {"at_once": 3, "remind_hours": 2, "is_open": "on", "opened": opened})

    assert (saved.status_code, browser.get(address).status_code) == (302, 403)
    assert list(Reception.objects.values_list("at_once", "remind_hours", "is_open")) == [(3, 2, True)]


def test_another_stores_appointment_is_not_there(browser: Browser, other_store: Store, card: Client) -> None:
    there = Appointment.objects.create(store=other_store, client=card, starts_at=timezone.now(), place=1)

    assert browser.get(f"/appointments/{there.pk}/").status_code == 404

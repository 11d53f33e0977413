"""The page on which a client chooses an hour."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.utils import timezone

from clients.models import Client
from inquiries.appointments import links, services
from inquiries.models import Appointment, Coming, Reception
from stores.models import Store
from tests.factories import ClientFactory
from tests.inquiries.conftest import Ask


@pytest.fixture
def browser(db: None) -> Browser:
    return Browser()


def address(**whose: int) -> str:
    return f"/a/{links.token_for(**whose)}/"


def choose(browser: Browser, link: str, place: int = 0, **more: Any) -> Appointment | None:
    """Choose the n-th free hour of the second day."""
    page = browser.get(link, {"move": more["move"]} if "move" in more else {}).context
    said = {"store": page["place"].pk, "at": page["free"][1].hours[place].value, "form_key": str(page["form_key"]), **more}
    browser.post(link, said)
    return Appointment.objects.order_by("pk").last()


def test_a_client_chooses_moves_and_cancels(browser: Browser, store: Store, card: Client) -> None:
    link = address(client=card.pk)

    one = choose(browser, link)
    assert one is not None
    assert (one.client, one.store, one.steps.get().by) == (card, store, None)
    page = browser.get(link)
    choose(browser, link, 3, move=one.pk, version=one.version)
    one.refresh_from_db()
    browser.post(link, {"cancel": one.pk, "version": one.version})
    one.refresh_from_db()

    assert ("Ждём вас" in page.content.decode(), page["Cache-Control"], card.last_name in page.content.decode()) == (
        True,
        "no-store",
        False,
    )
    assert (one.state, Appointment.objects.count(), one.steps.count()) == (Coming.CANCELLED, 1, 3)


def test_who_has_an_hour_and_takes_another_has_one(browser: Browser, card: Client) -> None:
    link = address(client=card.pk)
    first = choose(browser, link)
    assert first is not None
    later = first.starts_at + timedelta(hours=1)

    browser.post(link, {"store": first.store_id, "at": later.isoformat(), "form_key": str(uuid4())})

    assert Appointment.objects.get().starts_at == later


def test_an_hour_that_was_just_taken_is_said(browser: Browser, store: Store, card: Client) -> None:
    link, form = address(client=card.pk), browser.get(address(client=card.pk)).context
    at = form["free"][1].hours[0].at
    services.book(store, at, client=ClientFactory.create(), now=timezone.now())

    browser.post(link, {"store": store.pk, "at": at.isoformat(), "form_key": str(uuid4())})

    assert "только что заняли" in browser.get(link).content.decode()
    assert Appointment.objects.count() == 1


def test_a_stranger_of_an_inquiry_chooses_too(browser: Browser, ask: Ask) -> None:
    inquiry = ask(phone="+79147012233")

    choose(browser, address(inquiry=inquiry.pk))

    assert Appointment.objects.get().inquiry == inquiry


@pytest.mark.parametrize("token", ["", "c1", "c1:abc:def", "x"])
def test_a_link_that_nobody_sealed_opens_nothing(browser: Browser, card: Client, token: str) -> None:
    assert browser.get(f"/a/{token or 'nothing'}/").status_code == 404


def test_anothers_appointment_is_not_cancelled(browser: Browser, store: Store, card: Client) -> None:
    theirs = choose(browser, address(client=ClientFactory.create(home_store=store).pk))
    assert theirs is not None

    browser.post(address(client=card.pk), {"cancel": theirs.pk, "version": 0})

    theirs.refresh_from_db()
    assert theirs.is_booked


def test_a_store_that_gives_no_hours_is_not_offered(browser: Browser, store: Store, card: Client) -> None:
    services.reception_of(store)
    Reception.objects.update(is_open=False)

    page = browser.get(address(client=card.pk))

    assert (page.context["stores"], page.context["free"]) == ([], [])

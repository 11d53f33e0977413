"""A client on their phone, with scripts and without: in by a code, a price, no more advertising, out."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from clients.models import Client
from clients.services import record_consents
from messaging.models import Message
from stores.models import Store
from tests.browser.conftest import watch
from tests.factories import phone_of
from tests.messaging.sending import code_in
from workshop.models import PriceOffer, ServiceRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_client_answers_on_their_page(
    scripts: bool, width: int, browser: Chromium, live_server: LiveServer, card: Client, store: Store
) -> None:
    request = ServiceRequest.objects.create(
        store=store, client=card, number="L-1", accepted_on=date(2026, 11, 20), kind="resizing", price=Decimal(1500)
    )
    offer = PriceOffer.objects.create(request=request, price=Decimal(2000), at=timezone.now())
    record_consents(card, {"advertising_sms": True}, by=None, where=None)
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": 844}, locale="en-GB", java_script_enabled=scripts
    )
    page = context.new_page()
    errors = watch(page, [])

    page.goto("/s/L-1")
    page.get_by_label("Your phone or e-mail").fill(phone_of(card))
    page.get_by_role("button", name="Get a code").click()
    page.get_by_label("Code", exact=True).fill(code_in(Message.objects.get()))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="I agree").click()
    expect(page.get_by_text("written down your answer")).to_be_visible()
    page.get_by_text("Withdraw…").click()
    expect(page.get_by_text("You can give the consent back here")).to_be_visible()
    page.get_by_role("button", name="No more").click()
    expect(page.get_by_text("withdrawn")).to_be_visible()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out")).to_be_visible()

    offer.refresh_from_db()
    assert (offer.answer, card.consents.latest("pk").given, errors) == ("agreed", False, [])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

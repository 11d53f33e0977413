"""A newsletter on its pages: begun from a list, composed, looked at, sent to oneself, frozen."""

import re

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign
from messaging.models import Letter, Message, Topic
from stores.models import Employee, Role, Store
from tests import factories
from tests.campaigns.forms.test_letters import facts, posted
from tests.campaigns.once.conftest import Draft, draft, newsletter
from tests.campaigns.shelf import Shelf, shelf
from tests.conftest import SignIn
from tests.opened import carried

__all__ = ["draft", "newsletter", "shelf"]


@pytest.fixture
def browser(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


def compose(campaign: Campaign) -> str:
    return reverse("campaigns:compose", args=[campaign.pk])


def test_a_list_becomes_a_newsletter(browser: Browser, manager: Employee) -> None:
    address = "/campaigns/new/?all=on&way=newsletter&question="
    assert "topic" in browser.get(address).context["form"].fields
    said = facts(topic=str(Topic.objects.get(key="new").pk), occasion_until=timezone.localdate().isoformat())

    answer = browser.post(address, said)

    made = Campaign.objects.get()
    assert (answer.headers["Location"], made.way, made.is_newsletter) == (f"/campaigns/{made.pk}/", "email", True)
    assert "Составить письмо" in browser.get(f"/campaigns/{made.pk}/").content.decode()


def test_a_letter_is_composed_and_saved(browser: Browser, newsletter: Draft, shelf: Shelf) -> None:
    campaign = newsletter(body=[])
    shelf("R1-1")
    row = {"kind": "picture", "articles": "R1-1", "text": ""}
    added = browser.post(compose(campaign), posted(row, act="add-heading"))
    assert (len(added.context["form"].blocks.forms), Campaign.objects.get().body) == (2, [])

    wrong = browser.post(compose(campaign), posted(row, {"kind": "heading", "text": ""}))
    assert wrong.status_code == 422
    browser.post(compose(campaign), {**posted(row, {"kind": "heading", "text": "Новое"}), **carried(browser, compose(campaign))})

    assert [one["text"] for one in Campaign.objects.get().body] == ["", "Новое"]


def test_it_is_looked_at_while_it_is_typed(browser: Browser, newsletter: Draft, store: Store, other_manager: Browser) -> None:
    campaign = newsletter()
    campaign.stores.set([store])
    said = posted({"kind": "text", "text": "{name}, **это**"}, theme="dark", width="phone")

    frame = browser.post(f"{compose(campaign)}look/", said)
    (address,) = re.findall(r'src="([^"]+)"', frame.content.decode())
    page = browser.get(address)

    assert "Елена Викторовна, <strong>это</strong>" in page.content.decode()
    assert "@media all" in page.content.decode()
    assert (page["X-Frame-Options"], "frame-ancestors 'self'" in page["Content-Security-Policy"]) == ("SAMEORIGIN", True)
    assert browser.get(f"{compose(campaign)}0123456789abcdef/").status_code == 404
    assert other_manager.get(address).status_code == 404


@pytest.fixture
def other_manager(other_store: Store, signed_in: SignIn) -> Browser:
    return signed_in(factories.employee(Role.MANAGER, other_store))


def test_the_saved_letter_is_sent_to_oneself(browser: Browser, newsletter: Draft) -> None:
    campaign = newsletter()

    answer = browser.post(f"/campaigns/{campaign.pk}/trial/", {"channel": "email", "email": "a@example.ru"})

    message = Message.objects.get()
    assert answer.headers["Location"] == compose(campaign)
    assert (message.recipient, message.subject, message.source) == ("a@example.ru", "Елена, новинки", "test")
    assert message.letter == Letter.objects.get(source=f"{campaign.source}:trial")


def test_it_is_not_frozen_before_it_is_written_and_not_written_after(browser: Browser, newsletter: Draft) -> None:
    campaign = newsletter(body=[])
    assert browser.post(f"/campaigns/{campaign.pk}/freeze/").headers["Location"] == compose(campaign)

    Campaign.objects.update(state="cancelled")
    assert (
        browser.post(compose(campaign), posted({"kind": "heading", "text": "!"})).headers["Location"]
        == f"/campaigns/{campaign.pk}/"
    )
    assert Campaign.objects.get().body == []


def test_a_campaign_of_another_kind_or_store_has_no_letter(
    browser: Browser, draft: Draft, newsletter: Draft, other_store: Store
) -> None:
    foreign = newsletter()
    foreign.stores.set([other_store])

    assert [browser.get(compose(one)).status_code for one in (draft(), foreign)] == [404, 404]

"""A campaign by letters on paper, from the draft to the post."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.utils import timezone

from campaigns.models import Campaign, Touch
from campaigns.once import forecasting, freezing, measuring, running
from clients import proving
from clients.models import Client
from messaging import paper, reaching
from messaging.models import Message
from stores.models import Employee, Role, Store
from tests import factories
from tests.campaigns.once.conftest import Draft, agreed, draft
from tests.conftest import SignIn

__all__ = ["agreed", "draft"]
Agreed = Callable[..., Client]
ADDRESS = "690091, Владивосток, ул. Светланская, д. 10, кв. 5"
BARE = {"state": "incomplete", "phone": None, "email": None}


@pytest.fixture
def running_one(draft: Draft, agreed: Agreed) -> Campaign:
    """A campaign by paper whose one letter waits to be printed."""
    agreed("advertising_post", postal_address=ADDRESS, **BARE)
    made = draft(way="post", text="", script="", paper="{name}, приходите!", occasion_until=timezone.localdate())
    now = timezone.now()
    freezing.freeze(made, now=now)
    running.move(made, "start")
    running.run(made, now=now)
    made.refresh_from_db()
    return made


def test_paper_is_for_whom_nothing_else_may_reach(draft: Draft, agreed: Agreed) -> None:
    reader, refused = (agreed("advertising_post", postal_address=ADDRESS, **more) for more in ({}, BARE))
    digital = agreed("advertising_post", "advertising_sms", postal_address=ADDRESS)
    nowhere, objects = agreed("advertising_post", **BARE), agreed(postal_address=ADDRESS, **BARE)
    made = draft(way="post", text="", script="", paper="Приходите")

    freezing.freeze(made, now=timezone.now())

    told = {touch.client_id: touch.way or touch.reason for touch in Touch.objects.all()}
    assert told == {reader.pk: "post", refused.pk: "post", digital.pk: "nearer", nowhere.pk: "road", objects.pk: "consent"}


def test_paper_is_the_last_way_of_a_campaign_that_writes(draft: Draft, agreed: Agreed) -> None:
    by_sms = agreed("advertising_post", "advertising_sms", postal_address=ADDRESS)
    by_post = agreed("advertising_post", postal_address=ADDRESS)
    made = draft(way="sms", paper="Приходите")

    freezing.freeze(made, now=timezone.now())

    assert dict(Touch.objects.values_list("client", "way")) == {by_sms.pk: "sms", by_post.pk: "post"}


def test_from_the_printer_to_the_post_by_its_buttons(running_one: Campaign, manager: Employee, signed_in: SignIn) -> None:
    browser, here = signed_in(manager), f"/campaigns/{running_one.pk}/paper/"
    assert measuring.progress(running_one).on_paper == 1
    assert browser.get(here).context["waiting"] == 1

    browser.post(f"{here}take/")

    batch = paper.batches(running_one.source)[0].batch
    for name in ("letters", "labels", "c5", "dl"):
        assert browser.get(f"{here}{batch}/{name}.pdf").content.startswith(b"%PDF")
    assert browser.get(f"{here}{batch}/poster.pdf").status_code == 404
    assert browser.get(here).status_code == 200
    browser.post(f"{here}{batch}/posted/", {"on": timezone.localdate().isoformat(), "each": "89,50"})
    letter = Message.objects.get()
    assert (letter.state, str(letter.cost), letter.text) == ("sent", "89.50", "Елена Викторовна, приходите!")
    assert (measuring.progress(running_one).sent, browser.get(here).status_code) == (1, 200)


def test_what_did_not_go_is_printed_again(running_one: Campaign, manager: Employee, signed_in: SignIn) -> None:
    browser, here = signed_in(manager), f"/campaigns/{running_one.pk}/paper/"
    browser.post(f"{here}take/")
    batch = paper.batches(running_one.source)[0].batch

    for _twice in range(2):
        browser.post(f"{here}{batch}/posted/", {"said": "back"})

    assert browser.get(here).context["waiting"] == 1
    assert browser.get(f"{here}{batch}/letters.pdf").status_code == 404


def test_nothing_is_printed_of_a_paused_campaign_nor_of_another_store(
    running_one: Campaign, manager: Employee, other_store: Store, signed_in: SignIn
) -> None:
    running.move(running_one, "pause")
    Campaign.objects.filter(pk=running_one.pk).update(state="paused")
    stranger = factories.employee(Role.MANAGER, other_store)

    signed_in(manager).post(f"/campaigns/{running_one.pk}/paper/take/")

    assert paper.batches(running_one.source) == []
    assert signed_in(stranger).get(f"/campaigns/{running_one.pk}/paper/").status_code == 404


def test_a_cancelled_campaign_has_nothing_to_print(running_one: Campaign) -> None:
    running.cancel(running_one, now=timezone.now())

    assert paper.waiting(running_one.source, timezone.now()) == 0


def test_a_campaign_by_paper_wants_its_words(manager: Employee, signed_in: SignIn) -> None:
    from tests.campaigns.views.test_once import filled

    answer = signed_in(manager).post("/campaigns/new/?all=on", filled(way="post"))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["paper"])


def test_a_letter_that_came_back_doubts_the_address_until_it_is_mended(
    running_one: Campaign, draft: Draft, manager: Employee, signed_in: SignIn
) -> None:
    browser, here = signed_in(manager), f"/campaigns/{running_one.pk}/paper/"
    browser.post(f"{here}take/")
    batch = paper.batches(running_one.source)[0].batch
    browser.post(f"{here}{batch}/posted/", {"on": timezone.localdate().isoformat(), "each": "89,50"})
    letter = Message.objects.get()
    assert letter.client_id
    reader = Client.objects.get(pk=letter.client_id)

    for _twice in range(2):
        browser.post(f"{here}letters/{letter.pk}/returned/")

    assert [doubt.field for doubt in reader.doubts] == ["postal_address"]
    assert reaching.reach_of([reader.pk], timezone.now())[reader.pk].hinders("post") == "contact"
    letter.refresh_from_db()
    assert (letter.state, letter.reason, paper.batches(running_one.source)[0].back) == ("failed", "undelivered", 1)
    assert "письмо вернулось" in browser.get(f"/clients/{reader.pk}/").content.decode()

    browser.post(f"{here}letters/{letter.pk}/returned/", {"said": "slip"})
    assert (Client.objects.get(pk=reader.pk).doubts, Message.objects.get().state) == ([], "sent")
    browser.post(f"{here}letters/{letter.pk}/returned/")
    Client.objects.filter(pk=reader.pk).update(postal_address=ADDRESS.replace("10", "12"))
    assert reaching.reach_of([reader.pk], timezone.now())[reader.pk].hinders("post") == ""


def test_a_letter_that_waits_goes_to_no_address_in_doubt(running_one: Campaign, manager: Employee) -> None:
    letter, now = Message.objects.get(), timezone.now()
    assert letter.client_id
    proving.doubt([proving.Contact(letter.client_id, "postal_address", ADDRESS)], reason="", now=now)

    assert paper.take(running_one.source, by=manager, now=now) is None
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("suppressed", "contact")


def test_a_draft_says_what_its_letters_cost_by_the_last_that_went(
    draft: Draft, agreed: Agreed, running_one: Campaign, manager: Employee
) -> None:
    agreed("advertising_post", postal_address=ADDRESS, **BARE)
    made = draft(way="post", text="", script="", paper="Приходите")
    found = forecasting.outlook(made, now=timezone.now())
    assert (forecasting.price(made, found).money, forecasting.price(made, found).postage) == (0, None)

    now, batch = timezone.now(), paper.take(running_one.source, by=manager, now=timezone.now())
    assert batch
    paper.sent(running_one.source, batch, on=now, each=Decimal("89.50"), by=manager, now=now)

    told = forecasting.price(made, found)
    assert (told.papers, told.postage, told.money) == (
        found.reached["post"],
        Decimal("89.50"),
        found.reached["post"] * Decimal("89.50"),
    )

"""Campaigns on their pages: from a list to a draft, under way, cancelled; of one's own stores alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.views import once as campaign_views
from clients.models import Client
from messaging.models import Errand, Message
from stores.models import Employee, Role, Store
from tests import factories
from tests.campaigns.once.conftest import Draft, agreed, draft
from tests.conftest import SignIn
from tests.opened import carried

__all__ = ["agreed", "draft"]
Agreed = Callable[..., Client]


def filled(**more: Any) -> dict[str, Any]:
    return {
        "title": "Новая коллекция", "way": "call", "occasion": "Новая коллекция", "script": "Пригласите", "holdout": "0",
        "occasion_until": (timezone.localdate() + timedelta(days=9)).isoformat(), "window_days": "30", "calls_a_day": "20",
        "form_key": "8e0c0f4c-5a52-4c1e-9d62-64a6f1f0a001", **more,
    }  # fmt: skip


def test_a_list_becomes_a_draft_once(manager: Employee, store: Store, agreed: Agreed, signed_in: SignIn) -> None:
    agreed("calls")
    browser, address = signed_in(manager), "/campaigns/new/?all=on&way=call&question=w0%3Dnever%26g0%3D0"
    assert browser.get(address).context["form"].initial["way"] == "call"

    answers = [browser.post(address, filled()) for _twice in range(2)]

    made = Campaign.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/campaigns/{made.pk}/"] * 2
    assert (made.by, made.store, made.question["definition"]) == (manager, store, [[{"what": "never"}]])
    assert list(made.stores.all()) == ([] if manager.sees_chain() else [store])
    assert browser.get(f"/campaigns/{made.pk}/").context["outlook"].reached == {"call": 1}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"script": ""}, "script"), ({"occasion": ""}, "occasion"), ({"occasion_until": "2020-01-01"}, "occasion_until"),
     ({"text": "{nobody}"}, "text"), ({"letter": "Письмо"}, "subject"), ({"text": "я" * 600}, "text")],
)  # fmt: skip
def test_what_a_draft_lacks_is_said_at_the_field(manager: Employee, signed_in: SignIn, wrong: dict[str, str], field: str) -> None:
    answer = signed_in(manager).post("/campaigns/new/?all=on", filled(**wrong))

    assert (answer.status_code, list(answer.context["form"].errors), Campaign.objects.count()) == (422, [field], 0)


def test_nobody_ticked_is_told_and_makes_nothing(manager: Employee, signed_in: SignIn) -> None:
    answer = signed_in(manager).post("/campaigns/new/?way=call", filled())

    assert (answer.status_code, Campaign.objects.count()) == (422, 0)


def test_from_draft_to_the_sellers_errand_by_its_buttons(
    draft: Draft, agreed: Agreed, manager: Employee, signed_in: SignIn
) -> None:
    client, browser, campaign = agreed("calls"), signed_in(manager), draft()

    for step in ("freeze", "start", "pause", "go_on"):
        assert browser.post(f"/campaigns/{campaign.pk}/{step}/").status_code == 302

    campaign.refresh_from_db()
    assert (campaign.state, Errand.objects.get().client) == ("measuring", client)
    assert browser.get(f"/campaigns/{campaign.pk}/").context["progress"].calls == 1
    assert list(browser.get(f"/campaigns/{campaign.pk}/clients/treated/").context["page"]) == [client]
    assert browser.get(f"/campaigns/{campaign.pk}/clients/treated/?export=1").status_code == 200
    browser.post(f"/campaigns/{campaign.pk}/cancel/")
    campaign.refresh_from_db()
    assert (campaign.state, Errand.objects.get().outcome) == ("cancelled", "dropped")


def test_many_are_written_down_by_a_worker(
    draft: Draft, agreed: Agreed, manager: Employee, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_views, "AT_ONCE", 1)
    agreed("calls"), agreed("calls")
    many, nobody = draft(), draft(question={"definition": []}, way="email", text="", subject="!", letter="!")

    for campaign in (many, nobody):
        signed_in(manager).post(f"/campaigns/{campaign.pk}/freeze/")

    assert list(Campaign.objects.order_by("pk").values_list("state", flat=True)) == ["frozen", "draft"]


def test_a_draft_that_reaches_nobody_stays_one(draft: Draft, manager: Employee, signed_in: SignIn) -> None:
    factories.ClientFactory.create()
    campaign = draft()

    said = signed_in(manager).post(f"/campaigns/{campaign.pk}/freeze/", follow=True).content.decode()

    campaign.refresh_from_db()
    assert ("Связаться не с кем" in said, campaign.state) == (True, "draft")


def test_a_draft_is_corrected(draft: Draft, manager: Employee, signed_in: SignIn) -> None:
    browser, campaign = signed_in(manager), draft()
    address = reverse("campaigns:campaign", args=[campaign.pk])

    browser.post(address, {**filled(title="Другое"), **carried(browser, address)})

    campaign.refresh_from_db()
    assert (campaign.title, campaign.script) == ("Другое", "Пригласите")


def test_its_words_are_sent_to_oneself(draft: Draft, manager: Employee, signed_in: SignIn) -> None:
    campaign = draft()
    address = f"/campaigns/{campaign.pk}/trial/"

    for said in ({"channel": "sms", "phone": "+79141234567"}, {"channel": "sms"}, {"channel": "email", "email": "a@b.ru"}):
        assert signed_in(manager).post(address, said).status_code == 302

    assert [(message.recipient, message.text) for message in Message.objects.all()] == [
        ("+79141234567", "Елена Викторовна, приглашаем!")
    ]


def test_campaigns_about_other_stores_are_not_there(
    draft: Draft, store: Store, other_store: Store, manager: Employee, signed_in: SignIn
) -> None:
    mine, foreign, of_chain = draft(), draft(), draft()
    mine.stores.set([store])
    foreign.stores.set([store, other_store])

    browser = signed_in(manager)

    assert list(browser.get("/campaigns/").context["page"]) == [mine]
    assert [browser.get(f"/campaigns/{one.pk}/").status_code for one in (mine, foreign, of_chain)] == [200, 404, 404]
    assert browser.post(f"/campaigns/{foreign.pk}/freeze/").status_code == 404
    assert list(signed_in(factories.employee(Role.ADMIN)).get("/campaigns/").context["page"]) == [of_chain, foreign, mine]


def test_another_step_or_number_is_not_there(draft: Draft, manager: Employee, store: Store, signed_in: SignIn) -> None:
    campaign, browser = draft(), signed_in(manager)
    campaign.stores.set([store])

    assert browser.post(f"/campaigns/{campaign.pk}/burn/").status_code == 404
    assert browser.get(f"/campaigns/{campaign.pk}/clients/nobody/").status_code == 404

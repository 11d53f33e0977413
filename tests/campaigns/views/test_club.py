"""Clubs on their pages."""

from typing import Any

import pytest

from analytics.models import Segment
from campaigns.models import Club, ClubMember
from clients.models import Client
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.opened import carried

KEY = "8e0c0f4c-5a52-4c1e-9d62-64a6f1f0a001"


@pytest.fixture
def never(db: None) -> Segment:
    return Segment.objects.create(name="Ещё не покупали", definition=[[{"what": "never"}]])


@pytest.fixture
def club(never: Segment, store: Store, manager: Employee) -> Club:
    return Club.objects.create(title="Жемчуг", segment=never, store=store, by=manager, form_key=KEY)


def test_a_manager_makes_a_club_of_their_store_once(
    manager: Employee, other_store: Store, store: Store, never: Segment, signed_in: SignIn
) -> None:
    browser, typed = signed_in(manager), {"title": "Жемчуг", "segment": never.pk, "store": store.pk, "form_key": KEY}

    refused = browser.post("/clubs/new/", {**typed, "store": ""})
    answers = [browser.post("/clubs/new/", typed).status_code for _twice in range(2)]

    assert (refused.status_code, answers) == (422, [302, 302])
    assert Club.objects.values_list("title", "store", "by").get() == ("Жемчуг", store.pk, manager.pk)


def test_one_press_admits_one_and_another_all(manager: Employee, club: Club, store: Store, signed_in: SignIn) -> None:
    clients = [factories.ClientFactory.create(home_store=store) for _ in range(3)]
    browser, address = signed_in(manager), f"/clubs/{club.pk}/"
    assert browser.get(address).context["waiting"] == 3

    browser.post(f"{address}admit/", {"client": clients[0].pk})
    one = set(ClubMember.objects.values_list("client", "why"))
    browser.post(f"{address}admit/", {"all": "on"})

    assert one == {(clients[0].pk, "подходит под вопрос «Ещё не покупали»")}
    assert (ClubMember.objects.count(), browser.get(address).context["waiting"]) == (3, 0)


def test_from_the_card_into_a_club_and_out_with_undo(
    seller: Employee, manager: Employee, club: Club, card: Client, signed_in: SignIn
) -> None:
    signed_in(seller).post(f"/clubs/{club.pk}/add/{card.pk}/", {"why": "любит жемчуг"})
    browser = signed_in(manager)

    browser.post(f"/clubs/{club.pk}/leave/{card.pk}/", {"why": "переехала"})
    (member,) = browser.get(f"/clubs/{club.pk}/?left=on").context["page"]
    assert (member.why, member.why_left, member.by, member.left_by) == ("любит жемчуг", "переехала", seller, manager)
    browser.post(f"/clubs/{club.pk}/undo/{member.pk}/")

    assert ClubMember.objects.present().get().client == card


def test_a_club_is_changed_by_who_may_and_seen_by_its_stores(
    manager: Employee, club: Club, other_store: Store, signed_in: SignIn
) -> None:
    browser, address = signed_in(manager), f"/clubs/{club.pk}/edit/"
    opened: dict[str, Any] = carried(browser, address)
    browser.post(address, {"title": "Жемчужный", "segment": "", "store": club.store_id, **opened})
    club.refresh_from_db()
    stranger = signed_in(factories.employee(Role.MANAGER, other_store))

    assert (club.title, club.segment) == ("Жемчужный", None)
    assert (stranger.get(f"/clubs/{club.pk}/").status_code, stranger.get("/clubs/").context["clubs"]) == (404, [])
    Club.objects.update(store=None)
    assert (stranger.get(f"/clubs/{club.pk}/").status_code, stranger.get(address).status_code) == (200, 404)

"""Two cards side by side, made one, and two again."""

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState, Client, Merge, Pair
from clients.sameness import merging
from stores.models import Employee, Store
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def twin(store: Store) -> Client:
    return factories.ClientFactory.create(last_name="Петрова", home_store=store)


def test_two_cards_stand_side_by_side_and_become_one(card: Client, twin: Client, manager: Employee, signed_in: SignIn) -> None:
    browser = signed_in(manager)
    address = f"/clients/merge/{card.pk}/{twin.pk}/"

    page = browser.get(address).content.decode()
    done = browser.post(address, {"last_name": "absorbed"}, follow=True)

    assert "Иванова" in page
    assert "Петрова" in page
    assert done.redirect_chain == [(f"/clients/{card.pk}/", 302)]
    card.refresh_from_db()
    twin.refresh_from_db()
    assert (card.last_name, twin.state) == ("Петрова", CardState.MERGED)
    assert f"/clients/merges/{Merge.objects.get().pk}/undo/" in done.content.decode()


def test_the_absorbed_card_leads_to_the_one_that_stays(
    card: Client, twin: Client, manager: Employee, seller: Employee, signed_in: SignIn
) -> None:
    merging.merge(card, twin, chosen={}, by=manager)

    page = signed_in(seller).get(f"/clients/{twin.pk}/").content.decode()

    assert f'href="/clients/{card.pk}/"' in page
    assert "/edit/" not in page


def test_undo_from_the_card(card: Client, twin: Client, manager: Employee, signed_in: SignIn) -> None:
    made = merging.merge(card, twin, chosen={}, by=manager)

    signed_in(manager).post(f"/clients/merges/{made.pk}/undo/")
    again = signed_in(manager).post(f"/clients/merges/{made.pk}/undo/", follow=True)

    twin.refresh_from_db()
    assert twin.state == CardState.COMPLETE
    assert again.status_code == 200


def test_a_seller_proposes_and_does_not_merge(card: Client, twin: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    browser.post(f"/clients/{card.pk}/other/", {"other": twin.pk})

    assert browser.post(f"/clients/merge/{card.pk}/{twin.pk}/").status_code == 403
    pair = Pair.objects.get()
    assert ({pair.first, pair.second}, pair.state) == ({card, twin}, Pair.State.OPEN)


def test_pairs_are_listed_decided_and_asked_again(card: Client, twin: Client, manager: Employee, signed_in: SignIn) -> None:
    merging.propose(card, twin, by=manager)
    browser = signed_in(manager)

    listed = browser.get("/clients/pairs/").content.decode()
    browser.post(f"/clients/merge/{card.pk}/{twin.pk}/different/")
    browser.get("/clients/pairs/")  # which shows them once more, to be undone

    assert "Петрова" in listed
    assert "Петрова" not in browser.get("/clients/pairs/").content.decode()
    assert "Петрова" in browser.get("/clients/pairs/?different").content.decode()
    browser.post(f"/clients/pairs/{Pair.objects.get().pk}/again/")
    assert Pair.objects.get().state == Pair.State.OPEN


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_list_takes_as_many_queries_whatever_it_lists(
    pairs: int,
    card: Client,
    store: Store,
    manager: Employee,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _pair in range(pairs):
        merging.propose(card, factories.ClientFactory.create(home_store=store), by=manager)
    browser = signed_in(manager)
    browser.get("/clients/pairs/")

    with django_assert_max_num_queries(9):
        browser.get("/clients/pairs/")


def test_a_card_does_not_join_itself_and_a_gone_one_is_not_found(
    card: Client, twin: Client, manager: Employee, signed_in: SignIn
) -> None:
    merging.merge(card, twin, chosen={}, by=manager)
    browser = signed_in(manager)

    assert browser.get(f"/clients/merge/{card.pk}/{card.pk}/").status_code == 404
    assert browser.get(f"/clients/merge/{card.pk}/{twin.pk}/").status_code == 404
    assert browser.post(f"/clients/{card.pk}/other/", {"other": "нет"}).status_code == 404


def test_the_other_card_is_found_by_what_it_may_have(card: Client, twin: Client, manager: Employee, signed_in: SignIn) -> None:
    page = signed_in(manager).get(f"/clients/{card.pk}/other/?q=петрова").content.decode()

    assert f"/clients/merge/{card.pk}/{twin.pk}/" in page


def test_a_manager_merges_own_cards_and_others_when_permitted(
    card: Client, twin: Client, manager: Employee, other_store: Store, signed_in: SignIn
) -> None:
    Client.objects.filter(pk=twin.pk).update(home_store=other_store)
    browser, address = signed_in(manager), f"/clients/merge/{card.pk}/{twin.pk}/"

    assert (browser.get(address).status_code, browser.post(address).status_code, Merge.objects.count()) == (403, 403, 0)
    Client.objects.filter(pk=twin.pk).update(home_store=card.home_store)
    assert browser.get(address).status_code == 200
    Client.objects.filter(pk=twin.pk).update(home_store=other_store)
    Employee.objects.filter(pk=manager.pk).update(rights={"cards": True})

    assert (signed_in(manager).post(address).status_code, Merge.objects.count()) == (302, 1)


def test_a_merge_with_anothers_card_is_undone_by_who_may_make_it(
    card: Client, twin: Client, manager: Employee, admin: Employee, other_store: Store, signed_in: SignIn
) -> None:
    Client.objects.filter(pk=twin.pk).update(home_store=other_store)
    made = merging.merge(card, twin, chosen={}, by=admin)

    assert signed_in(manager).post(f"/clients/merges/{made.pk}/undo/").status_code == 403
    twin.refresh_from_db()
    assert twin.state == CardState.MERGED


def test_told_apart_by_a_slip_is_asked_again(manager: Employee, store: Store, signed_in: SignIn) -> None:
    one, other = (factories.ClientFactory.create(home_store=store) for _n in range(2))
    browser = signed_in(manager)

    page = browser.post(f"/clients/merge/{one.pk}/{other.pk}/different/", follow=True).content.decode()
    pair = Pair.objects.get()
    assert f"/clients/pairs/{pair.pk}/again/" in page
    assert f"/clients/pairs/{pair.pk}/again/" not in browser.get("/clients/pairs/").content.decode()
    browser.post(f"/clients/pairs/{pair.pk}/again/")

    pair.refresh_from_db()
    assert pair.state == Pair.State.OPEN

"""Cards of one household: linked, seen from both, parted and back, and what merging and erasure do with them."""

from datetime import UTC, datetime, timedelta

import pytest

from clients import households, rights
from clients.models import Client, Kin, Kinship
from clients.sameness import merging
from stores.models import Employee
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


def told(client: Client) -> list[tuple[str, str, bool]]:
    return [(one.client.first_name, one.kinship, one.is_parted) for one in households.of(client)]


def child(name: str = "Пётр", **facts: object) -> Client:
    made: Client = ClientFactory.create(first_name=name, **facts)
    return made


def test_each_card_says_what_the_other_is(seller: Employee) -> None:
    mother, son = ClientFactory.create(first_name="Мария"), child()

    households.link(son, mother, Kinship.PARENT, by=seller, now=NOW)

    assert (told(mother), told(son)) == ([("Пётр", "сын или дочь", False)], [("Мария", "отец или мать", False)])


def test_said_again_the_newer_word_stands(seller: Employee) -> None:
    one, other = ClientFactory.create(first_name="Мария"), child()
    households.link(one, other, Kinship.CHILD, by=seller, now=NOW)

    households.link(one, other, Kinship.SIBLING, by=seller, now=NOW)

    assert told(other) == [("Мария", "брат или сестра", False)]
    assert Kin.objects.count() == 1


def test_nobody_is_their_own_household(seller: Employee) -> None:
    card = ClientFactory.create()

    with pytest.raises(ValueError, match="no household"):
        households.link(card, card, Kinship.SPOUSE, by=seller, now=NOW)


def test_parted_comes_back_for_a_day(seller: Employee) -> None:
    one, other = ClientFactory.create(), child()
    kin = households.link(one, other, Kinship.SPOUSE, by=seller, now=NOW)

    households.part(other, kin.pk, now=NOW)
    assert [is_parted for _name, _kinship, is_parted in told(one)] == [True]
    households.bring_back(one, kin.pk)
    assert [is_parted for _name, _kinship, is_parted in told(one)] == [False]

    households.part(one, kin.pk, now=NOW)
    assert (households.sweep(NOW), households.sweep(NOW + timedelta(days=1))) == (0, 1)
    assert told(one) == []


def test_another_cards_link_is_not_mine(seller: Employee) -> None:
    kin = households.link(ClientFactory.create(), child(), Kinship.SPOUSE, by=seller, now=NOW)
    stranger = ClientFactory.create()

    assert (households.part(stranger, kin.pk, now=NOW), households.bring_back(stranger, kin.pk)) == (None, None)
    kin.refresh_from_db()
    assert kin.parted_at is None


def test_merging_takes_the_household_along_and_undo_gives_it_back(seller: Employee) -> None:
    survivor, absorbed = ClientFactory.create(first_name="Анна"), ClientFactory.create(first_name="Анна")
    son, husband = child(), child("Олег")
    households.link(absorbed, son, Kinship.CHILD, by=seller, now=NOW)
    households.link(absorbed, husband, Kinship.SPOUSE, by=seller, now=NOW)
    households.link(survivor, husband, Kinship.SPOUSE, by=seller, now=NOW)
    households.link(survivor, absorbed, Kinship.SIBLING, by=seller, now=NOW)

    made = merging.merge(survivor, absorbed, chosen={}, by=seller)

    assert sorted(told(survivor)) == [("Олег", "муж или жена", False), ("Пётр", "сын или дочь", False)]
    assert told(son) == [("Анна", "отец или мать", False)]

    merging.undo(made, by=seller)

    assert sorted(name for name, _kinship, _parted in told(absorbed)) == ["Анна", "Олег", "Пётр"]
    assert sorted(name for name, _kinship, _parted in told(survivor)) == ["Анна", "Олег"]


def test_it_is_told_to_the_person_by_number_and_erased(seller: Employee) -> None:
    mother, son = ClientFactory.create(first_name="Мария"), child()
    households.link(mother, son, Kinship.CHILD, by=seller, now=NOW)

    assert rights.everything_about(mother)["Семья"] == [{"сын или дочь": f"№ {son.pk}"}]
    rights.erase(mother, basis="просьба", by=seller)

    assert (told(son), Kin.objects.count()) == ([], 0)

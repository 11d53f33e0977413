"""Cards of one person, looked for in the whole base."""

from datetime import date

import pytest

from clients.models import CardState, Client, Pair
from clients.sameness import merging, pairs
from stores.models import Employee
from tests.factories import ClientFactory


def test_cards_of_one_person_are_proposed_once_however_often_they_are_looked_for(two: tuple[Client, Client]) -> None:
    made = pairs.find_pairs()
    again = pairs.find_pairs()

    pair = Pair.objects.get()
    assert (pair.first, pair.second, pair.state) == (*two, Pair.State.OPEN)
    assert ["surname_letter", 6.0] in pair.reasons
    assert (made.made, again.made, again.changed, again.closed) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    "other",
    [
        {"birth_date": date(1985, 3, 7)},
        {"birth_date": date(1985, 7, 8)},
        {"phone": "+79141234568", "birth_date": None},
        {"phone": None, "email": "anna@example.ru", "birth_date": None},
        {"last_name": "Ivanova", "first_name": "Elena", "middle_name": ""},
        {"last_name": "Елена", "first_name": "Иванова"},
        {"first_name": "Лена"},
    ],
)
def test_a_card_with_a_slip_meets_the_other_in_some_block(db: None, other: dict[str, str | date | None]) -> None:
    ClientFactory.create(phone="+79141234567", email="anna@example.ru")
    ClientFactory.create(**{"phone": "+79140000001", "state": CardState.INCOMPLETE, **other})

    pairs.find_pairs()

    assert Pair.objects.count() == 1


def test_relatives_are_not_proposed(db: None) -> None:
    for first in ("Елена", "Ольга"):
        ClientFactory.create(first_name=first, email="family@example.ru")

    assert pairs.find_pairs().made == 0


def test_what_somebody_told_apart_is_not_proposed_again_until_it_is_undone(two: tuple[Client, Client], seller: Employee) -> None:
    pairs.find_pairs()
    pair = Pair.objects.get()

    merging.tell_apart(*two, by=seller)
    pairs.find_pairs()

    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (Pair.State.DIFFERENT, seller)
    merging.ask_again(pair)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by, pair.decided_at) == (Pair.State.OPEN, None, None)


def test_a_pair_that_no_longer_holds_is_closed_and_a_changed_one_says_so(two: tuple[Client, Client]) -> None:
    pairs.find_pairs()
    second = two[1]
    second.last_name = "Иванова"
    second.save()

    assert pairs.find_pairs().changed == 1

    second.first_name, second.birth_date = "Ольга", date(1961, 1, 2)
    second.save()
    assert pairs.find_pairs().closed == 1
    assert not Pair.objects.exists()


def test_a_crowd_behind_one_address_is_no_block(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "CROWD", 2)
    days = [date(1985, 7, 3), date(1985, 7, 8), date(1985, 7, 13)]
    for day in days:
        ClientFactory.create(birth_date=day, email="shop@example.ru")

    assert pairs.find_pairs().compared == 0


def test_what_a_person_asked_about_stays_open_whatever_the_night_thinks(card: Client, seller: Employee) -> None:
    twin = ClientFactory.create(last_name="Орлова", first_name="Анна")
    pair = merging.propose(card, twin, by=seller)

    pairs.find_pairs()
    pair.refresh_from_db()
    assert (pair.state, pair.reasons[0][0]) == (Pair.State.OPEN, "seller")
    Client.objects.filter(pk=twin.pk).update(state="erased")
    pairs.find_pairs()

    assert not Pair.objects.exists()

from datetime import date

import pytest
from django.core.management import call_command

from clients import selectors, tasks
from clients.models import CardState, Client, Pair, Surname
from clients.sameness import merging, pairs, surnames
from stores.models import Employee, Store
from tests.factories import ClientFactory


@pytest.fixture
def two(store: Store) -> tuple[Client, Client]:
    first = ClientFactory.create(home_store=store)
    second = ClientFactory.create(home_store=store, last_name="Иваонва", phone=None, state=CardState.INCOMPLETE)
    return first, second


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


def test_open_pairs_are_those_of_my_stores_the_likeliest_first(
    two: tuple[Client, Client], store: Store, other_store: Store
) -> None:
    pairs.find_pairs()

    assert selectors.pairs([store]).get().second == two[1]
    assert not selectors.pairs([other_store])
    Client.objects.filter(pk=two[1].pk).update(home_store=None)
    assert selectors.pairs([other_store]).count() == 1


def test_the_command_and_the_nightly_task_say_what_they_found(
    two: tuple[Client, Client], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("find_pairs")

    assert "2 cards" in capsys.readouterr().out
    assert tasks.find_pairs() == 0


def test_the_surnames_are_those_of_the_live_cards(two: tuple[Client, Client]) -> None:
    Surname.objects.create(key="никто")
    Surname.objects.filter(key="иванова").delete()

    assert surnames.refresh() == 2
    assert set(Surname.objects.values_list("key", flat=True)) == {"иванова", "иваонва"}


def test_what_a_person_asked_about_stays_open_whatever_the_night_thinks(card: Client, seller: Employee) -> None:
    twin = ClientFactory.create(last_name="Орлова", first_name="Анна")
    pair = merging.propose(card, twin, by=seller)

    pairs.find_pairs()
    pair.refresh_from_db()
    assert (pair.state, pair.reasons[0][0]) == (Pair.State.OPEN, "seller")
    Client.objects.filter(pk=twin.pk).update(state="erased")
    pairs.find_pairs()

    assert not Pair.objects.exists()

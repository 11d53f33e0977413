"""At the door: found by the end of a phone or a name, there with guests, undone; strangers are counted."""

from campaigns.evenings import answering, door
from campaigns.models import Evening, Invitation
from stores.models import Employee, Store
from tests import factories
from tests.campaigns.evenings.conftest import NOON, Invited, Make


def test_the_invited_are_found_by_digits_or_a_name_and_others_are_said_to_be_uninvited(
    evening: Make, invited: Invited, store: Store
) -> None:
    made = evening()
    one = invited(made, phone="+79147012233", last_name="Белова")
    other = invited(made, phone="+79147014455", last_name="Чёрная")
    stranger = factories.ClientFactory.create(home_store=store, phone="+79147062233", last_name="Серова")

    assert door.find(made, "2233") == door.Found([one], [stranger])
    assert door.find(made, "701-44-55").invited == [other]
    assert door.find(made, "черн").invited == [other]
    assert door.find(made, "елена белова").invited == [one]
    assert door.find(made, "0000") == door.Found([], [])


def test_they_come_with_guests_and_a_slip_is_taken_back(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening()
    one = invited(made)
    answering.answer(one, "accepted", guests=1, by=manager, now=NOON)

    for guests in (1, 2):
        door.came(one, guests=guests, now=NOON)
    there = door.room(made)
    door.did_not_come(one)

    assert (there, there.people) == (door.Room(1, 2, 0, 0, 10), 3)
    assert door.room(made) == door.Room(0, 0, 0, 2, 10)


def test_who_was_not_invited_is_let_in_by_hand_and_leaves_no_trace_when_undone(
    evening: Make, store: Store, seller: Employee
) -> None:
    made, client = evening(), factories.ClientFactory.create(home_store=store)

    one, again = (door.let_in(made, client, by=seller, now=NOON) for _twice in range(2))
    assert (one, one.is_uninvited, door.room(made).clients) == (again, True, 1)
    door.did_not_come(one)

    assert Invitation.objects.count() == 0


def test_strangers_are_counted_and_never_below_none(evening: Make) -> None:
    made = evening(seats=1)

    for more in (False, True, True, False, True):
        door.count_stranger(made, more=more)

    made = Evening.objects.get()
    assert (made.strangers, door.room(made).is_over) == (2, True)

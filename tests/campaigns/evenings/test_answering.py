"""Seats are given once each; who answers later waits in order; a call's outcome is an answer, and a slip is taken back."""

from datetime import timedelta

import pytest

from campaigns.evenings import answering, holding
from campaigns.models import Evening, Invitation
from messaging import errands
from messaging.models import Errand
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, Invited, Make
from tests.together import SEVERAL_CONNECTIONS, together


def told(evening: Evening) -> list[tuple[str, int]]:
    return list(evening.invitations.order_by("pk").values_list("answer", "guests"))


def call_of(invitation: Invitation) -> Errand:
    return Errand.objects.get(occasion_key=f"{invitation.call_key}1")


@pytest.mark.parametrize(
    ("outcome", "words", "answer", "guests"),
    [("agreed", "+2 с дочерьми", "accepted", 2), ("agreed", "придёт", "accepted", 0), ("agreed", "+9", "accepted", 2),
     ("no_interest", "", "declined", 0), ("do_not_call", "", "declined", 0), ("thinks", "", "called", 0),
     ("no_answer", "", "called", 0), ("done", "", "called", 0)],
)  # fmt: skip
def test_what_came_of_the_call_is_the_answer(
    evening: Make, invited: Invited, seller: Employee, outcome: str, words: str, answer: str, guests: int
) -> None:
    made = evening()
    one = invited(made)

    errands.close(call_of(one), outcome, by=seller, now=NOON, words=words)

    one.refresh_from_db()
    assert (one.answer, one.guests, one.reached_at is not None) == (answer, guests, outcome != "no_answer")


def test_a_call_that_was_a_slip_gives_its_seats_to_who_waits(evening: Make, invited: Invited, seller: Employee) -> None:
    made = evening(seats=2)
    one, other = invited(made), invited(made)
    errands.close(call_of(one), "agreed", by=seller, now=NOON, words="+1")
    errands.close(call_of(other), "agreed", by=seller, now=NOON)
    assert told(made) == [("accepted", 1), ("waiting", 0)]

    errands.reopen(call_of(one), by=seller, now=NOON)

    assert told(made) == [("listed", 0), ("accepted", 0)]


def test_the_first_who_fits_is_taken_up_and_a_seller_tells_them(
    evening: Make, invited: Invited, manager: Employee, seller: Employee
) -> None:
    made = evening(seats=2)
    seated, pair, single = invited(made), invited(made), invited(made)
    for minutes, (one, guests) in enumerate([(seated, 0), (pair, 1), (single, 0)]):
        answering.answer(one, "accepted", guests=guests, by=manager, now=NOON + timedelta(minutes=minutes))
    assert told(made) == [("accepted", 0), ("waiting", 1), ("accepted", 0)]

    answering.answer(single, "declined", by=manager, now=NOON)
    assert told(made) == [("accepted", 0), ("waiting", 1), ("declined", 0)]
    answering.answer(seated, "declined", by=manager, now=NOON)

    assert told(made) == [("declined", 0), ("accepted", 1), ("declined", 0)]
    errand = Errand.objects.get(outcome="open")
    assert (errand.client, errand.is_service, errand.assignee) == (pair.client, True, seller)
    assert errand.reason == "Освободилось место: сообщите. Жемчуг, 5 декабря, 19:00"


def test_more_seats_let_in_who_waits(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening(seats=1)
    for one in (invited(made), invited(made)):
        answering.answer(one, "accepted", by=manager, now=NOON)

    Evening.objects.update(seats=2)
    holding.changed(made, by=manager, now=NOON)

    assert told(made) == [("accepted", 0), ("accepted", 0)]


def test_an_answer_by_hand_takes_the_call_back_and_undone_it_is_to_do_again(
    evening: Make, invited: Invited, manager: Employee
) -> None:
    made = evening()
    one = invited(made)

    answering.answer(one, "accepted", guests=1, by=manager, now=NOON)
    after = (told(made), call_of(one).outcome)
    answering.take_back(one, by=manager, now=NOON)

    assert after == ([("accepted", 1)], "dropped")
    assert (told(made), call_of(one).outcome) == ([("listed", 0)], "open")


def test_who_has_a_seat_cannot_bring_more_than_there_are(evening: Make, invited: Invited, manager: Employee) -> None:
    made = evening(seats=2)
    one, other = invited(made), invited(made)
    for each in (one, other):
        answering.answer(each, "accepted", by=manager, now=NOON)

    with pytest.raises(answering.NoSeatsError):
        answering.answer(one, "accepted", guests=1, by=manager, now=NOON)

    assert told(made) == [("accepted", 0), ("accepted", 0)]


def test_a_cancelled_evening_hears_no_calls(evening: Make, invited: Invited, seller: Employee) -> None:
    made = evening()
    one = invited(made)
    call = call_of(one)
    holding.cancel(made, now=NOON)

    errands.reopen(call, by=seller, now=NOON)
    errands.close(call, "agreed", by=seller, now=NOON)

    assert told(made) == [("listed", 0)]


def test_guests_are_read_from_words() -> None:
    assert [answering.guests_in(words) for words in ("+2", "+ 1, опоздает", "придёт", "+7 914 701-22-33", "2")] == [2, 1, 0, 0, 0]


class TestAtOnce:
    pytestmark = SEVERAL_CONNECTIONS

    def test_the_last_seat_of_fifty_answers_is_given_once(self, evening: Make, invited: Invited, manager: Employee) -> None:
        made = evening(seats=3, plus=1)
        first, *others = [invited(made) for _each in range(51)]
        answering.answer(first, "accepted", guests=1, by=manager, now=NOON)

        said = together(
            *(lambda one=one: answering.answer(one, "accepted", guests=one.pk % 2, by=manager, now=NOON) for one in others)
        )

        assert [one for one in said if not isinstance(one, Invitation)] == []
        assert answering.taken(made) == 3
        assert sorted(answer for answer, _guests in told(made)) == ["accepted"] * 2 + ["waiting"] * 49

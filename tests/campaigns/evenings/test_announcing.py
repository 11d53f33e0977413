"""Guests hear of an evening that is moved or cancelled: each once a news, by what reaches them."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from campaigns.evenings import announcing, answering, holding
from campaigns.evenings.announcing import News
from campaigns.models import Evening
from messaging import errands
from messaging.models import Errand, Message, MessageState, StopEntry
from stores.models import Employee
from tests.campaigns.evenings.conftest import NOON, STARTS, Invited, Make
from tests.factories import phone_of

Move = Callable[[Evening, int], Evening]


@pytest.fixture
def move(manager: Employee) -> Move:
    """``move(evening, days)``: to so many days later, and its guests are told."""

    def moved(made: Evening, days: int) -> Evening:
        before, later = Evening.objects.get(pk=made.pk), STARTS + timedelta(days=days)

        def write() -> Evening:
            Evening.objects.filter(pk=made.pk).update(starts_at=later, ends_at=later + timedelta(hours=3))
            return before

        assert holding.save(write, before, tells=True, by=manager, now=NOON)
        return Evening.objects.get(pk=made.pk)

    return moved


def test_who_comes_and_who_waits_is_told_and_nobody_else(evening: Make, invited: Invited, manager: Employee, move: Move) -> None:
    made = evening(seats=1)
    comes, waits, declined, _silent = (invited(made) for _each in range(4))
    for one, said in ((comes, "accepted"), (waits, "accepted"), (declined, "declined")):
        answering.answer(one, said, by=manager, now=NOON)

    move(made, 7)

    assert set(Message.objects.values_list("client", flat=True)) == {comes.client_id, waits.client_id}
    text = Message.objects.filter(client=comes.client_id).get().text
    assert text.startswith("Елена Викторовна, «Жемчуг» переносится. Ждём вас 12 декабря, 19:00: Роскошь-Luxury")


def test_whom_nothing_reaches_is_called_by_a_seller(evening: Make, invited: Invited, manager: Employee, move: Move) -> None:
    made = evening()
    one = invited(made, email=None, state="incomplete")
    answering.answer(one, "accepted", by=manager, now=NOON)
    StopEntry.objects.create(recipient=phone_of(one.client))

    assert announcing.plan(made, News.MOVED)[:3] == (0, 0, 1)
    move(made, 7)

    call = Errand.objects.get(outcome="open")
    assert (call.client, call.is_service, call.reason, Message.objects.count()) == (
        one.client, True, "Вечер перенесён, сообщите: Жемчуг, 12 декабря, 19:00", 0,
    )  # fmt: skip
    errands.close(call, "done", by=manager, now=NOON)
    one.refresh_from_db()
    assert one.answer == "accepted"


def test_moved_again_the_former_news_does_not_go_and_the_new_one_does(
    evening: Make, invited: Invited, manager: Employee, move: Move
) -> None:
    made = evening()
    answering.answer(invited(made), "accepted", by=manager, now=NOON)

    for days in (7, 14, 7):
        move(made, days)
    holding.cancel(made, now=NOON, tells=True)

    told = [(one.source, one.state) for one in Message.objects.order_by("pk")]
    assert told == [("evening-moved", MessageState.SUPPRESSED)] * 3 + [("evening-cancelled", MessageState.PENDING)]


def test_open_calls_say_the_new_day(evening: Make, invited: Invited, move: Move) -> None:
    made = evening(script="{name}, ждём вас {occasion_day}.")
    invited(made)

    move(made, 7)

    call = Errand.objects.get()
    assert (call.reason, call.script) == ("Жемчуг, 12 декабря, 19:00", "Елена Викторовна, ждём вас 12 декабря.")


def test_the_same_time_is_no_news(evening: Make, invited: Invited, manager: Employee, move: Move) -> None:
    made = evening()
    answering.answer(invited(made), "accepted", by=manager, now=NOON)

    move(made, 0)

    assert (Message.objects.count(), Evening.objects.get().news) == (0, 0)


@pytest.mark.parametrize("many", [1, 3])
def test_a_plan_costs_the_same_for_one_and_for_three(
    evening: Make, invited: Invited, manager: Employee, many: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    made = evening()
    for _each in range(many):
        answering.answer(invited(made), "accepted", by=manager, now=NOON)

    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        assert announcing.plan(made, News.MOVED).by_sms == many

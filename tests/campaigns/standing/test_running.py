"""A day of a standing program: once, from its first day on, within its number, in both arms."""

from datetime import date, timedelta

import pytest

from campaigns import services
from campaigns.models import Program, Touch
from campaigns.standing import running
from clients.models import Client, Purpose
from messaging import errands
from messaging.models import Errand, Message
from stores.models import Employee, Store
from tests.campaigns.standing.conftest import DAY, NOON, Reachable, TurnOn, planned
from tests.conftest import Sell
from tests.factories import StoreFactory

Regular = Client


@pytest.fixture
def regulars(reachable: Reachable, sell: Sell) -> list[Client]:
    """Three who have been away for 92 days today; the last is worth most."""
    clients = [reachable() for _n in range(3)]
    for worth, client in enumerate(clients, 1):
        for days in (300, 200, 92):
            sell(client, DAY - timedelta(days=days), 1_000 * worth)
    return clients


def touches() -> list[tuple[int, str, str]]:
    return list(Touch.objects.order_by("client").values_list("client", "arm", "state"))


def test_planned_again_or_by_two_workers_it_is_one_task_a_client(regulars: list[Client], turn_on: TurnOn) -> None:
    program = turn_on("return")

    assert [planned(program), planned(program), planned(program, NOON + timedelta(days=1))] == [3, 0, 0]

    assert touches() == [(client.pk, "treated", "made") for client in regulars]
    assert [errand.occasion_key for errand in Errand.objects.order_by("client")] == [
        f"return:after-2026-08-20:{client.pk}:1" for client in regulars
    ]


def test_who_is_held_has_no_task_that_anyone_sees(regulars: list[Client], turn_on: TurnOn) -> None:
    program = turn_on("return", holdout=50, phase=2)

    made = planned(program)

    held = Touch.objects.filter(arm="held", state="over").count()
    assert (made + held, Errand.objects.count(), Message.objects.count()) == (3, made, 0)


def test_a_new_rule_begins_today_and_never_in_the_past(regulars: list[Client], turn_on: TurnOn) -> None:
    tomorrow = turn_on("return", since=DAY + timedelta(days=1))

    assert planned(tomorrow, NOON + timedelta(days=1)) == 0

    assert planned(turn_on("return", since=DAY), NOON + timedelta(days=1)) == 3


def test_a_rule_that_was_never_switched_on_finds_nobody(regulars: list[Client], turn_on: TurnOn) -> None:
    assert planned(turn_on("return", since=None)) == 0


def test_the_most_valuable_are_chosen_first_and_the_rest_on_the_next_days(regulars: list[Client], turn_on: TurnOn) -> None:
    program = turn_on("return", per_day=1)

    assert [planned(program, NOON + timedelta(days=days)) for days in (0, 0, 1, 2, 3)] == [1, 0, 1, 1, 0]

    assert list(Touch.objects.order_by("counted_from").values_list("client", flat=True)) == [c.pk for c in reversed(regulars)]


def test_before_the_hour_and_in_other_zones_nothing_happens(regulars: list[Client], turn_on: TurnOn, store: Store) -> None:
    program = turn_on("return")
    StoreFactory.create(time_zone="Europe/Moscow")

    assert planned(program, NOON - timedelta(hours=3)) == 0
    assert Touch.objects.count() == 0


def test_who_has_bought_since_is_not_missed(regulars: list[Client], turn_on: TurnOn, sell: Sell) -> None:
    program, found = turn_on("return"), regulars[0]
    sell(found, DAY - timedelta(days=1), 5_000)

    planned(program)

    assert [client for client, _arm, _state in touches()] == [client.pk for client in regulars[1:]]


def test_one_open_contact_a_client_over_all_programs(regulars: list[Client], turn_on: TurnOn) -> None:
    for key in ("silent", "return"):
        turn_on(key)
    Program.objects.filter(key="silent").update(place=1)
    for client in regulars:
        client.rhythm.silent_from = DAY
        client.rhythm.save()

    services.run_programs(now=NOON)

    assert set(Touch.objects.values_list("source", "client")) == {("silent", client.pk) for client in regulars}


def test_a_letter_is_in_the_language_of_the_client_and_goes_no_more_once_they_have_bought(
    reachable: Reachable, turn_on: TurnOn, sell: Sell
) -> None:
    client = reachable(Purpose.ADVERTISING_EMAIL, language="en")
    sell(client, DAY - timedelta(days=30), 1_000)

    assert planned(turn_on("second")) == 1

    letter = Message.objects.get()
    assert (letter.channel, letter.subject, letter.counted_from) == ("email", "A match for your piece", DAY)
    assert (letter.drop_when_bought, letter.occasion_key) == (True, f"second:first:{client.pk}:1")


def test_a_task_says_whom_and_what_about(reachable: Reachable, turn_on: TurnOn, sell: Sell, store: Store) -> None:
    client = reachable(home_store=None)
    sell(client, DAY - timedelta(days=5), 1_000)

    assert planned(turn_on("care")) == 1  # by the chain's own clock

    errand = Errand.objects.get(client=client)
    assert (errand.store, errand.is_service, errand.reason) == (store, True, "Забота: всё ли хорошо с покупкой")
    assert errand.script.startswith("Елена Викторовна. Поблагодарите за покупку.")


def test_what_a_restored_base_has_forgotten_is_done_by_nobody_again(regulars: list[Client], turn_on: TurnOn) -> None:
    turn_on("return")
    lost = {"since": NOON - timedelta(days=1), "until": NOON + timedelta(hours=3)}

    assert [services.after_restore(**lost).occasions for _twice in range(2)] == [3, 0]

    assert services.run_programs(now=NOON + timedelta(hours=4)) == 0
    assert (Errand.objects.count(), set(Touch.objects.values_list("arm", "state", "reason"))) == (
        0, {("treated", "over", "restored")},
    )  # fmt: skip


def test_who_did_not_answer_three_times_is_written_to(
    reachable: Reachable, turn_on: TurnOn, sell: Sell, seller: Employee
) -> None:
    client, program = reachable(Purpose.CALLS, Purpose.ADVERTISING_SMS), turn_on("return")
    for days in (300, 200, 92):
        sell(client, DAY - timedelta(days=days), 1_000)
    planned(program)
    for days in range(3):
        errands.close(Errand.objects.get(), "no_answer", by=seller, now=NOON + timedelta(days=days))

    assert [planned(program, NOON + timedelta(days=4)) for _twice in range(2)] == [1, 0]

    assert Errand.objects.get().outcome == Errand.Outcome.NO_ANSWER
    assert Message.objects.get().occasion_key == f"return:after-2026-08-20:{client.pk}:2"


def test_the_day_of_a_touch_is_the_stores(regulars: list[Client], turn_on: TurnOn) -> None:
    planned(turn_on("return"))

    assert set(Touch.objects.values_list("counted_from", "stratum", "way")) == {(date(2026, 11, 20), "2026-11:0", "call")}


def test_plan_and_the_days_of_a_program_meet_where_the_hour_has_come(regulars: list[Client], turn_on: TurnOn) -> None:
    assert running.plan(turn_on("return", hour=20), now=NOON) == 0

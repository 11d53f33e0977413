"""Whom the coming days will bring, and the calendar of all programs."""

from datetime import date, timedelta

from campaigns.models import Program, Touch
from campaigns.standing import outlook
from clients.models import Client, Purpose
from stores.models import Store
from tests.campaigns.standing.conftest import DAY, NOON, Reachable, TurnOn, planned
from tests.conftest import Sell


def week(program: Program, *stores: Store) -> outlook.Preview:
    return outlook.preview(program, stores, today=DAY, now=NOON)


def away(client: Client, days: int, sell: Sell) -> Client:
    for back in (300, 200, days):
        sell(client, DAY - timedelta(days=back), 1_000)
    return client


def test_the_week_says_who_and_why_and_who_not_and_why_not(
    reachable: Reachable, turn_on: TurnOn, sell: Sell, store: Store, other_store: Store
) -> None:
    first, second = away(reachable(), 92, sell), away(reachable(), 86, sell)
    away(reachable(Purpose.PERSONAL_DATA), 90, sell), away(reachable(), 85, sell)
    elsewhere = away(reachable(home_store=other_store), 92, sell)
    program = turn_on("return", is_on=False, since=None)

    told = week(program, store)

    assert [(line.client, line.due_on, line.day, line.by_way) for line in told.lines] == [
        (first, DAY, date(2026, 8, 20), "звонок"), (second, DAY + timedelta(days=6), date(2026, 8, 26), "звонок"),
    ]  # fmt: skip
    assert (told.chosen, told.held, told.left_out, told.why_not) == (2, 0, 1, [("нет согласия", 1)])
    assert [line.why_not for line in told.others] == ["нет согласия"]
    assert [line.client for line in week(program, other_store).lines] == [elsewhere]
    assert Touch.objects.count() == 0


def test_who_was_chosen_already_stands_no_more(reachable: Reachable, turn_on: TurnOn, sell: Sell, store: Store) -> None:
    away(reachable(), 92, sell)
    program = turn_on("return")

    planned(program)

    assert week(program, store).lines == []


def test_some_are_chosen_to_compare_with(reachable: Reachable, turn_on: TurnOn, sell: Sell, store: Store) -> None:
    for _n in range(8):
        away(reachable(), 92, sell)
    program = turn_on("return", holdout=50)

    told = week(program, store)

    assert (told.chosen + told.held, sum(line.is_held for line in told.lines)) == (8, told.held)


def test_the_calendar_counts_each_client_once_for_the_first_program(
    reachable: Reachable, turn_on: TurnOn, sell: Sell, store: Store
) -> None:
    client = away(reachable(), 90, sell)
    client.rhythm.silent_from = DAY + timedelta(days=5)
    client.rhythm.save()
    programs = [turn_on("return"), turn_on("silent")]

    told = outlook.calendar(programs, [store], today=DAY, now=NOON)

    assert told.days == [DAY + timedelta(days=ahead) for ahead in range(14)]
    assert [row.total for row in told.rows] == [1, 0]
    assert told.totals == told.rows[0].days == [0, 0, 1, *[0] * 11]

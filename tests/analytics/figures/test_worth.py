"""Groups, their moves and their questions; value over life by hand; the model's place in the night."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest

from analytics.asking import segments
from analytics.asking.conditions import GROUP_NAMES
from analytics.figures import worth
from analytics.figures.periods import Period
from clients.models import Client
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits.models import ClientActivity, Visit

AS_OF = Period(TODAY, TODAY)


def group_of(last_day: date, visits: int, spent: Decimal, cut: dict[str, int], today: date) -> str:
    """The group by its definition in docs/figures.md."""
    days, top = (today - last_day).days, spent >= cut["top"]
    if days <= cut["usual"]:
        return "champions" if visits >= 4 and top else "loyal" if visits >= 4 else "growing" if visits >= 2 else "new"
    if days <= 3 * cut["usual"]:
        return "attention" if visits >= 2 else "cooling"
    return "cannot_lose" if visits >= 4 or (visits >= 2 and top) else "sleeping" if visits >= 2 else "gone"


@pytest.mark.parametrize("seed", [1, 8])
def test_groups_and_their_questions_equal_the_definition(histories: Histories, seed: int) -> None:
    histories(60, seed)

    told = worth.groups(None, AS_OF)

    expected = Counter(
        group_of(one.last_day, one.visit_days, one.spent, told["cut"], TODAY) for one in ClientActivity.objects.all()
    )
    assert {row["group"]: row["clients"] for row in told["rows"]} == {name: expected[name] for name in worth.GROUPS}
    for name in GROUP_NAMES:
        question = [[segments.single("group", group=name)]]
        assert segments.clients_of(question, today=TODAY, stores=None).count() == expected[name]


def test_moves_tell_where_clients_came_from(histories: Histories) -> None:
    histories(60)

    told = worth.groups(None, AS_OF)

    before = TODAY - timedelta(days=91)
    moved: Counter[tuple[str, str]] = Counter()
    for one in ClientActivity.objects.all():
        days = sorted(Visit.objects.filter(client=one.client_id, scope=0, day__lte=before).values_list("day", "total"))
        was = (
            group_of(days[-1][0], len(days), sum((total for _day, total in days), Decimal(0)), told["cut"], before)
            if days
            else ""
        )
        now = group_of(one.last_day, one.visit_days, one.spent, told["cut"], TODAY)
        if was != now:
            moved[was, now] += 1
    assert {(was, now): n for was, now, n in told["moves"]} == dict(moved)


def test_value_over_life_counts_quarters_that_are_lived(sell: Sell) -> None:
    """Thirty clients left 1 000 on the first day, half of them 2 000 more in the second quarter."""
    first = TODAY - timedelta(days=200)
    for number in range(30):
        client = ClientFactory.create()
        sell(client, first, 1_000)
        if number % 2:
            sell(client, first + timedelta(days=120), 2_000)

    told = worth.by_cohort(None, AS_OF)

    assert told == [{"year": str(first.year), "clients": 30, "values": [1_000.0, 2_000.0]}]


def test_below_thirty_a_quarter_says_nothing(card: Client, sell: Sell) -> None:
    sell(card, TODAY - timedelta(days=200), 1_000)

    assert worth.by_cohort(None, AS_OF)[0]["values"] == []


def test_value_over_life_ends_after_three_years(sell: Sell) -> None:
    first = TODAY - timedelta(days=worth.QUARTERS * worth.QUARTER + 30)
    for _client in range(30):
        sell(ClientFactory.create(), first, 1_000)

    told = worth.by_cohort(None, AS_OF)

    assert [row["values"] for row in told] == [[1_000.0] * worth.QUARTERS]

"""What the page of a program says: by month and by the holdout that was in force when its clients were chosen."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from analytics.figures.experiments import Says
from campaigns.effects import judging
from campaigns.models import Program
from clients.models import Client
from messaging.models import Message
from tests.campaigns.conftest import OCTOBER
from tests.conftest import Sell

TODAY = date(2026, 11, 21)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
Planned = Callable[..., Client]


def held_out(program: Program, percent: int, since: datetime) -> None:
    """The program's holdout was set so at a moment."""
    program.holdout = percent
    program.save()
    newest = program.history.latest("pk")
    newest.history_date = since
    newest.save()


def chosen_at(client: Client, moment: datetime) -> None:
    Message.objects.filter(client=client).update(created_at=moment)


def test_all_who_came_beside_nobody_who_came_is_more(program: Program, planned: Planned, sell: Sell) -> None:
    held_out(program, 50, datetime(2026, 1, 1, tzinfo=UTC))
    for _client in range(30):
        sell(planned(), OCTOBER, 1_000), planned(held=True)

    told = judging.judge(program, *YEAR, today=TODAY, stores=None)

    assert (told.share.difference, told.share.says, told.arms_fit) == (1.0, Says.MORE, True)
    assert (told.money.says, told.money.p) == (Says.TOO_FEW, None)


def test_a_window_that_is_not_over_is_not_judged(program: Program, planned: Planned, sell: Sell) -> None:
    sell(planned(date(2026, 11, 1)), date(2026, 11, 5), 1_000)

    assert judging.strata_of(program, *YEAR, today=TODAY, stores=None) == []


def test_each_holdout_is_a_stratum_of_its_own(program: Program, planned: Planned, sell: Sell) -> None:
    held_out(program, 10, datetime(2026, 3, 1, tzinfo=UTC))
    held_out(program, 50, datetime(2026, 10, 5, tzinfo=UTC))
    early, late, before = planned(), planned(held=True), planned()
    chosen_at(early, datetime(2026, 10, 4, tzinfo=UTC))
    chosen_at(late, datetime(2026, 10, 6, tzinfo=UTC))
    chosen_at(before, datetime(2026, 2, 1, tzinfo=UTC))
    sell(early, date(2026, 5, 5), 700)
    sell(early, OCTOBER, 1_000)

    strata = judging.strata_of(program, *YEAR, today=TODAY, stores=None)

    assert [(s.planned, s.treated.size, s.held.size) for s in strata] == [(0.1, 1, 0), (0.5, 0, 1), (0.0, 1, 0)]
    assert (strata[0].treated.bought, strata[0].treated.sums, strata[0].treated.before) == (1, [1_000.0], [700.0])

"""Programs whose effect was planted: the pages find those that bring buyers, and claim nothing of those that bring nobody."""

from collections import Counter
from datetime import date, timedelta

import pytest

from analytics.figures.experiments import Says
from analytics.figures.periods import Period
from campaigns.effects import brought, outcome
from campaigns.models import Program, Touch
from crm_site.demo import effects
from crm_site.demo.chain import Demo, Size
from purchases.models import Purchase

TODAY = date(2026, 6, 17)
YEAR = Period(TODAY - timedelta(days=365), TODAY)


def made(clients: int, receipts: int) -> Demo:
    demo = Demo(Size(clients, receipts, 2018), lambda what, done, total: None, TODAY)
    demo.make()
    return demo


@pytest.mark.once
def test_what_was_planted_is_found_and_nothing_else(db: None) -> None:
    demo = made(1_800, 9_000)

    told = {key: _told(key) for key in effects.PLANTED}

    said = {key: (one.verdict.share.says, one.verdict.arms_fit) for key, one in told.items()}
    assert said == {
        "second": (Says.MORE, True), "return": (Says.MORE, True), "expected": (Says.UNCLEAR, True), "silent": (Says.UNCLEAR, True),
    }  # fmt: skip
    assert {told[key].verdict.money.says for key in ("expected", "silent")} <= {Says.UNCLEAR, Says.TOO_FEW}
    _the_interval_holds_what_was_planted(demo, told)
    rows = {row["source"]: row["caused"]["says"] for row in brought.sources(None, YEAR) if row["source"] in effects.PLANTED}
    assert rows == {key: str(says) for key, (says, _fit) in said.items()}


def _told(key: str) -> outcome.Outcome:
    return outcome.outcome_of(Program.objects.get(key=key), *YEAR, today=TODAY, stores=None)


def _the_interval_holds_what_was_planted(demo: Demo, told: dict[str, outcome.Outcome]) -> None:
    """Of those whose days are over. Some would have bought anyway, so what was caused is a little less than what was planted."""
    over = dict(Touch.objects.filter(counted_from__lte=TODAY - timedelta(days=30)).values_list("client", "counted_from"))
    planted = Counter(one.program for one in demo.planted if one.client.pk in over)
    for key, one in told.items():
        share, treated = one.verdict.share, one.effect.total.written.full
        assert share.low is not None
        assert share.high is not None
        assert share.low * treated <= planted[key] * (0.9 if planted[key] else 1)
        assert share.high * treated >= planted[key] * 0.9


def test_a_small_demo_has_nothing_to_see(db: None) -> None:
    demo = made(40, 90)

    assert (demo.planted, Touch.objects.count()) == ([], 0)
    assert not Purchase.objects.filter(receipt_number__startswith="9000").exists()

"""Pairs that receipts tell of."""

import random
from datetime import timedelta
from itertools import combinations
from math import exp, log, sqrt
from typing import Any

import pytest

from clients.models import Client
from purchases.companions import finding
from purchases.companions.finding import Found
from purchases.models import Companion, Piece, Purchase
from stores.models import Store
from tests.factories import ClientFactory
from tests.purchases.companions.conftest import EARRINGS, RING, TODAY, buy


def lift_low(n: int, a: int, b: int, clients: int) -> float:
    spread = 1 / n - 1 / a - 1 / b + 2 * n / (a * b) - 1 / clients
    return exp(log(n * clients / (a * b)) - 1.959963984540054 * sqrt(max(0.0, spread)))


def test_what_is_bought_together_is_found_by_article_collection_and_kind(together: list[Client]) -> None:
    found = finding.find(TODAY)

    told = {
        (c.base_written or c.base_collection or c.base_kind, c.with_written or c.with_collection or c.with_kind): c
        for c in Companion.objects.all()
    }
    one = told[RING, EARRINGS]
    assert found == Found(standing=6, ended=0)
    assert set(told) == {
        (RING, EARRINGS), (EARRINGS, RING), ("Аврора", "Аврора"), ("ring", "earrings"), ("earrings", "ring"),
    }  # fmt: skip
    assert (one.took_both, one.buyers, one.others, one.clients, one.first_on) == (40, 50, 40, 200, TODAY)
    assert one.lift_low == pytest.approx(lift_low(40, 50, 40, 200))


def test_the_same_night_twice_changes_nothing_and_a_pair_that_is_gone_ends(together: list[Client], store: Store) -> None:
    finding.find(TODAY)
    kept = set(Companion.objects.values_list("pk", flat=True))

    again = finding.find(TODAY)
    next_night = finding.find(TODAY + timedelta(days=1))
    Piece.objects.filter(kind="earrings").update(returned_on=TODAY)
    gone = finding.find(TODAY + timedelta(days=2))

    assert (again, next_night, gone) == (Found(6, 0), Found(6, 0), Found(0, 6))
    assert set(Companion.objects.values_list("pk", flat=True)) == kept
    assert {c.first_on for c in Companion.objects.all()} == {TODAY}
    assert {c.ended_on for c in Companion.objects.all()} == {TODAY + timedelta(days=2)}


@pytest.mark.parametrize(
    "change", [{"client": None, "no_card_reason": "hurry"}, {"sold_on": TODAY - timedelta(days=366)}, {"sold_on": TODAY}]
)
def test_only_receipts_of_the_year_with_a_card_count(together: list[Client], change: dict[str, object]) -> None:
    Purchase.objects.filter(client__in=together[:15]).update(**change)

    assert finding.find(TODAY).standing == 0


def test_an_article_is_one_however_it_is_written(together: list[Client], store: Store) -> None:
    Piece.objects.filter(article=EARRINGS, purchase__client__in=together[:15]).update(article="е-200")  # in Cyrillic

    finding.find(TODAY)

    assert Companion.objects.filter(base_written=RING).exclude(with_article="").get().took_both == 40


def test_sql_finds_what_loops_find(db: None, store: Store) -> None:
    chance = random.Random(7)
    clients = ClientFactory.create_batch(220)
    baskets = {}
    for client in clients:
        kinds = [text for text, share in (("R1", 0.5), ("E1", 0.4), ("C1", 0.6), ("B1", 0.35)) if chance.random() < share]
        if "R1" in kinds and chance.random() < 0.5:
            kinds = [*{*kinds, "E1"}]
        baskets[client.pk] = set(kinds)
        if kinds:
            buy(client, store, *kinds)
    bought = [basket for basket in baskets.values() if basket]
    expected: dict[tuple[str, str], Any] = {}
    for one, other in combinations(("B1", "C1", "E1", "R1"), 2):
        n, a, b = (sum(want <= basket for basket in bought) for want in ({one, other}, {one}, {other}))
        if n >= finding.LEAST and (low := lift_low(n, a, b, len(bought))) > 1:
            expected |= {(one, other): pytest.approx(low), (other, one): pytest.approx(low)}

    finding.find(TODAY)

    found = {(c.base_written, c.with_written): c.lift_low for c in Companion.objects.exclude(base_article="")}
    assert found == expected
    assert found


def test_the_bound_is_above_one_seldom_where_nothing_goes_together() -> None:
    """2.5 % of independent pairs are above it by chance: here 10 000 of them, as clients buy."""
    import numpy as np

    chance = np.random.default_rng(11)
    clients, one, other = 4_000, 0.12, 0.10
    cells = chance.multinomial(clients, [one * other, one * (1 - other), (1 - one) * other, (1 - one) * (1 - other)], size=10_000)
    above = [lift_low(n, n + a, n + b, clients) > 1 for n, a, b, _rest in cells if n >= finding.LEAST]

    assert 0.015 < sum(above) / len(above) < 0.033

"""The ledger against a plain-Python twin: many random steps of a chain, each compared. Receipts themselves: purchases/test_whole_bonuses.

Here a receipt is what its pieces say, so that ten thousand steps take half a minute: every balance, bill and return is compared at
its step, the whole ledger with its days at the end of each history.
"""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from catalogue.kinds import Tariff
from clients.models import Client
from loyalty import families, joining, nightly, pricing, selectors, services, settling
from loyalty.ledger import Birth
from loyalty.models import Entry, Lot, Source
from loyalty.pricing import Line, Rules, Standing
from loyalty.settling import Wanted
from tests.factories import ClientFactory
from tests.loyalty.twin import LEAST, SHARE, WEEKS, YEAR, Twin, TwinMerge, TwinReceipt
from tests.loyalty.twin_bill import TwinLine

FIRST = date(2026, 1, 1)
HISTORIES, STEPS = 40, 247  # with those of the receipts themselves more than 10 000 steps
ACTS = ["sale"] * 9 + ["return"] * 6 + ["undo return"] * 3 + ["void"] * 2 + ["restore"] * 2 + ["correct"] * 2 + [
    "night", "replay", "join", "join", "leave", "merge", "part", "may spend",
]  # fmt: skip
DAYS = [0, 0, 0, 1, 1, 3, 7, 14, 20, 60, 200]
KINDS = [Tariff.TAG, Tariff.TAG, Tariff.TAG, Tariff.MARKDOWN, Tariff.WEIGHT]


LOTS = 'SELECT "left", until_on FROM loyalty_lot ORDER BY id'
OWED = "SELECT m.client_id, a.owed, a.id, m.may_spend FROM loyalty_member m JOIN loyalty_account a ON a.id = m.account_id WHERE m.until IS NULL"


def rows(asked: str) -> list[tuple[Any, ...]]:
    """What stands in the base, asked without the product."""
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return list(cursor.fetchall())


class Played:
    """Four clients and their twin."""

    def __init__(self, seed: int, clients: list[Client]) -> None:
        self.chance, self.day, self.twin, self.times = random.Random(seed), FIRST, Twin(), 0
        self.clients = {one.pk: one for one in clients}
        self.keys = [one.pk for one in clients]
        self.merges: list[tuple[dict[str, object], TwinMerge]] = []
        self.parts: dict[tuple[int, int], list[tuple[int | None, int]]] = {}  # (receipt, place) → lots of the base and how much
        self.moved: set[int] = set()
        self.shares: dict[int, tuple[int, bool]] = {}  # who is in which account, and may spend, after the last step

    def step(self) -> str:
        act = self.chance.choice(ACTS)
        self.day += timedelta(days=self.chance.choice(DAYS))
        done = getattr(self, f"do_{act.replace(' ', '_')}")()
        return act if done is not False else ""

    def do_sale(self) -> None:
        client, chance = self.chance.choice(self.keys), self.chance
        lines = [
            TwinLine(chance.randrange(1, 400_000) * chance.choice([1, 100]), 0, chance.choice(KINDS) == Tariff.TAG, "ring")
            for _piece in range(chance.randrange(1, 5))
        ]
        for line in lines:
            line.off = chance.choice([0, 0, line.tag // 10])
        wish = chance.choice([0, 0, None, chance.randrange(3_000)])
        percent, tier = chance.choice([300, 500, 700]), chance.choice([0, 0, 300, 550])
        account, may_spend = self.shares.get(client, (None, True))
        balance = self.told(account)[0] if may_spend else 0
        told = pricing.bill(
            [Line(line.tag, line.off, 0, Tariff.TAG if line.by_tag else Tariff.MARKDOWN, "ring") for line in lines],
            Standing(balance, tier, percent), "most" if wish is None else wish, Rules(SHARE, LEAST),
        )  # fmt: skip
        receipt = self.twin.sell(client, lines, self.day, wish, percent, tier, may_spend=may_spend)
        number = len(self.twin.receipts) - 1
        assert [(line.tier, line.paid, line.earns) for line in told.lines] == [(p.tier, p.paid, p.earned) for p in receipt.pieces]
        if told.spent or told.earns:
            came = self.settle(number, {None: told.spent}, told.earns)
            self.deal(number, range(len(lines)), [line.bonus // 100 for line in told.lines], came)

    def settle(self, number: int, spent: dict[int | None, int], earned: int) -> settling.Settled:
        receipt = self.twin.receipts[number]
        self.times += 1
        self.moved.add(number)
        birth = Birth(Source.PURCHASE, receipt.day + WEEKS, receipt.day + WEEKS + YEAR)
        account = self.shares.get(receipt.client, (0, True))[0] or services.open_account(receipt.client, on=self.day).pk
        wanted = Wanted(spent, earned, birth)
        return settling.settle(f"receipt:{number}", wanted, account=account, version=str(self.times), on=self.day, by=None)

    def deal(self, number: int, places: range | list[int], bonus: list[int], came: settling.Settled) -> None:
        for place, parts in zip(places, pricing.deal(came.spent, bonus), strict=True):
            self.parts[number, place] = parts

    def follow(self, receipt: TwinReceipt) -> None:
        """As a receipt of the base is followed, piece by piece."""
        number = self.twin.receipts.index(receipt)
        self.twin.follow(receipt, self.day)
        places = [place for place, piece in enumerate(receipt.pieces) if piece in receipt.kept()]
        want: Counter[int | None] = Counter()
        for place in places:
            for lot, amount in self.parts.get((number, place), []):
                want[lot] += amount
        earned = sum(receipt.pieces[place].earned for place in places)
        if want or earned or number in self.moved:
            came = self.settle(number, dict(want), earned)
            if dict(came.spent) != dict(want):
                self.deal(
                    number, places, [sum(amount for _lot, amount in self.parts.get((number, at), [])) for at in places], came
                )

    def some(self, *, voided: bool = False, back: bool = False) -> TwinReceipt | None:
        """One of the last receipts that stands so."""
        found = [
            one for one in self.twin.receipts[-12:] if one.voided == voided and (not back or len(one.kept()) < len(one.pieces))
        ]
        return self.chance.choice(found) if found else None

    def do_return(self) -> bool | None:
        receipt = self.some()
        if receipt is None or not receipt.kept():
            return False
        for piece in self.chance.sample(receipt.kept(), self.chance.randrange(1, len(receipt.kept()) + 1)):
            piece.returned = True
        self.follow(receipt)
        return None

    def do_undo_return(self) -> bool | None:
        if (receipt := self.some(back=True)) is None:
            return False
        for piece in receipt.pieces:
            piece.returned = piece.returned and self.chance.random() < 0.3
        self.follow(receipt)
        return None

    def do_void(self, voided: bool = True) -> bool | None:
        if (receipt := self.some(voided=not voided)) is None:
            return False
        receipt.voided = voided
        self.follow(receipt)
        return None

    def do_restore(self) -> bool | None:
        return self.do_void(voided=False)

    def do_correct(self) -> bool | None:
        if (receipt := self.some()) is None:
            return False
        piece = self.chance.choice(receipt.pieces)
        piece.earned = self.chance.choice([0, piece.earned // 2, piece.earned + 100])
        self.follow(receipt)
        return None

    def do_replay(self) -> bool | None:
        if (receipt := self.some()) is None:
            return False
        self.follow(receipt)
        return None

    def do_night(self) -> None:
        nightly.expire(self.day)
        self.twin.night(self.day)

    def do_join(self) -> bool | None:
        one, other = self.chance.sample(self.keys, 2)
        try:
            families.join(self.clients[one], self.clients[other], on=self.day, may_spend=True)
        except services.FamilyError:
            assert not self.twin.join(one, other)
            return False
        assert self.twin.join(one, other)
        return None

    def do_leave(self) -> bool | None:
        member = selectors.member_of(self.chance.choice(self.keys))
        told = families.leave(member, on=self.day) if member else False
        assert told == (self.twin.leave(member.client_id) if member else False)
        return None if told else False

    def do_may_spend(self) -> bool | None:
        member = selectors.member_of(self.chance.choice(self.keys))
        return None if member and families.let_spend(member, may_spend=self.chance.random() < 0.8) else False

    def do_merge(self) -> bool | None:
        if self.merges or self.chance.random() < 0.5:
            return False
        absorbed, survivor = self.chance.sample(self.keys, 2)
        self.keys.remove(absorbed)
        self.merges.append((joining.join(absorbed, survivor, on=self.day), self.twin.merge(absorbed, survivor)))
        return None

    def do_part(self) -> bool | None:
        if not self.merges:
            return False
        moved, told = self.merges.pop()
        joining.part(moved, told.absorbed, told.survivor, on=self.day)
        self.twin.part(told)
        self.keys.append(told.absorbed)
        return None

    def differs(self) -> list[tuple[object, ...]]:
        """Where a lot, a debt, or what one of the clients is told of their balance is not the twin's. Three queries."""
        there = {one.client: one.account for one in self.twin.members if one.present}
        client, shares = self.chance.choice(self.keys), rows(OWED)
        self.shares = {key: (account, bool(may)) for key, _owed, account, may in shares}
        account, _may = self.shares.get(client, (None, True))
        pairs = [
            ([(left, str(until)) for left, until in rows(LOTS)], [(lot.left, str(lot.last)) for lot in self.twin.lots]),
            (
                {key: owed for key, owed, _account, _may in shares},
                {key: self.twin.owed(account) for key, account in there.items()},
            ),
            (self.told(account), self.twin.balance(there[client], self.day) if client in there else (0, 0, 0)),
        ]
        return [pair for pair in pairs if pair[0] != pair[1]]

    def told(self, account: int | None) -> tuple[int, int, int]:
        told = selectors.balance_on(account, self.day) if account else selectors.NO_BALANCE
        return told.now, told.coming, told.owed


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_every_balance_bill_and_return_is_the_twins(db: None, seed: int) -> None:
    played, done = Played(seed, ClientFactory.create_batch(4)), 0
    trail = []

    while done < STEPS:
        act = played.step()
        if act:
            done += 1
            trail.append(act)
            assert (played.differs(), trail[-12:]) == ([], trail[-12:])

    _whole(played)


def _whole(played: Played) -> None:
    """What is left of each lot is what its entries say, no day that has been was below zero, and days ahead are the twin's."""
    assert list(nightly.differences()) == []
    left: Counter[int] = Counter()
    for lot, amount in Entry.objects.order_by("on", "pk").values_list("lot", "amount"):
        left[lot] += amount
        assert left[lot] >= 0
    assert dict(left) == dict(Lot.objects.values_list("pk", "left"))
    for ahead in (1, 14, 100, 400):
        played.day += timedelta(days=ahead)
        there = {client: one.account for client in played.keys if (one := played.twin.member(client))}
        told = {client: played.told(account) for client, _owed, account, _may in rows(OWED)}
        assert told == {client: played.twin.balance(account, played.day) for client, account in there.items()}
    nightly.expire(played.day)
    played.twin.night(played.day)
    assert (played.differs(), list(nightly.differences())) == ([], [])


def test_a_family_has_one_balance(db: None) -> None:
    she, he = ClientFactory.create(), ClientFactory.create()
    account = services.open_account(she.pk, on=FIRST)
    services.join(account, he, on=FIRST)

    services.earn(account, 70, birth=Birth(Source.GOODWILL, FIRST, FIRST), key="gift", on=FIRST, by=None)

    assert [services.open_account(one.pk, on=FIRST) for one in (she, he)] == [account, account]
    assert selectors.balance_on(account.pk, FIRST).now == 70

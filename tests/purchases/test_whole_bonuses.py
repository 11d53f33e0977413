"""Receipts and their bonuses against the twin of the ledger: sold, returned, corrected, voided, by families and cards made one.

The clock stands within a minute of midnight in the store's zone, +10; tiers come by what the twin itself adds up.
"""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from catalogue.kinds import PieceKind, Tariff
from clients.models import Client, Merge
from clients.sameness import merging
from loyalty import families, nightly, selectors
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Source
from loyalty.pricing import Mode
from loyalty.services import FamilyError, NotEnoughError, TermsSaid, TierSaid
from purchases import services
from purchases.correcting import acts, contents
from purchases.models import Purchase
from purchases.services import AlreadyReturnedError, PieceLine
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.loyalty.twin import Twin, TwinMerge, TwinReceipt
from tests.loyalty.twin_bill import TwinLine
from tests.together import SEVERAL_CONNECTIONS, together

FIRST, STEPS = date(2026, 1, 1), 150
TIERS = [(0, 500, 0), (3_000, 700, 300), (12_000, 1_000, 500)]  # from roubles: earned, off the tag
ACTS = ["sell"] * 6 + ["bring_back"] * 4 + ["undo_return", "undo_return", "void", "restore", "correct", "correct", "night", "join",
        "leave", "make_one", "part"]  # fmt: skip
TARIFFS = [Tariff.TAG, Tariff.TAG, Tariff.TAG, Tariff.MARKDOWN, Tariff.WEIGHT, Tariff.INVESTMENT]
KINDS = [PieceKind.RING, PieceKind.EARRINGS, PieceKind.CHAIN]


class Played:
    """Three clients of a store and their twin."""

    def __init__(self, seed: int, store: Store, by: Employee, clients: list[Client]) -> None:
        self.chance, self.twin, self.store, self.by = random.Random(seed), Twin(), store, by
        self.now, self.clients = datetime(2026, 1, 1, 13, 59, 30, tzinfo=UTC), clients
        self.purchases: dict[TwinReceipt, Purchase] = {}
        self.merges: list[tuple[Merge, TwinMerge]] = []

    @property
    def day(self) -> date:
        """As clocks on the wall say it."""
        return (self.now + timedelta(hours=10)).date()

    def goes_on(self) -> None:
        """A minute over midnight, from there to the last one of the same day, or of one some days later."""
        is_over = self.now.hour == 14
        days = self.chance.choice([0, 0, 0, 1, 5, 15, 40, 170])
        self.now += timedelta(days=days + is_over, minutes=-1) if is_over else timedelta(days=days, minutes=0 if days else 1)

    def tier(self, client: int, day: date) -> tuple[int, int]:
        """(earned, off the tag) by the best 365 days since the first of January."""
        there = self.twin.member(client)
        whose = {one.client for one in self.twin.sharing(there.account)} if there else {client}
        kept = [(one.day, sum(p.paid for p in one.kept())) for one in self.twin.receipts if one.client in whose and one.kept()]
        best, on = 0, day.replace(month=1, day=1)
        while on <= day:
            best = max(best, sum(paid for sold, paid in kept if on - timedelta(days=365) <= sold < on))
            on += timedelta(days=1)
        return next((earn, off) for least, earn, off in reversed(TIERS) if best >= least * 100)

    def sell(self) -> None:
        client, chance = self.chance.choice(self.clients), self.chance
        tags = [
            (Decimal(chance.randrange(1, 6_000)), chance.choice(TARIFFS), chance.choice(KINDS))
            for _n in range(chance.randrange(1, 4))
        ]
        offs = [chance.choice([Decimal(0), Decimal(0), tag // 10]) for tag, _tariff, _kind in tags]
        wish = chance.choice([0, None, None])
        percent, off = self.tier(client.pk, self.day)
        lines = [
            TwinLine(int(tag * 100), int(less * 100), tariff == Tariff.TAG, kind)
            for (tag, tariff, kind), less in zip(tags, offs, strict=True)
        ]
        typed = [
            PieceLine("R1", kind, tag - less, less, tariff=tariff) for (tag, tariff, kind), less in zip(tags, offs, strict=True)
        ]

        made = services.sell(typed, store=self.store, seller=self.by, client=client, spend="most" if wish is None else wish)
        told = self.twin.sell(client.pk, lines, self.day, wish, percent, off)

        assert made.sold_on == self.day
        self.purchases[told] = made
        pieces = list(made.pieces.order_by("pk"))
        assert [(int(one.price * 100), one.earned) for one in pieces] == [(one.paid, one.earned) for one in told.pieces]

    def some(self, *, voided: bool = False) -> TwinReceipt | None:
        found = [one for one in self.twin.receipts[-6:] if one.voided == voided]
        return self.chance.choice(found) if found else None

    def current(self, told: TwinReceipt) -> Purchase:
        return Purchase.written.get(pk=self.purchases[told].pk)

    def bring_back(self) -> None:
        if (told := self.some()) is None or not told.kept():
            return
        back = self.chance.sample(told.kept(), self.chance.randrange(1, len(told.kept()) + 1))
        pieces = list(self.current(told).pieces.order_by("pk"))
        seen = services.preview_return(self.current(told), [pieces[told.pieces.index(one)] for one in back], by=self.by)

        services.return_pieces(self.current(told), [pieces[told.pieces.index(one)] for one in back], by=self.by)
        for one in back:
            one.returned = True
        self.twin.follow(told, self.day)
        assert seen.money * 100 == sum(one.paid for one in back)

    def undo_return(self) -> None:
        if (told := self.some()) is None:
            return
        today = [one.returned_on == self.day for one in self.current(told).pieces.order_by("pk")]
        services.undo_return(self.current(told), by=self.by)
        for piece, back in zip(told.pieces, today, strict=True):
            piece.returned = piece.returned and not back
        self.twin.follow(told, self.day)

    def void(self) -> None:
        if (told := self.some()) is not None:
            purchase = self.current(told)
            acts.void(purchase, reason="ошибка", version=purchase.version, by=self.by)
            told.voided = True
            self.twin.follow(told, self.day)

    def restore(self) -> None:
        if (told := self.some(voided=True)) is not None:
            purchase = self.current(told)
            acts.restore(purchase, version=purchase.version, by=self.by)
            told.voided = False
            self.twin.follow(told, self.day)

    def correct(self) -> None:
        """The price of a piece was another."""
        if (told := self.some()) is None:
            return
        purchase, at = self.current(told), self.chance.randrange(len(told.pieces))
        stands = contents.of(purchase)
        price = stands.pieces[at].price + self.chance.choice([Decimal(50), Decimal(700)])
        pieces = (*stands.pieces[:at], stands.pieces[at]._replace(price=price), *stands.pieces[at + 1 :])
        acts.correct(purchase, wanted=replace(stands, pieces=pieces), version=purchase.version, by=self.by)
        told.pieces[at].paid = int(price * 100)
        told.percent = self.tier(told.client, told.day)[0]
        self.twin.follow(told, self.day, anew=True)

    def night(self) -> None:
        nightly.expire(self.day)
        self.twin.night(self.day)

    def join(self) -> None:
        one, other = self.chance.sample(self.clients, 2)
        try:
            families.join(one, other, on=self.day, may_spend=True)
        except FamilyError:
            assert not self.twin.join(one.pk, other.pk)
        else:
            assert self.twin.join(one.pk, other.pk)

    def leave(self) -> None:
        member = selectors.member_of(self.chance.choice(self.clients).pk)
        if member:
            assert families.leave(member, on=self.day) == self.twin.leave(member.client_id)

    def make_one(self) -> None:
        if not self.merges and len(self.clients) > 2:
            absorbed, survivor = self.chance.sample(self.clients, 2)
            self.merges.append(
                (merging.merge(survivor, absorbed, chosen={}, by=self.by), self.twin.merge(absorbed.pk, survivor.pk))
            )
            self.clients.remove(absorbed)

    def part(self) -> None:
        if self.merges:
            made, told = self.merges.pop()
            merging.undo(made, by=self.by)
            self.twin.part(told)
            self.clients.append(Client.objects.get(pk=told.absorbed))

    def differs(self) -> list[tuple[object, ...]]:
        found: list[tuple[object, ...]] = []
        for client in self.clients:
            member, there = selectors.member_of(client.pk), self.twin.member(client.pk)
            told = selectors.balance_on(member.account_id, self.day) if member else selectors.NO_BALANCE
            is_, wanted = (told.now, told.coming, told.owed), self.twin.balance(there.account, self.day) if there else (0, 0, 0)
            found += [] if is_ == wanted else [(client.pk, is_, wanted)]
        return found


def test_receipts_leave_the_balances_of_the_twin(store: Store, manager: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    tiers = [TierSaid(Decimal(least), Decimal(earn) / 100, Decimal(off) / 100) for least, earn, off in TIERS[1:]]
    loyalty_services.publish(TermsSaid(Mode.BOTH, earn_percent=Decimal(5), tiers=tiers), since=FIRST, by=None)
    played, trail = Played(1, store, manager, ClientFactory.create_batch(3)), list[str]()
    monkeypatch.setattr(timezone, "now", lambda: played.now)

    for _step in range(STEPS):
        played.goes_on()
        act = played.chance.choice(ACTS)
        getattr(played, act)()
        trail.append(f"{played.day} {act}")
        assert (played.differs(), trail[-8:]) == ([], trail[-8:])

    assert list(nightly.differences()) == []
    for told, made in played.purchases.items():
        kept = Purchase.written.get(pk=made.pk).pieces.order_by("pk").prefetch_related("deductions")
        for piece, twin in zip(kept, told.pieces, strict=True):
            spent = sum(row.amount for row in piece.deductions.all() if row.source == "bonus")
            assert spent == sum(part for _lot, part in twin.parts)


class TestTogether:
    pytestmark = SEVERAL_CONNECTIONS

    def test_return_spend_return_at_two_tills_and_each_said_twice(self, store: Store, seller: Employee, card: Client) -> None:
        """The same receipt comes back, is spent from and comes back again, everywhere at once: each happens once."""
        day = store.today()
        terms = TermsSaid(Mode.BONUSES, earn_percent=Decimal(5), delay_days=0, spend_share_percent=Decimal(100))
        loyalty_services.publish(terms, since=day, by=None)
        account = loyalty_services.open_account(card.pk, on=day)
        birth = Birth(Source.GOODWILL, day, day + timedelta(days=30))
        loyalty_services.earn(account, 3_000, birth=birth, key="gift", on=day, by=None)

        def sell(key: UUID) -> Purchase:
            lines = [PieceLine("R1", PieceKind.RING, Decimal(2_001))]
            return services.sell(lines, store=store, seller=seller, client=card, spend=2_000, form_key=key)

        def bring_back(purchase: Purchase) -> int:
            return services.return_pieces(purchase, list(purchase.pieces.all()), by=seller)

        keys, sold, tills = [uuid4() for _n in range(4)], list[Purchase](), 4
        for _round in range(3):
            said = together(*(partial(sell, key) for key in keys for _twice in range(2)))
            made = {one.pk: one for one in said if isinstance(one, Purchase)}
            assert len(made) == 1
            assert [one for one in said if isinstance(one, type) and one is not NotEnoughError] == []
            sold += made.values()
            assert selectors.balance_on(account.pk, day).now == 1_000

            back = together(*(partial(bring_back, sold[-1]) for _till in range(tills)))
            assert sorted(map(str, back)) == sorted(["1", *[str(AlreadyReturnedError)] * (tills - 1)])
            assert selectors.balance_on(account.pk, day).now == 3_000
            keys = [uuid4() for _n in range(4)]

        assert list(nightly.differences()) == []

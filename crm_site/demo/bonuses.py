"""A year of loyalty in the demo: two versions of the terms, and what the receipts since then would have earned and spent."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from clients.models import Client
from imports.bulk import batched
from loyalty import pricing, services, tiers
from loyalty.models import Account, Entry, EntryKind, Lot, Member, Source, Terms
from loyalty.pricing import UNIT, Line, Mode, Standing
from loyalty.services import TermsSaid, TierSaid
from loyalty.tiers import Step, hundredths
from purchases.models import Deduction, DeductionSource, Piece

BATCH = 2_000
BEGAN, CHANGED = timedelta(days=365), timedelta(days=180)
TIERS = (
    TierSaid(Decimal(50_000), Decimal(7), None, "Серебро"),
    TierSaid(Decimal(150_000), Decimal(10), None, "Золото"),
    TierSaid(Decimal(400_000), Decimal(10), Decimal(3), "Платина"),
)
FIRST = TermsSaid(Mode.BONUSES, earn_percent=Decimal(3))
SECOND = TermsSaid(Mode.BOTH, earn_percent=Decimal(5), birthday=500, welcome=300, code_from=20_000, tiers=TIERS)
SPENDS = 0.5


class Year:
    """The accounts of one demo, written at once at the end."""

    def __init__(self, today: date, chance: random.Random) -> None:
        self.today, self.chance = today, chance
        self.versions = [
            services.publish(FIRST, since=today - BEGAN, by=None), services.publish(SECOND, since=today - CHANGED, by=None),
        ]  # fmt: skip
        self.steps = [
            Step(one.from_spent, hundredths(one.earn_percent), hundredths(one.discount_percent), one.name) for one in TIERS
        ]
        self.lots: list[Lot] = []
        self.places: dict[str, int] = {}
        self.entries: list[Entry] = []
        self.deductions: list[tuple[Deduction, Lot | None]] = []
        self.billed: list[Piece] = []

    def terms_on(self, day: date) -> Terms:
        return self.versions[day >= self.versions[1].since]

    def live(self, account: Account, client: Client, pieces: Sequence[Piece]) -> None:
        """One client's receipts in their order."""
        spent: list[tuple[date, Decimal]] = []
        mine: list[Lot] = []
        for (day, key), sold in groupby(pieces, key=lambda piece: (piece.purchase.sold_on, piece.purchase_id)):
            lines = list(sold)
            if day >= self.versions[0].since:
                self._bill(account, lines, spent, mine, day, f"receipt:{key}")
            spent.append((day, sum((line.price for line in lines), Decimal(0))))
        self._birthday(account, client, mine)
        for lot in mine:
            if lot.left and lot.until_on < self.today:
                self._enter(lot, EntryKind.EXPIRE, -lot.left, lot.until_on + timedelta(days=1), "")

    def _bill(
        self, account: Account, pieces: list[Piece], spent: list[tuple[date, Decimal]], mine: list[Lot], day: date, key: str
    ) -> None:
        terms = self.terms_on(day)
        step = tiers.reached(spent, day, self.steps).step if terms.gives_discount else None
        usable = sorted((one for one in mine if one.left and one.from_on <= day <= one.until_on), key=lambda one: one.until_on)
        earn, off = (step.earn, step.discount) if step else (hundredths(terms.earn_percent), 0)
        lines = [Line(int((piece.price + piece.discount) * UNIT), int(piece.discount * UNIT)) for piece in pieces]
        wish = "most" if self.chance.random() < SPENDS else 0
        bill = pricing.bill(lines, Standing(sum(one.left for one in usable), off, earn), wish, terms.rules)  # type: ignore[arg-type]
        drawn = self._draw(usable, bill.spent, day, key)
        dealt = pricing.deal(drawn, [line.bonus // UNIT for line in bill.lines])
        for piece, line, parts in zip(pieces, bill.lines, dealt, strict=True):
            self._deduct(piece, line, [(self.lots[place or 0], amount) for place, amount in parts])
        if bill.earns:
            first = day + timedelta(days=terms.delay_days)
            ends = first + timedelta(days=terms.life_days)
            mine.append(self._bear(account, bill.earns, (day, first, ends), terms, Source.PURCHASE, key))

    def _draw(self, usable: Iterable[Lot], amount: int, day: date, key: str) -> list[tuple[int | None, int]]:
        drawn: list[tuple[int | None, int]] = []
        for lot in usable:
            if part := min(amount, lot.left):
                self._enter(lot, EntryKind.SPEND, -part, day, key)
                drawn.append((self.places[lot.occasion_key], part))
                amount -= part
        return drawn

    def _deduct(self, piece: Piece, line: pricing.BilledLine, bonuses: list[tuple[Lot, int]]) -> None:
        piece.price, piece.discount = Decimal(line.paid) / UNIT, Decimal(line.tag - line.paid) / UNIT
        piece.earned = line.earns
        self.billed.append(piece)
        if line.tier:
            self.deductions.append((Deduction(piece=piece, source=DeductionSource.TIER, amount=Decimal(line.tier) / UNIT), None))
        for lot, amount in bonuses:
            self.deductions.append((Deduction(piece=piece, source=DeductionSource.BONUS, amount=amount), lot))

    def _birthday(self, account: Account, client: Client, mine: list[Lot]) -> None:
        if not client.birth_date:
            return
        terms = self.versions[1]
        for year in (self.today.year - 1, self.today.year):
            day = date(year, client.birth_date.month, min(client.birth_date.day, 28))
            given = day - timedelta(days=terms.birthday_before_days)
            if terms.since <= given <= self.today:
                ends = given + timedelta(days=terms.birthday_life_days)
                key = f"birthday:{day.year}:{client.pk}"
                mine.append(self._bear(account, terms.birthday, (given, given, ends), terms, Source.BIRTHDAY, key))

    def _bear(self, account: Account, amount: int, days: tuple[date, date, date], terms: Terms, source: Source, key: str) -> Lot:
        on, first, ends = days
        occasion = f"{key}:0" if source == Source.PURCHASE else key
        lot = Lot(
            account=account, amount=amount, left=0, source=source, from_on=first, until_on=ends, moved_on=on, terms=terms,
            occasion_key=occasion,
        )  # fmt: skip
        self.places[occasion] = len(self.lots)
        self.lots.append(lot)
        self._enter(lot, EntryKind.EARN, amount, on, key if source == Source.PURCHASE else "")
        return lot

    def _enter(self, lot: Lot, kind: EntryKind, amount: int, on: date, receipt: str) -> None:
        lot.left += amount
        lot.moved_on = max(lot.moved_on, on)
        key = f"{receipt or lot.occasion_key}:0:{kind}:{len(self.entries)}"
        self.entries.append(Entry(lot=lot, kind=kind, amount=amount, on=on, receipt_key=receipt, key=key))

    def write(self) -> None:
        Lot.objects.bulk_create(self.lots, batch_size=BATCH)
        for some in batched(self.entries, BATCH):
            for entry in some:
                entry.lot_id = entry.lot.pk
            Entry.objects.bulk_create(some)
        for deduction, lot in self.deductions:
            deduction.lot = lot
        Deduction.objects.bulk_create([deduction for deduction, _lot in self.deductions], batch_size=BATCH)
        Piece.objects.bulk_update(self.billed, ["price", "discount", "earned"], batch_size=BATCH)


def earn(clients: Sequence[Client], today: date, chance: random.Random) -> None:
    """Accounts of all who bought since the terms began, with a year of lots."""
    year = Year(today, chance)
    kept = Piece.objects.kept().exclude(purchase__client=None).select_related("purchase")
    by_client: defaultdict[int, list[Piece]] = defaultdict(list)
    for piece in kept.order_by("purchase__sold_on", "purchase", "pk"):
        by_client[piece.purchase.client_id or 0].append(piece)
    known = {client.pk: client for client in clients}
    mine = [key for key, pieces in by_client.items() if key in known and pieces[-1].purchase.sold_on >= today - BEGAN]
    accounts = Account.objects.bulk_create([Account() for _key in mine], batch_size=BATCH)
    first = {key: max(by_client[key][0].purchase.sold_on, today - BEGAN) for key in mine}
    members = [Member(account=account, client_id=key, since=first[key]) for key, account in zip(mine, accounts, strict=True)]
    Member.objects.bulk_create(members, batch_size=BATCH)
    for key, account in zip(mine, accounts, strict=True):
        year.live(account, known[key], by_client[key])
    year.write()

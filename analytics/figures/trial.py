"""Terms of loyalty tried on what clients bought in a year, before they hold: what they would have earned and cost.

Each receipt is billed as the counter would (``loyalty.pricing``), with the tier of its day and the bonuses that the earlier ones
left. People are taken to have bought what they bought; ``takers`` per cent of them spend bonuses whenever they may.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from catalogue.kinds import Tariff
from loyalty import pricing, tiers
from loyalty.pricing import UNIT, WHOLE, Line, Mode, Rules, Standing
from loyalty.services import TermsSaid
from loyalty.tiers import Step, hundredths
from visits import dialect

YEAR = timedelta(days=365)


class Sold(NamedTuple):
    """A kept piece: whose account, receipt and day; what it cost, its tag and what came off by hand, in kopecks."""

    whose: int
    receipt: int
    day: date
    tariff: str
    paid: int
    tag: int
    off: int


class Given(NamedTuple):
    """Bonuses that come without a purchase, to who bought in the year: on a day, until a day."""

    day: date
    until: date
    amount: int


class Billed(NamedTuple):
    """What a bill comes to; money in kopecks, bonuses whole."""

    before: int
    paid: int
    discount: int
    spent: int
    earned: int


def billed(pieces: Sequence[Sold], standing: Standing, rules: Rules) -> Billed:
    """A receipt as the counter bills it; where nothing comes off, what it earns follows from its sum alone."""
    before = sum(one.tag - one.off for one in pieces)
    if not standing.discount and not (standing.balance and rules.share):
        base = sum(one.tag - one.off for one in pieces if one.tariff == Tariff.TAG)
        return Billed(before, before, 0, 0, max(0, base) * standing.earn // (WHOLE * UNIT))
    lines = [Line(one.tag, one.off, 0, Tariff(one.tariff)) for one in pieces]
    bill = pricing.bill(lines, standing, "most", rules)
    return Billed(before, bill.to_pay, sum(line.tier for line in bill.lines), bill.spent, bill.earns)


class Sums:
    """What the terms would have come to over some receipts; money in kopecks, bonuses whole."""

    def __init__(self) -> None:
        self.receipts = self.before = self.paid = self.discount = self.spent = self.earned = self.given = self.ended = 0
        self.clients: set[int] = set()

    def add(self, whose: int, billed: Billed) -> None:
        self.clients.add(whose)
        self.receipts += 1
        self.before += billed.before
        self.paid += billed.paid
        self.discount += billed.discount
        self.spent += billed.spent
        self.earned += billed.earned

    def told(self) -> dict[str, Any]:
        """As a page and a file show it: sums in roubles, ``cost`` and its share of what was to pay before loyalty."""
        discount, before = Decimal(self.discount) / UNIT, Decimal(self.before) / UNIT
        cost = discount + self.spent
        return {
            "clients": len(self.clients), "receipts": self.receipts, "before": before, "paid": Decimal(self.paid) / UNIT,
            "discount": discount, "spent": self.spent, "cost": cost, "share": cost * 100 / before if before else None,
            "earned": self.earned, "given": self.given, "ended": self.ended,
        }  # fmt: skip


class Trial:
    """Terms on trial over the 365 days that end with ``today``: ``total``, ``months``, ``tiers``, and what is left in the end."""

    def __init__(self, said: TermsSaid, today: date, *, takers: int = 100) -> None:
        self.said, self.first, self.last, self.takers = said, today - YEAR + timedelta(days=1), today, takers
        self.total, self.left = Sums(), 0
        self.by_month: defaultdict[date, Sums] = defaultdict(Sums)
        self.by_tier: defaultdict[Decimal | None, Sums] = defaultdict(Sums)
        self.gives_bonuses = said.mode in (Mode.BONUSES, Mode.BOTH)
        self.gives_discount = said.mode in (Mode.DISCOUNT, Mode.BOTH)
        self.earn = hundredths(said.earn_percent)
        self.steps = sorted(
            Step(
                one.from_spent, self.earn if one.earn_percent is None else hundredths(one.earn_percent),
                hundredths(one.discount_percent), one.name,
            )
            for one in said.tiers
        )  # fmt: skip
        self.rules = Rules(hundredths(said.spend_share_percent) if self.gives_bonuses else 0, int(said.least_paid * UNIT))

    def run(self, rows: Iterable[Sold], gifts: "dict[int, list[Given]] | None" = None) -> "Trial":
        """Account after account, each in the order of its days."""
        for whose, sold in groupby(rows, key=itemgetter(0)):
            _Account(self, whose, list(sold), (gifts or {}).get(whose, [])).live()
        return self

    def sums_of(self, day: date, step: Step | None = None, *, by_tier: bool = False) -> list[Sums]:
        sums = [self.total, self.by_month[day.replace(day=1)]]
        return [*sums, self.by_tier[step.from_spent if step else None]] if by_tier else sums

    def told(self) -> dict[str, Any]:
        names: dict[Decimal | None, str] = {None: "", **{step.from_spent: str(step) for step in self.steps}}
        return {
            "first": self.first, "last": self.last, "takers": self.takers, "total": self.total.told(), "left": self.left,
            "months": [{"month": month, **sums.told()} for month, sums in sorted(self.by_month.items())],
            "tiers": [{"name": name, **self.by_tier[key].told()} for key, name in names.items() if key in self.by_tier],
        }  # fmt: skip


class _Account:
    """One client or family through the year."""

    def __init__(self, trial: Trial, whose: int, sold: Sequence[Sold], gifts: Sequence[Given]) -> None:
        self.trial, self.whose = trial, whose
        self.takes = whose * 37 % 100 < trial.takers
        self.receipts = [(day, list(pieces)) for (day, _receipt), pieces in groupby(sold, key=itemgetter(2, 1))]
        self.tier = _Spend(sold) if trial.steps else None
        self.lots: list[list[Any]] = []  # until, from, left
        self.gifts = sorted(gifts, reverse=True)

    def live(self) -> None:
        trial = self.trial
        for day, pieces in self.receipts:
            if day >= trial.first:
                self.give(day)
                self.end(day)
                self.buy(day, pieces)
        self.give(trial.last)
        self.end(trial.last)
        trial.left += sum(lot[2] for lot in self.lots)

    def buy(self, day: date, pieces: Sequence[Sold]) -> None:
        trial = self.trial
        step = tiers.step_of(self.tier.on(day), trial.steps) if self.tier else None
        discount = step.discount if step and trial.gives_discount else 0
        earn = (step.earn if step else trial.earn) if trial.gives_bonuses else 0
        usable = sorted(lot for lot in self.lots if lot[1] <= day) if self.takes else []
        bill = billed(pieces, Standing(sum(lot[2] for lot in usable), discount, earn), trial.rules)
        for sums in trial.sums_of(day, step, by_tier=True):
            sums.add(self.whose, bill)
        self.spend(bill.spent, usable)
        if bill.earned:
            first = day + timedelta(days=trial.said.delay_days)
            self.lots.append([first + timedelta(days=trial.said.life_days), first, bill.earned])

    def spend(self, amount: int, usable: Iterable[list[Any]]) -> None:
        for lot in usable:
            taken = min(amount, lot[2])
            lot[2] -= taken
            amount -= taken

    def give(self, day: date) -> None:
        """What came without a purchase by the day."""
        while self.gifts and self.gifts[-1].day <= day:
            gift = self.gifts.pop()
            self.lots.append([gift.until, gift.day, gift.amount])
            for sums in self.trial.sums_of(gift.day):
                sums.given += gift.amount

    def end(self, day: date) -> None:
        """What lives no more on the day."""
        for until, _first, left in self.lots:
            if until < day and left:
                for sums in self.trial.sums_of(until + timedelta(days=1)):
                    sums.ended += left
        self.lots = [lot for lot in self.lots if lot[0] >= day and lot[2]]


class _Spend:
    """What an account spent by a day, as its tier asks: the best of any 365 days since the first of January."""

    def __init__(self, sold: Iterable[Sold]) -> None:
        self.days: list[date] = []
        self.sums = [0]
        for day, pieces in groupby(sold, key=itemgetter(2)):
            self.days.append(day)
            self.sums.append(self.sums[-1] + sum(piece.paid for piece in pieces))
        self.after = [self.within(day + timedelta(days=1)) for day in self.days]

    def within(self, day: date) -> int:
        """In the 365 days before a day."""
        return self.sums[bisect_left(self.days, day)] - self.sums[bisect_left(self.days, day - tiers.WINDOW)]

    def on(self, day: date) -> Decimal:
        new_year = day.replace(month=1, day=1)
        first, last = bisect_left(self.days, new_year), bisect_left(self.days, day)
        return Decimal(max(self.within(new_year), self.within(day), *self.after[first:last], 0)) / UNIT


def sold_since(today: date) -> Iterator[Sold]:
    """Every kept piece that may matter for a trial, account after account in the order of days. One query."""
    sql = """SELECT COALESCE(member.account_id, -purchase.client_id) AS whose, purchase.id, purchase.sold_on, piece.tariff,
        piece.price, piece.price + piece.discount, piece.discount - COALESCE(taken.sum, 0)
    FROM purchases_purchase purchase
    JOIN purchases_piece piece ON piece.purchase_id = purchase.id
    LEFT JOIN loyalty_member member ON member.client_id = purchase.client_id AND member.until IS NULL
    LEFT JOIN (SELECT piece_id, SUM(amount) AS sum FROM purchases_deduction GROUP BY piece_id) taken ON taken.piece_id = piece.id
    WHERE purchase.voided_at IS NULL AND purchase.client_id IS NOT NULL AND piece.returned_on IS NULL
        AND purchase.sold_on BETWEEN %s AND %s
    ORDER BY 1, purchase.sold_on, purchase.id, piece.id"""
    for whose, receipt, day, tariff, *money in dialect.fetch(sql, [tiers.first_day(today - YEAR + timedelta(days=1)), today]):
        paid, tag, off = (round(sum_ * UNIT) for sum_ in money)
        yield Sold(whose, receipt, _day(day), tariff, paid, tag, off)


def gifts_of(said: TermsSaid, today: date) -> dict[int, list[Given]]:
    """Birthday and welcome sums of the year, by account, for complete cards. One query, where the terms give any."""
    if not (said.welcome or said.birthday) or said.mode not in (Mode.BONUSES, Mode.BOTH):
        return {}
    sql = """SELECT COALESCE(member.account_id, -client.id), client.birthday, client.registered_on
    FROM clients_client client LEFT JOIN loyalty_member member ON member.client_id = client.id AND member.until IS NULL
    WHERE client.state = 'complete'"""
    first = today - YEAR + timedelta(days=1)
    gifts: defaultdict[int, list[Given]] = defaultdict(list)
    for whose, birthday, registered in dialect.fetch(sql):
        if said.birthday and birthday:
            day = _kept_on(birthday, first + timedelta(days=said.birthday_before_days))
            given = day - timedelta(days=said.birthday_before_days)
            gifts[whose].append(Given(given, given + timedelta(days=said.birthday_life_days), said.birthday))
        if said.welcome and registered and first <= _day(registered) <= today:
            begun = _day(registered) + timedelta(days=1)
            gifts[whose].append(Given(begun, begun + timedelta(days=said.welcome_life_days), said.welcome))
    return gifts


def _kept_on(birthday: int, after: date) -> date:
    """The first day from ``after`` on which a birthday (month × 100 + day) is kept."""
    month, day = divmod(birthday, 100)
    on = date(after.year, month, min(day, 28) if month == 2 else day)
    return on if on >= after else on.replace(year=after.year + 1)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def tried(said: TermsSaid, today: date, *, takers: int = 100) -> dict[str, Any]:
    """Terms tried on the receipts of the year that ends today. At most two queries."""
    return Trial(said, today, takers=takers).run(sold_since(today), gifts_of(said, today)).told()

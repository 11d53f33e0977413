"""What loyalty costs and owes: receipts with a card, discounts and bonuses, moves, what ends when, tiers (docs/loyalty.md).

With a store: its receipts and what was earned and spent in them; what is owed to the accounts of clients whose home it is, and
their tiers. Bonuses without a receipt, and those that ended, are the chain's.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat, TruncMonth
from django.utils import timezone

from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money, percent
from loyalty import selectors, tiers
from loyalty.models import Account, Entry, EntryKind, Lot, Member, Source
from loyalty.tiers import Step
from purchases.models import Purchase
from stores.chain_day import day_of
from stores.models import Store
from visits import dialect

DAY_ZERO = "'2000-01-01'"
_COST = """
SELECT {month}, p.store_id, COUNT(DISTINCT p.id), COUNT(DISTINCT CASE WHEN p.client_id IS NOT NULL THEN p.id END), SUM(x.price),
    SUM(d.tier), SUM(d.bonus), SUM(d.other), SUM(CASE WHEN p.client_id IS NOT NULL THEN x.price END)
FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
LEFT JOIN (SELECT piece_id, SUM(CASE WHEN source = 'tier' THEN amount END) AS tier,
        SUM(CASE WHEN source = 'bonus' THEN amount END) AS bonus,
        SUM(CASE WHEN source NOT IN ('tier', 'bonus') THEN amount END) AS other
    FROM purchases_deduction GROUP BY piece_id) d ON d.piece_id = x.id
WHERE p.voided_at IS NULL AND p.sold_on BETWEEN %(first)s AND %(last)s {store} GROUP BY 1, 2"""
_COLUMNS = ("receipts", "with_card", "revenue", "tier", "bonus", "other", "card_revenue")
# The best spend of 365 days since the first of January, as ``loyalty.tiers`` has it, of each account on a day.
_STANDING = """
SELECT whose, MAX(spent) AS spent FROM (
    SELECT whose, SUM(total) OVER (PARTITION BY whose ORDER BY n RANGE BETWEEN 364 PRECEDING AND CURRENT ROW) AS spent, day
    FROM ({days}) inside
) rolling WHERE day >= {new_year} GROUP BY whose
UNION ALL SELECT whose, SUM(total) FROM ({days}) before WHERE day < {new_year} GROUP BY whose"""
_DAYS = """SELECT COALESCE(m.account_id, -v.client_id) AS whose, {n} AS n, v.day, SUM(v.total) AS total
FROM visits_visit v LEFT JOIN loyalty_member m ON m.client_id = v.client_id AND m.until IS NULL
WHERE v.scope = 0 AND v.items > 0 AND v.day >= {first} AND v.day < {end} GROUP BY 1, 2, 3"""
_HOME = """WHERE whose IN (SELECT COALESCE(m.account_id, -c.id) FROM clients_client c
    LEFT JOIN loyalty_member m ON m.client_id = c.id AND m.until IS NULL WHERE c.home_store_id = %(store)s)"""


def cost(store: Store | None, period: Period) -> dict[str, Any]:
    """Kept pieces of the period: receipts with a card, discounts by tier, bonuses spent; by month and store. Two queries."""
    where = "AND p.store_id = %(store)s" if store else ""
    sql = _COST.format(month=dialect.month_of("p.sold_on"), store=where)
    asked = {"first": period.first, "last": period.last, "store": store.pk if store else 0}
    months: defaultdict[str, list[Any]] = defaultdict(list)
    stores: defaultdict[int, list[Any]] = defaultdict(list)
    rows = dialect.fetch(sql, asked)
    for month, place, *sums in rows:
        months[month].append(sums)
        stores[place].append(sums)
    names = dict(Store.objects.values_list("pk", "name"))
    return {
        "total": _costs(sums for _month, _place, *sums in rows),
        "by_month": [{"month": month, **_costs(months[month])} for month in sorted(months)],
        "by_store": sorted(({"store": key, "name": names[key], **_costs(sums)} for key, sums in stores.items()), key=_by_name),
    }


def _by_name(row: dict[str, Any]) -> str:
    return str(row["name"])


def _costs(rows: Iterable[list[Any]]) -> dict[str, Any]:
    """Sums of rows. In per cent: ``share`` of the cost in what was to pay with a card, ``card_share`` of receipts."""
    told = dict.fromkeys(_COLUMNS, Decimal(0))
    for row in rows:
        for name, value in zip(_COLUMNS, row, strict=True):
            told[name] += money(value or 0)
    whole = told["tier"] + told["bonus"] + told["other"]
    return {
        **{name: number(value) for name, value in told.items()}, "cost": number(whole),
        "share": number(percent(whole, told["card_revenue"] + whole)),
        "card_share": number(percent(told["with_card"], told["receipts"])),
    }  # fmt: skip


def moves(store: Store | None, period: Period) -> dict[str, Any]:
    """Bonuses by month: earned by purchases, given without one, spent, ended, taken back. One query."""
    entries = entries_of(store, period).annotate(month=TruncMonth("on")).order_by().values_list("month", "kind", "lot__source")
    months: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for month, kind, source, amount in entries.annotate(Sum("amount")):
        column, sign = _column(kind, source)
        months[f"{month:%Y-%m}"][column] += sign * amount
    names = ("earned", "given", "spent", "ended", "revoked")
    rows = [{"month": month, **{name: months[month][name] for name in names}} for month in sorted(months)]
    return {"total": {name: sum(row[name] for row in rows) for name in names}, "by_month": rows}


def _column(kind: str, source: str) -> tuple[str, int]:
    if kind == EntryKind.EARN:
        return ("earned" if source == Source.PURCHASE else "given"), 1
    return {EntryKind.EXPIRE: "ended", EntryKind.REVOKE: "revoked"}.get(EntryKind(kind), "spent"), -1


def entries_of(store: Store | None, period: Period) -> "QuerySet[Entry]":
    """Moves of bonuses on the days of a period; of a store, those of its receipts."""
    entries: QuerySet[Entry] = Entry.objects.filter(on__range=period)
    if store is None:
        return entries
    keys = Purchase.written.filter(store=store).annotate(key=Concat(Value("receipt:"), Cast("pk", CharField()))).values("key")
    return entries.filter(receipt_key__in=keys)


def liability(store: Store | None, _period: Period) -> dict[str, Any]:
    """What clients can still spend, as of now, by the month in which it ends; and what accounts owe. Two queries."""
    today = day_of(timezone.now())
    lots = living(store, today).annotate(month=TruncMonth("until_on")).order_by("month").values("month")
    coming = Sum("left", filter=Q(from_on__gt=today), default=0)
    rows = [
        {"month": f"{row['month']:%Y-%m}", "left": row["left__sum"], "coming": row["coming"], "accounts": row["accounts"]}
        for row in lots.annotate(Sum("left"), coming=coming, accounts=Count("account", distinct=True))
    ]
    accounts = Account.objects.filter(_at_home(store, "pk")) if store else Account.objects.all()
    owed = accounts.aggregate(owed=Sum("owed", default=0))["owed"]
    return {
        "left": sum(row["left"] for row in rows),
        "coming": sum(row["coming"] for row in rows),
        "owed": owed,
        "by_month": rows,
    }


def living(store: Store | None, day: date) -> "QuerySet[Lot]":
    """Lots of which something is left that can be spent on a day or later; of a store, those of clients whose home it is."""
    lots = Lot.objects.filter(left__gt=0, until_on__gte=day)
    return lots.filter(_at_home(store, "account")) if store else lots


def _at_home(store: Store, account: str) -> Exists:
    return Exists(Member.objects.present().filter(account=OuterRef(account), client__home_store=store))


def standing(store: Store | None, period: Period) -> list[dict[str, Any]]:
    """Clients (a family is one) on each tier when the period begins and ends, and how many came up and down to it.

    By the tiers of the terms that hold on its last day. At most three queries.
    """
    steps = steps_on(period.last)
    if not steps:
        return []
    first, last = period.first, period.last + timedelta(days=1)
    spent = f"""SELECT whose, MAX(was) AS was, MAX(now) AS now FROM (
        SELECT whose, spent AS was, 0 AS now FROM ({_standing(first)}) one
        UNION ALL SELECT whose, 0, spent FROM ({_standing(last)}) two) both_days {_HOME if store else ""} GROUP BY whose"""
    sql = f"SELECT {_bucket('was', steps)}, {_bucket('now', steps)}, COUNT(*) FROM ({spent}) told GROUP BY 1, 2"
    found = {(was, now): many for was, now, many in dialect.fetch(sql, {"store": store.pk if store else 0})}
    return [_tier(place, step, found) for place, step in enumerate([None, *steps])]


def steps_on(day: date) -> list[Step]:
    """The tiers that hold on a day, the lowest first. Two queries."""
    terms = selectors.terms_on(day)
    return sorted(selectors.steps_of(terms)) if terms else []


def _tier(place: int, step: Step | None, found: dict[tuple[int, int], int]) -> dict[str, Any]:
    def of(wanted: Any) -> int:
        return sum(many for pair, many in found.items() if wanted(*pair))

    return {
        "name": str(step) if step else "", "from_spent": number(step.from_spent) if step else None,
        "began": of(lambda was, _now: was == place), "clients": of(lambda _was, now: now == place),
        "up": of(lambda was, now: was < now == place > 0), "down": of(lambda was, now: was > now == place),
    }  # fmt: skip


def _bucket(column: str, steps: list[Step]) -> str:
    """The place of the step that a spend reaches, as SQL; 0 is none, -1 nothing spent at all."""
    cases = " ".join(f"WHEN {column} >= {step.from_spent} THEN {place}" for place, step in reversed(list(enumerate(steps, 1))))
    return f"CASE {cases} WHEN {column} > 0 THEN 0 ELSE -1 END"


def _standing(day: date) -> str:
    """SQL: the spend by which each account's tier of a day goes."""
    new_year = f"'{day.replace(month=1, day=1)}'"
    zero = f"CAST({DAY_ZERO} AS date)" if dialect.is_postgres() else DAY_ZERO
    days = _DAYS.format(n=dialect.days_between("v.day", zero), first=f"'{tiers.first_day(day)}'", end=f"'{day}'")
    return _STANDING.format(days=days, new_year=new_year)


def clients_on(place: int, day: date, store: Store | None) -> list[int]:
    """Clients on a tier (by its place, 0 is none) at the end of a day, with all of a family. At most four queries."""
    steps = steps_on(day)
    if not 0 < place <= len(steps):
        return []
    best = _standing(day + timedelta(days=1))
    inside = f"SELECT whose, MAX(spent) AS now FROM ({best}) one {_HOME if store else ''} GROUP BY whose"
    sql = f"SELECT whose FROM ({inside}) told WHERE {_bucket('now', steps)} = {place}"
    keys = [whose for (whose,) in dialect.fetch(sql, {"store": store.pk if store else 0})]
    family = Member.objects.present().filter(account__in=[key for key in keys if key > 0])
    return [-key for key in keys if key < 0] + list(family.values_list("client", flat=True))


PARTS = (("cost", cost), ("moves", moves), ("liability", liability), ("tiers", standing))

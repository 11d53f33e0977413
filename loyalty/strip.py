"""What the counter sees of a client's loyalty beside the card, in one query. Public."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, DecimalField, F, Q, Value
from django.db.models.functions import Cast

from loyalty import selectors, tiers
from loyalty.models import Account, Lot, Member, Terms, Tier
from loyalty.pricing import Mode
from loyalty.tiers import Reached, Step

SUM: Any = DecimalField(max_digits=14, decimal_places=2)
DAY: Any = DateField()
WORD: Any = CharField(max_length=40)


class Ending(NamedTuple):
    bonuses: int
    day: date


class Strip(NamedTuple):
    """Bonuses now and coming, what is owed, what ends next, and the tier. The last two say what there is to show."""

    now: int
    coming: int
    owed: int
    ending: Ending | None
    tier: Reached
    gives_bonuses: bool
    has_tiers: bool


def strip_of(client: int, day: date) -> Strip | None:
    """None where no terms hold. One query: terms, tiers, lots, debt and buying days, told apart by their first column."""
    told: dict[str, list[dict[str, Any]]] = {"terms": [], "tier": [], "lot": [], "owed": [], "visit": []}
    for row in _rows(client, day):
        told[row["as_what"]].append({name.removeprefix("as_"): value for name, value in row.items()})
    terms = next(iter(told["terms"]), None)
    if terms is None or terms["word"] == Mode.OFF:
        return None
    lots = [(int(row["number"]), row["first"], row["last"]) for row in told["lot"]]
    usable = sorted((last, left) for left, first, last in lots if first <= day)
    now, steps = sum(left for _last, left in usable), [_step(row, terms["earn"]) for row in told["tier"]]
    ending = Ending(sum(left for last, left in usable if last == usable[0][0]), usable[0][0]) if usable else None
    reached = tiers.reached([(row["first"], row["number"]) for row in told["visit"]], day, steps)
    owed = sum(int(row["number"]) for row in told["owed"])
    coming = sum(left for left, _first, _last in lots) - now
    return Strip(now, coming, owed, ending, reached, terms["word"] != Mode.DISCOUNT, bool(steps))


def _step(row: Mapping[str, Any], earn: Decimal) -> Step:
    percent = earn if row["earn"] is None else row["earn"]
    return Step(row["number"], int(percent * 100), int((row["off"] or 0) * 100), row["word"])


def _rows(client: int, day: date) -> Any:
    """All that the strip needs, as rows of one shape."""
    live = Terms.objects.live_on(day).values("pk")[:1]
    mine = Member.objects.present().filter(client=client).values("account")
    lots = Lot.objects.filter(account__in=mine, left__gt=0, until_on__gte=day).order_by()
    family = Member.objects.present().filter(account__in=mine)
    theirs = selectors.buying_days(day).filter(Q(client=client) | Q(client__in=family.values("client")))
    sources = [
        _shaped(Terms.objects.filter(pk__in=live).order_by(), "terms", word="mode", earn="earn_percent"),
        _shaped(
            Tier.objects.filter(terms__in=live).order_by(),
            "tier", number="from_spent", word="name", earn="earn_percent", off="discount_percent",
        ),
        _shaped(lots, "lot", number="left", first="from_on", last="until_on"),
        _shaped(Account.objects.filter(pk__in=mine, owed__gt=0), "owed", number="owed"),
        _shaped(theirs.order_by(), "visit", number="total", first="day"),
    ]  # fmt: skip
    return sources[0].union(*sources[1:], all=True)


def _shaped(rows: Any, what: str, **columns: str) -> Any:
    fields = {"number": SUM, "first": DAY, "last": DAY, "word": WORD, "earn": SUM, "off": SUM}
    shape = {
        f"as_{name}": Cast(F(columns[name]) if name in columns else Value(None, output_field=field), field)
        for name, field in fields.items()
    }
    return rows.annotate(as_what=Value(what, output_field=WORD), **shape).values("as_what", *shape)

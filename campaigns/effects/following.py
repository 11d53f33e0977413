"""What was bought after contacts, whatever came of them otherwise: each purchase once, to the last contact before it.

A contact is a treated touch whose message or errand was made, or a greeting that was handed over (programs of a day keep
messages, not touches). It claims what its client buys within the days of its source; of several that could, the last one does.
So the sum over all sources never exceeds what was bought (docs/programs.md).
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet

from campaigns.effects.effect import WINDOW
from campaigns.models import SOURCE, Campaign, Program, Trigger
from clients.models import Client
from stores.models import Store
from visits import dialect

# No source counts purchases for longer (``Campaign.window_days``).
LONGEST = timedelta(days=90)
CONTACTS = """
contact AS (
  SELECT touch.client_id, touch.source, touch.counted_from AS since, {days} AS days, 1 AS kind, touch.id
  FROM campaigns_touch AS touch
  WHERE touch.arm = 'treated' AND touch.state = 'made' AND touch.counted_from BETWEEN %(reach)s AND %(last)s
  UNION ALL
  SELECT message.client_id, message.source, message.counted_from, {usual}, 0, message.id
  FROM messaging_message AS message
  WHERE message.source IN ({of_days}) AND message.counted_from BETWEEN %(reach)s AND %(last)s
    AND (message.sent_at IS NOT NULL OR message.state IN ('sent', 'delivered'))
),
claimed AS (
  SELECT visit.client_id, visit.scope AS store, visit.day, visit.total, contact.source,
    ROW_NUMBER() OVER (PARTITION BY visit.id ORDER BY contact.since DESC, contact.kind DESC, contact.id DESC) AS place
  FROM contact JOIN visits_visit AS visit ON visit.client_id = contact.client_id
  WHERE visit.scope > 0 AND visit.items > 0 AND visit.day BETWEEN %(first)s AND %(last)s
    AND visit.day >= contact.since AND visit.day < {until} {stores}
),
followed AS (SELECT client_id, store, day, total, source FROM claimed WHERE place = 1)
"""
SUMS = "SELECT {keys}, COUNT(DISTINCT client_id), COUNT(*), COALESCE(SUM(total), 0) FROM followed GROUP BY {keys} ORDER BY {keys}"
TAKEN_OFF = """
, off AS (
  SELECT followed.source, piece.discount, COALESCE((
    SELECT SUM(deduction.amount) FROM purchases_deduction AS deduction
    WHERE deduction.piece_id = piece.id AND deduction.source = 'bonus'), 0) AS bonus
  FROM followed
  JOIN purchases_purchase AS purchase ON purchase.client_id = followed.client_id AND purchase.store_id = followed.store
    AND purchase.sold_on = followed.day AND purchase.voided_at IS NULL
  JOIN purchases_piece AS piece ON piece.purchase_id = purchase.id AND piece.returned_on IS NULL
)
SELECT source, COALESCE(SUM(discount - bonus), 0), COALESCE(SUM(bonus), 0) FROM off GROUP BY source ORDER BY source
"""


class Followed(NamedTuple):
    """Buyers, their orders (days on which they bought in a store) and what was kept of them, by source, month or store."""

    buyers: int
    orders: int
    revenue: Decimal


class TakenOff(NamedTuple):
    """What was taken off on those orders: by discounts, and by bonuses."""

    discounts: Decimal
    bonuses: Decimal


class Following:
    """What followed in ``first..last``, both included, where it was bought. ``stores`` None is the chain.

    Two queries to begin with, and one for each question.
    """

    def __init__(self, first: date, last: date, *, stores: Sequence[Store] | None) -> None:
        of_days = list(Program.objects.filter(trigger=Trigger.DAY).order_by("pk").values_list("key", flat=True))
        self.params: dict[str, Any] = {"first": first, "last": last, "reach": first - LONGEST}
        self.params |= {f"program_{n}": key for n, key in enumerate(of_days)}
        keys = ", ".join(f"%(program_{n})s" for n in range(len(of_days)))
        days = self._days(first, last)
        shops = "" if stores is None else f"AND visit.scope IN ({', '.join(str(store.pk) for store in stores) or 'NULL'})"
        self.begins = "WITH " + CONTACTS.format(
            days=days, usual=WINDOW.days, of_days=keys or "NULL", stores=shops,
            until=dialect.plus_days("contact.since", "contact.days"),
        )  # fmt: skip

    def _days(self, first: date, last: date) -> str:
        """In how many days a purchase counts, by the source of a touch."""
        own = Campaign.objects.filter(as_of__range=(first - LONGEST, last)).exclude(window_days=WINDOW.days).order_by("pk")
        cases = []
        for pk, days in own.values_list("pk", "window_days"):
            self.params[f"campaign_{pk}"] = f"{SOURCE}:{pk}"
            cases.append(f"WHEN %(campaign_{pk})s THEN {days}")
        return f"CASE touch.source {' '.join(cases)} ELSE {WINDOW.days} END" if cases else str(WINDOW.days)

    def by_source(self) -> dict[str, Followed]:
        return {source: told for (source,), told in self._sums("source").items()}

    def by_month(self) -> dict[tuple[str, str], Followed]:
        """By source and month (``2026-11``)."""
        return self._sums("source", dialect.month_of("day"))

    def by_store(self) -> dict[tuple[str, int], Followed]:
        """By source and the store where it was bought."""
        return self._sums("source", "store")

    def _sums(self, *keys: str) -> dict[Any, Followed]:
        rows = dialect.fetch(f"{self.begins} {SUMS.format(keys=', '.join(keys))}", self.params)
        return {
            tuple(named): Followed(int(buyers), int(orders), _money(revenue))
            for *named, buyers, orders, revenue in rows
        }  # fmt: skip

    def taken_off(self) -> dict[str, TakenOff]:
        """By source."""
        rows = dialect.fetch(f"{self.begins} {TAKEN_OFF}", self.params)
        return {source: TakenOff(_money(discounts), _money(bonuses)) for source, discounts, bonuses in rows}

    def buyers(self) -> int:
        """Clients of all sources, each once."""
        return int(dialect.fetch(f"{self.begins} SELECT COUNT(DISTINCT client_id) FROM followed", self.params)[0][0])

    def clients(self, *, source: str = "") -> "QuerySet[Client]":
        """Those behind a number: of a source, or of all."""
        only: Mapping[str, Any] = {"source": source} if source else {}
        words = " WHERE source = %(source)s" if source else ""
        rows = dialect.fetch(f"{self.begins} SELECT DISTINCT client_id FROM followed{words}", {**self.params, **only})
        found = Client.objects.filter(pk__any=[pk for (pk,) in rows])
        return found.select_related("home_store").order_by("name_key", "pk")


def _money(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))

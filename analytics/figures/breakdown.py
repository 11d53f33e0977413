"""Regulars and newcomers over a period by store, kind, price band, seller and first kind bought (docs/figures.md).

One pass over the period's pieces gives cells; each dimension is a sum of them.
"""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model

from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money, record_rows
from catalogue.kinds import PRICE_BANDS
from stores.models import Store
from visits import dialect

_BAND = "CASE " + " ".join(f"WHEN x.price >= {edge} THEN {edge}" for edge in reversed(PRICE_BANDS)) + " ELSE 0 END"

_CELLS = f"""
SELECT p.store_id, x.kind, {_BAND}, p.seller_id, a.first_kind, CASE WHEN a.first_day < %s THEN 1 ELSE 0 END,
       COUNT(*), SUM(x.price)
FROM purchases_purchase p
JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
JOIN visits_clientactivity a ON a.client_id = p.client_id
WHERE p.sold_on BETWEEN %s AND %s AND p.voided_at IS NULL {{store}}
GROUP BY 1, 2, 3, 4, 5, 6
"""


class Cell(NamedTuple):
    """Kept pieces alike in all dimensions; ``regular`` by the chain's first visit day."""

    store: int
    kind: str
    band: int
    seller: int | None
    first_kind: str
    regular: bool
    items: int
    revenue: Decimal


class Side(NamedTuple):
    """Pieces and revenue of regulars or of newcomers."""

    items: int = 0
    revenue: Decimal = Decimal(0)

    def plus(self, cell: Cell) -> "Side":
        """With a cell more."""
        return Side(self.items + cell.items, self.revenue + cell.revenue)


def cells(store: Store | None, period: Period) -> list[Cell]:
    """One query over the period's pieces."""
    where, params = ("AND p.store_id = %s", [store.pk]) if store else ("", [])
    rows = dialect.fetch(_CELLS.format(store=where), [period.first, *period, *params])
    return [
        Cell(place, kind, int(band), seller, first, bool(regular), int(items), money(revenue))
        for place, kind, band, seller, first, regular, items, revenue in rows
    ]


def detail(store: Store | None, period: Period) -> dict[str, Any]:
    """Rows of each dimension, the largest revenue first, price bands in their order."""
    found = cells(store, period)
    dimensions: dict[str, Callable[[Cell], Any]] = {
        "store": lambda cell: cell.store, "kind": lambda cell: cell.kind, "band": lambda cell: cell.band,
        "seller": lambda cell: cell.seller, "first_kind": lambda cell: cell.first_kind,
    }  # fmt: skip
    names = _names(found)
    return {name: _rows(found, key, names.get(name, {}), in_order=name == "band") for name, key in dimensions.items()}


def _names(found: list[Cell]) -> dict[str, dict[Any, str]]:
    sellers = get_user_model().objects.in_bulk({cell.seller for cell in found if cell.seller})
    stores = Store.objects.in_bulk({cell.store for cell in found})
    return {
        "store": {key: place.name for key, place in stores.items()},
        "seller": {key: str(person) for key, person in sellers.items()},
    }


def _rows(found: list[Cell], key: Callable[[Cell], Any], names: dict[Any, str], *, in_order: bool) -> list[dict[str, Any]]:
    sums: dict[Any, dict[bool, Side]] = defaultdict(lambda: {True: Side(), False: Side()})
    for cell in found:
        sides = sums[key(cell)]
        sides[cell.regular] = sides[cell.regular].plus(cell)
    rows = [
        {
            "key": value, "name": names.get(value, ""),
            "regular": {"items": sides[True].items, "revenue": number(sides[True].revenue)},
            "newcomer": {"items": sides[False].items, "revenue": number(sides[False].revenue)},
        }
        for value, sides in sums.items()
    ]  # fmt: skip
    if in_order:
        return sorted(rows, key=lambda row: row["key"])
    return sorted(rows, key=lambda row: -(row["regular"]["revenue"] + row["newcomer"]["revenue"]))


def record_holders(store: Store | None, period: Period) -> dict[str, Any]:
    """Whose the records of the report are: for each, the client's key, the name, the month and the value. Five queries."""
    rows = record_rows(period.last, store)
    return {name: row and {**row._asdict(), "value": number(row.value)} for name, row in rows.items()}


PARTS = (("by", detail), ("records", record_holders))

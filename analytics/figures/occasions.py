"""What receipts are bought for: share of receipts, revenue and average by occasion (docs/figures.md)."""

from typing import Any, NamedTuple

from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from stores.models import Store
from visits import dialect

NOT_SAID = ""
_RECEIPTS = """
SELECT p.occasion, COUNT(DISTINCT p.id), SUM(x.price)
FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
WHERE p.sold_on BETWEEN %(first)s AND %(last)s AND p.voided_at IS NULL {store} GROUP BY 1"""


class Occasion(NamedTuple):
    """Receipts of which something was kept, and what was paid for that."""

    receipts: int
    revenue: Any


def by_occasion(store: Store | None, period: Period) -> dict[str, Any]:
    """A row for each occasion that was said, the most receipts first, one for those of which none was, one for all. One query."""
    params = {"first": period.first, "last": period.last, "store": store and store.pk}
    found = dialect.fetch(_RECEIPTS.format(store="AND p.store_id = %(store)s" if store else ""), params)
    told = {key: Occasion(int(receipts), money(revenue or 0)) for key, receipts, revenue in found}
    whole = Occasion(sum(one.receipts for one in told.values()), sum((one.revenue for one in told.values()), money(0)))
    silent = told.pop(NOT_SAID, Occasion(0, money(0)))
    said = whole.receipts - silent.receipts
    rows = [{"key": key, **_row(one, said)} for key, one in told.items()]
    rows.sort(key=lambda row: (-row["receipts"], row["key"]))
    return {
        "rows": rows, "said": _row(Occasion(said, whole.revenue - silent.revenue), whole.receipts),
        "not_said": _row(silent, whole.receipts), "total": _row(whole, whole.receipts),
    }  # fmt: skip


def _row(one: Occasion, of: int) -> dict[str, Any]:
    return {
        "receipts": one.receipts, "share": 100 * one.receipts / of if of else None, "revenue": number(one.revenue),
        "average": number(one.revenue / one.receipts) if one.receipts else None,
    }  # fmt: skip


PARTS = (("by_occasion", by_occasion),)

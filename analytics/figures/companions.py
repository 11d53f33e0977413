"""What offering companions brings: clients who see them against the fifth that sees none (docs/companions.md).

The arm is a hash of the client, so the unit is a client: of each the first receipt of the period with a piece to which something
was offered on its day. In both arms the same pairs are counted, whether or not they were shown.
"""

from collections.abc import Iterable
from typing import Any

from analytics.figures import statistics
from analytics.figures.coming_back import share
from analytics.figures.experiments import Arm, Money, Share, Stratum, judge
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from analytics.figures.statistics import FEW, Sample, needed
from purchases.companions.arms import HELD_OUT, sees
from stores.models import Store
from visits import dialect

# So many points more is what a chain would want to see.
WORTH_SEEING = 0.05

_RECEIPTS = """
WITH lines AS (
    SELECT p.id AS receipt, p.client_id AS client, p.sold_on, x.id AS piece, COALESCE(w.key, x.article) AS article, x.kind,
        COALESCE(a.collection, '') AS collection, x.price
    FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id
    LEFT JOIN purchases_articlewriting w ON w.text = x.article LEFT JOIN catalogue_article a ON a.key = w.key
    WHERE p.sold_on BETWEEN %(first)s AND %(last)s AND p.client_id IS NOT NULL AND p.voided_at IS NULL
        AND x.returned_on IS NULL {store}
), offered AS (
    SELECT l.receipt, l.piece, c.with_article, c.with_collection, c.with_kind FROM lines l
    JOIN purchases_companion c ON (c.base_article = l.article
            OR (c.base_article = '' AND c.base_kind = l.kind AND c.base_collection IN ('', l.collection)))
        AND c.first_on <= l.sold_on AND (c.ended_on IS NULL OR l.sold_on < c.ended_on)
), added AS (
    SELECT DISTINCT o.receipt FROM offered o JOIN lines l ON l.receipt = o.receipt AND l.piece <> o.piece
        AND (l.article = o.with_article
            OR (o.with_article = '' AND l.kind = o.with_kind AND o.with_collection IN ('', l.collection)))
)
SELECT l.client, l.receipt, MAX(CASE WHEN n.receipt IS NULL THEN 0 ELSE 1 END), SUM(l.price)
FROM lines l LEFT JOIN added n ON n.receipt = l.receipt
WHERE l.receipt IN (SELECT receipt FROM offered)
GROUP BY l.client, l.receipt, l.sold_on ORDER BY l.client, l.sold_on, l.receipt"""


def what_they_bring(store: Store | None, period: Period) -> dict[str, Any]:
    """Both arms: clients, share of receipts with an added companion, average check; and what may be said. One query."""
    stratum = Stratum(planned=HELD_OUT)
    for client, added, total in _first_receipts(store, period):
        arm = stratum.treated if sees(client) else stratum.held
        arm.add(bought=added, total=total)
    verdict = judge([stratum])
    rate = stratum.rate if stratum.size else 0.0
    return {
        "arms": {"shown": _arm(stratum.treated), "unseen": _arm(stratum.held)},
        "gap": _gap(verdict.share), "money": _money(verdict.money), "arms_fit": verdict.arms_fit, "clients": stratum.size,
        "needed": needed(rate, WORTH_SEEING, HELD_OUT) if stratum.size and rate + WORTH_SEEING < 1 else None,
    }  # fmt: skip


def _first_receipts(store: Store | None, period: Period) -> Iterable[tuple[int, bool, float]]:
    """Client, whether a companion was added, and the sum: the first such receipt of each."""
    params = {"first": period.first, "last": period.last, "store": store and store.pk}
    last = None
    for client, _receipt, added, total in dialect.fetch(
        _RECEIPTS.format(store="AND p.store_id = %(store)s" if store else ""), params
    ):
        if client != last:
            yield client, bool(added), float(total)
        last = client


def _arm(arm: Arm) -> dict[str, Any]:
    """Each with its interval, or the word that there are too few."""
    few, total = arm.size < FEW, sum(arm.sums)
    told: dict[str, Any] = {"clients": arm.size, "added": share(arm.bought, arm.size), "average": None}
    if arm.size:
        told["average"] = {"n": arm.size, "value": number(money(total / arm.size)), "few": few}
    if not few:
        sample = Sample(arm.size, total, sum(one * one for one in arm.sums))
        half = statistics.Z * (sample.variance / arm.size) ** 0.5
        told["average"] |= {"low": number(money(sample.mean - half)), "high": number(money(sample.mean + half))}
    return told


def _gap(gap: Share) -> dict[str, Any]:
    """In points."""
    points = {name: None if value is None else 100 * value for name, value in gap._asdict().items() if name != "says"}
    return {**points, "says": str(gap.says)}


def _money(told: Money) -> dict[str, Any]:
    return {
        "difference": None if told.difference is None else number(money(told.difference)),
        "p": told.p,
        "says": str(told.says),
    }


PARTS = (("companions", what_they_bring),)

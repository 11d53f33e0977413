"""How sellers and stores capture, complete and bring back, each with its interval; and what missing data costs.

No ranking: a row is marked only where chance alone does not explain its difference from the whole (docs/figures.md).
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model

from analytics.figures import statistics
from analytics.figures.coming_back import share
from analytics.figures.periods import Period
from analytics.figures.report_json import number
from analytics.figures.returning import money
from analytics.figures.statistics import Sample
from clients.models import CardState, Purpose
from stores.models import Store
from visits import dialect

COMES_AGAIN = 180  # days
YEAR = 365

_RECEIPTS = """
SELECT {key}, COUNT(*), SUM(CASE WHEN client_id IS NULL THEN 0 ELSE 1 END),
    SUM(CASE WHEN no_card_reason = 'declined' THEN 1 ELSE 0 END), SUM(total), SUM(total * total) FROM (
    SELECT p.id, p.store_id, p.seller_id, p.client_id, p.no_card_reason, SUM(x.price) AS total
    FROM purchases_purchase p JOIN purchases_piece x ON x.purchase_id = p.id AND x.returned_on IS NULL
    WHERE p.sold_on BETWEEN %(first)s AND %(last)s AND p.voided_at IS NULL {store}
    GROUP BY p.id, p.store_id, p.seller_id, p.client_id, p.no_card_reason
) receipts GROUP BY 1"""
_CARDS = """
SELECT {key}, COUNT(*), SUM(CASE WHEN state = 'complete' AND agreed.client_id IS NOT NULL THEN 1 ELSE 0 END)
FROM clients_client p LEFT JOIN (
    SELECT client_id FROM clients_consent WHERE purpose = 'personal_data'
    GROUP BY client_id HAVING MAX(id) = MAX(CASE WHEN given THEN id END)
) agreed ON agreed.client_id = p.id
WHERE state IN ('complete', 'incomplete') {store} GROUP BY 1"""
# The first receipt of each newcomer: who sold it is who won them.
_NEWCOMERS = """
SELECT {key}, COUNT(*), SUM(CASE WHEN a.second_day <= {within} THEN 1 ELSE 0 END)
FROM visits_clientactivity a
JOIN purchases_purchase p ON p.client_id = a.client_id AND p.sold_on = a.first_day
WHERE a.first_day BETWEEN %(since)s AND %(until)s {store} AND p.id IN (
    SELECT MIN(q.id) FROM purchases_purchase q JOIN visits_clientactivity b
    ON b.client_id = q.client_id AND b.first_day = q.sold_on
    WHERE b.first_day BETWEEN %(since)s AND %(until)s AND q.voided_at IS NULL GROUP BY q.client_id)
GROUP BY 1"""


class Counted(NamedTuple):
    """What was counted for a store or a seller."""

    receipts: int = 0
    with_card: int = 0
    declined: int = 0
    revenue: float = 0.0
    squares: float = 0.0
    cards: int = 0
    complete: int = 0
    newcomers: int = 0
    again: int = 0
    visitors: int = 0


def by_store(store: Store | None, period: Period) -> dict[str, Any]:
    """A row for each store and one for all. Four queries."""
    counted = _counted("p.store_id", "p.home_store_id", store, period)
    sql = "SELECT store_id, SUM(visitors) FROM analytics_visitorcount WHERE day BETWEEN %s AND %s GROUP BY 1"
    for key, visitors in dialect.fetch(sql, list(period)):
        if key in counted:
            counted[key] = counted[key]._replace(visitors=int(visitors))
    names = {place.pk: place.name for place in Store.objects.all()}
    return _table(counted, names)


def by_seller(store: Store | None, period: Period) -> dict[str, Any]:
    """A row for each seller who sold in the period or registered cards, and one for all. Four queries."""
    counted = _counted("p.seller_id", "p.registered_by_id", store, period)
    people = get_user_model().objects.in_bulk([key for key in counted if key])
    return _table({key: row for key, row in counted.items() if row.receipts}, {key: str(who) for key, who in people.items()})


def _counted(sold: str, registered: str, store: Store | None, period: Period) -> dict[int | None, Counted]:
    """Three queries. Newcomers are those of the year that ended 180 days before the period's last day: their windows are over."""
    until = period.last - timedelta(days=COMES_AGAIN + 1)
    params = {
        "first": period.first, "last": period.last, "since": until - timedelta(days=YEAR - 1), "until": until,
        "store": store and store.pk,
    }  # fmt: skip
    at, home = ("AND p.store_id = %(store)s", "AND p.home_store_id = %(store)s") if store else ("", "")
    found: dict[int | None, Counted] = {}
    for key, receipts, with_card, declined, revenue, squares in dialect.fetch(
        _RECEIPTS.format(key=sold.removeprefix("p."), store=at), params
    ):
        found[key] = Counted(int(receipts), int(with_card), int(declined), float(revenue), float(squares))
    for key, cards, complete in dialect.fetch(_CARDS.format(key=registered, store=home), params):
        found[key] = found.get(key, Counted())._replace(cards=int(cards), complete=int(complete))
    within = dialect.plus_days("a.first_day", COMES_AGAIN)
    for key, newcomers, again in dialect.fetch(_NEWCOMERS.format(key=sold, within=within, store=at), params):
        found[key] = found.get(key, Counted())._replace(newcomers=int(newcomers), again=int(again or 0))
    return found


def _table(counted: dict[int | None, Counted], names: dict[Any, str]) -> dict[str, Any]:
    total = Counted(*(sum(column) for column in zip(*counted.values(), strict=True))) if counted else Counted()
    rows = [{"key": key, "name": names.get(key, ""), **_row(row, total)} for key, row in counted.items()]
    return {"rows": sorted(rows, key=lambda row: row["name"]), "total": _row(total, None)}


def _row(row: Counted, whole: Counted | None) -> dict[str, Any]:
    return {
        "receipts": row.receipts,
        "declined": row.declined,
        "capture": _capture(row, whole),
        "complete": _share(row.complete, row.cards, whole and (whole.complete, whole.cards)),
        "again": _share(row.again, row.newcomers, whole and (whole.again, whole.newcomers)),
        "visitors": row.visitors,
        "conversion": _share(min(row.receipts, row.visitors), row.visitors, whole and (whole.receipts, whole.visitors)),
        "average": _average(row, whole),
    }


def _share(n: int, size: int, whole: Sequence[int] | None) -> dict[str, Any] | None:
    """A share with ``mark`` above or below where its interval lies wholly on one side of everybody's."""
    found = share(n, size)
    if found and whole and whole[1] and not found["few"]:
        usual = 100 * whole[0] / whole[1]
        found["mark"] = "above" if found["low"] > usual else "below" if found["high"] < usual else ""
    return found


def _capture(row: Counted, whole: Counted | None) -> dict[str, Any] | None:
    """Receipts with a card of all; marked by those where the client did not decline, for that is nobody's fault."""
    found = share(row.with_card, row.receipts)
    if found and whole:
        open_to_it = whole.with_card, whole.receipts - whole.declined
        judged = _share(row.with_card, row.receipts - row.declined, open_to_it)
        found["mark"] = (judged or {}).get("mark", "")
    return found


def _average(row: Counted, whole: Counted | None) -> dict[str, Any] | None:
    """The average receipt with its interval of 95 %."""
    if not row.receipts:
        return None
    sample = Sample(row.receipts, row.revenue, row.squares)
    half = statistics.Z * (sample.variance / sample.size) ** 0.5 if row.receipts > 1 else 0.0
    told: dict[str, Any] = {"of": row.receipts, "value": round(sample.mean, 2), "few": row.receipts < statistics.FEW}
    told |= {"low": round(max(0.0, sample.mean - half), 2), "high": round(sample.mean + half, 2)}
    if whole and whole.receipts and not told["few"]:
        usual = whole.revenue / whole.receipts
        told["mark"] = "above" if told["low"] > usual else "below" if told["high"] < usual else ""
    return told


def missing(store: Store | None, period: Period) -> dict[str, Any]:
    """What missing data costs: clients whom no advertising can reach, what they spent so far, birthdays that went by in the 365
    days before the period's end without a compliment for want of data. One query.

    Reached: a complete card with a live consent to a channel. As of now.
    """
    home = "AND c.home_store_id = %(store)s" if store else ""
    theirs = "AND client_id IN (SELECT id FROM clients_client WHERE home_store_id = %(store)s)" if store else ""
    agreed = f"""SELECT client_id FROM clients_consent WHERE purpose IN (%(sms)s, %(email)s, %(calls)s) {theirs}
        GROUP BY client_id, purpose HAVING MAX(id) = MAX(CASE WHEN given THEN id END)"""
    sql = f"""
    SELECT why, COUNT(*), SUM(spent), SUM(birthday) FROM (
        SELECT CASE WHEN c.state = %(incomplete)s AND c.phone IS NULL THEN 'phone'
                    WHEN c.state = %(incomplete)s AND c.birth_date IS NULL THEN 'birth_date'
                    WHEN c.state = %(incomplete)s THEN 'incomplete'
                    WHEN c.id IN ({agreed}) THEN 'reached' ELSE 'consent' END AS why,
               COALESCE(a.spent, 0) AS spent,
               CASE WHEN a.first_day <= {dialect.day("last")} THEN 1 ELSE 0 END AS birthday
        FROM clients_client c LEFT JOIN visits_clientactivity a ON a.client_id = c.id
        WHERE c.state IN ('complete', 'incomplete') {home}) told GROUP BY why"""
    params = {
        "incomplete": CardState.INCOMPLETE.value, "sms": Purpose.ADVERTISING_SMS.value, "calls": Purpose.CALLS.value,
        "email": Purpose.ADVERTISING_EMAIL.value, "last": period.last, "store": store and store.pk,
    }  # fmt: skip
    rows = [
        {"why": why, "clients": int(clients), "spent": number(money(spent)), "compliments": int(birthdays)}
        for why, clients, spent, birthdays in dialect.fetch(sql, params)
    ]
    lost = [row for row in rows if row["why"] != "reached"]
    return {
        "rows": sorted(lost, key=lambda row: -row["spent"]), "clients": sum(row["clients"] for row in rows),
        "unreached": sum(row["clients"] for row in lost), "spent": number(money(sum(row["spent"] for row in lost))),
        "compliments": sum(row["compliments"] for row in lost),
    }  # fmt: skip


def reach(period: Period) -> date:
    """The first day that the figure looks at: newcomers of the year whose windows are over."""
    return min(period.first, period.last - timedelta(days=COMES_AGAIN + YEAR))


PARTS = (("stores", by_store), ("sellers", by_seller), ("missing", missing))

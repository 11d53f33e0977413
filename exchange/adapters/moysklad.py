"""MoySklad's retail sales and returns, as its JSON API 1.2 gives them, with positions and goods unfolded (``expand``).

Its sums are kopecks, its moments those of Moscow, and its discounts per cent of a line.
"""

from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from exchange.adapters import StrangeDocumentError, amount, given, part, pieces, roubles

MOSCOW = timezone(timedelta(hours=3))
OPERATIONS = {"retaildemand": "sale", "retailsalesreturn": "return"}
PAID_BY = (
    ("cashSum", "cash"), ("noCashSum", "card"), ("qrSum", "transfer"), ("prepaymentCashSum", "prepayment"),
    ("prepaymentNoCashSum", "prepayment"), ("prepaymentQrSum", "prepayment"), ("advancePaymentSum", "prepayment"),
)  # fmt: skip
# A change of a document comes by the first, the day when it was put into the bin by the second.
CHANGED, GONE = "updated", "deleted"
# What is asked of the API so that a document is whole.
EXPAND = "positions.assortment,agent,retailStore,owner,demand"


def documents(said: Any) -> list[dict[str, Any]]:
    """A page (``rows``) or one document; drafts are passed over. Raises StrangeDocumentError."""
    rows = said["rows"] if isinstance(said, dict) and isinstance(said.get("rows"), list) else [said]
    return [_document(one) for one in rows if part(one, "id") and one.get("applicable") is not False]


def _document(said: dict[str, Any]) -> dict[str, Any]:
    operation = OPERATIONS.get(str(part(part(said, "meta"), "type")))
    if operation is None:
        raise StrangeDocumentError("meta.type", ", ".join(OPERATIONS))
    lines = [_line(one) for one in _rows(part(said, "positions"))]
    told = given(
        id=str(said["id"]), operation=operation, at=_moment(said), store=_name(part(said, "retailStore")),
        fiscal=_fiscal(said.get("cheque")), client=_client(said.get("agent")), lines=lines,
    )  # fmt: skip
    if operation == "return":
        returned = [{name: line[name] for name in ("article", "quantity", "paid")} for line in lines]
        return told | {"lines": returned} | given(of=given(id=_key(said.get("demand"))))
    return told | given(number=str(said.get("name") or "")[:40], seller=_name(said.get("owner")), paid=_paid(said, lines))


def _rows(positions: Any) -> list[dict[str, Any]]:
    """Positions of a document; there are none where the document was not unfolded."""
    rows = positions.get("rows") if isinstance(positions, dict) else positions
    if not isinstance(rows, list) or not rows:
        raise StrangeDocumentError("positions", f"expand={EXPAND}")
    return rows


def _name(said: Any) -> str:
    """What an object is called; its id where it was not unfolded."""
    return str(said.get("name") or _key(said))[:120] if isinstance(said, dict) else ""


def _key(said: Any) -> str:
    """The id of an object, or the last step of its address."""
    if not isinstance(said, dict):
        return ""
    href = str((said.get("meta") or {}).get("href", ""))
    return str(said.get("id") or href.partition("?")[0].rpartition("/")[2])


def _moment(said: dict[str, Any]) -> str:
    try:
        return datetime.fromisoformat(str(part(said, "moment"))).replace(tzinfo=MOSCOW).isoformat()
    except ValueError:
        raise StrangeDocumentError("moment", "2016-04-18 15:06:00") from None


def _client(agent: Any) -> dict[str, str]:
    """The counterparty's phone and card; the retail buyer has neither."""
    if not isinstance(agent, dict):
        return {}
    return given(phone=str(agent.get("phone") or "")[:40], card=str(agent.get("discountCardNumber") or "")[:64])


def _line(said: dict[str, Any]) -> dict[str, Any]:
    told = said.get("assortment")
    good: dict[str, Any] = told if isinstance(told, dict) else {}
    article = str(good.get("article") or good.get("code") or (good.get("product") or {}).get("article") or good.get("name") or "")
    if not article:
        raise StrangeDocumentError("positions.assortment", f"expand={EXPAND}")
    quantity = amount(said.get("quantity", 1))
    kopecks = amount(part(said, "price")) * quantity
    left = (100 - amount(said.get("discount", 0))) / 100
    full, paid = (sum_.quantize(Decimal(1), ROUND_HALF_UP) / 100 for sum_ in (kopecks, kopecks * left))
    off = [{"source": "hand", "sum": roubles(full - paid)}] if full > paid else []
    return given(
        article=article[:40], name=str(good.get("name") or "")[:120], paid=roubles(paid),
        tag=roubles(full) if full > paid else "", deductions=off, **pieces(quantity),
    )  # fmt: skip


def _fiscal(cheque: Any) -> dict[str, str]:
    if not isinstance(cheque, dict) or not (cheque.get("fnNumber") and cheque.get("fiscalDocNumber")):
        return {}
    return given(fn=str(cheque["fnNumber"]), fd=str(cheque["fiscalDocNumber"]), fp=str(cheque.get("fiscalDocSign") or ""))


def _paid(said: dict[str, Any], lines: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Payments, where they are together what the lines are; else none: the lines hold."""
    told = [{"by": by, "sum": roubles(amount(said.get(name)) / 100)} for name, by in PAID_BY if amount(said.get(name) or 0)]
    agree = sum(Decimal(one["sum"]) for one in told) == sum(Decimal(line["paid"]) for line in lines)
    return told if agree else []

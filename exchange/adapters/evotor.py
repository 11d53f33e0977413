"""Evotor's receipts, as its cloud sends a document or gives one (``SELL`` and ``PAYBACK`` of its documents' API, version 2).

Its moments have an offset, its sums are roubles; store, till and cashier are its own ids, explained once by the admin.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from exchange.adapters import StrangeDocumentError, amount, given, part, pieces, roubles

OPERATIONS = {"SELL": "sale", "PAYBACK": "return"}
PAID_BY = {"CASH": "cash", "ELECTRON": "card", "ADVANCE": "prepayment", "CREDIT": "transfer", "COUNTEROFFER": "certificate"}


def documents(said: Any) -> list[dict[str, Any]]:
    """One document, a list of them, or a page (``items``); what is no receipt is passed over. Raises StrangeDocumentError."""
    if isinstance(said, dict) and isinstance(said.get("items"), list):
        said = said["items"]
    return [_document(one) for one in (said if isinstance(said, list) else [said]) if part(one, "type") in OPERATIONS]


def _document(said: dict[str, Any]) -> dict[str, Any]:
    body = part(said, "body")
    lines = [_line(one) for one in _unwrapped(part(body, "positions"), "position")]
    printed = list(_unwrapped(body.get("pos_print_results"), "pos_print_result"))
    operation = OPERATIONS[said["type"]]
    told = given(
        id=str(part(said, "id")), operation=operation, at=_moment(said), store=str(part(said, "store_id")),
        source=str(said.get("device_id") or "")[:60], fiscal=_fiscal(printed[0]) if len(printed) == 1 else None,
        client=given(phone=_text(body.get("customer_phone"))), lines=lines,
    )  # fmt: skip
    if operation == "return":
        base = said.get("base_document_id") or body.get("base_document_id")
        returned = [{name: line[name] for name in ("article", "quantity", "paid")} for line in lines]
        return told | {"lines": returned} | given(of=given(id=_text(base)))
    number = printed[0].get("receipt_number") if printed else said.get("number")
    return told | given(number=_text(number), seller=_text(said.get("close_user_id")), paid=_paid(body, lines))


def _unwrapped(parts: Any, name: str) -> Iterator[dict[str, Any]]:
    """Parts of a document; its description wraps each in an object with one name, its cloud does not."""
    for one in parts if isinstance(parts, list) else []:
        inner = one.get(name, one) if isinstance(one, dict) else None
        if not isinstance(inner, dict):
            raise StrangeDocumentError(name, "")
        yield inner


def _text(said: Any) -> str:
    return str(said) if said not in (None, "") else ""


def _moment(said: dict[str, Any]) -> str:
    """When it was closed, on the till's own clock where it says how far that is from Greenwich."""
    try:
        moment = datetime.fromisoformat(str(part(said, "close_date")))
    except ValueError:
        raise StrangeDocumentError("close_date", "2024-12-05T04:29:52.000+0000") from None
    ahead = timedelta(milliseconds=int(amount(said.get("time_zone_offset"))))
    if moment.tzinfo is None or abs(ahead) >= timedelta(days=1):
        return str(said["close_date"])
    return moment.astimezone(timezone(ahead) if ahead else moment.tzinfo).isoformat()


def _line(said: dict[str, Any]) -> dict[str, Any]:
    article = _text(said.get("code")) or _text(said.get("bar_code")) or _text(said.get("product_name"))
    if not article:
        raise StrangeDocumentError("positions.code", "")
    full, paid = amount(part(said, "sum")), amount(part(said, "result_sum"))
    off = [{"source": "hand", "sum": roubles(full - paid)}] if full > paid else []
    return given(
        article=article[:40], name=_text(said.get("product_name"))[:120], paid=roubles(paid),
        tag=roubles(full) if full > paid else "", deductions=off, **pieces(amount(said.get("quantity", 1))),
    )  # fmt: skip


def _fiscal(said: dict[str, Any]) -> dict[str, str]:
    told = given(
        fn=_text(said.get("fn_serial_number")), fd=_text(said.get("fiscal_document_number")),
        fp=_text(said.get("fiscal_sign_doc_number")),
    )  # fmt: skip
    return told if "fn" in told and "fd" in told else {}


def _paid(body: dict[str, Any], lines: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Payments without change, where they are together what the lines are; else none: the lines hold."""
    told = []
    for one in _unwrapped(body.get("payments"), "payment"):
        parts = one.get("parts") or [{"part_sum": one.get("sum")}]
        sum_ = sum((amount(some.get("part_sum")) - amount(some.get("change") or 0) for some in parts), Decimal(0))
        if sum_:
            told.append({"by": PAID_BY.get(str(one.get("type")), "transfer"), "sum": roubles(sum_)})
    agree = sum(Decimal(one["sum"]) for one in told) == sum(Decimal(line["paid"]) for line in lines)
    return told if agree else []

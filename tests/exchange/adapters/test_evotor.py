"""Evotor's documents, written after its description: what each becomes in the contract."""

from typing import Any

import pytest

from exchange.adapters import StrangeDocumentError, evotor
from exchange.documents.contract import DOCUMENT

PRINTED = {
    "receipt_number": 37, "document_number": 39, "session_number": 148, "receipt_date": "05122024",
    "fiscal_sign_doc_number": "1277173456", "fiscal_document_number": 30171, "fn_serial_number": "7382440700036332",
}  # fmt: skip


def position(**more: Any) -> dict[str, Any]:
    return {
        "product_id": "1311", "quantity": 1, "product_type": "NORMAL", "code": "R5387-6925", "product_name": "Кольцо с сапфиром",
        "price": 138795, "result_price": 118795, "sum": 138795, "result_sum": 118795,
        "position_discount": {"discount_sum": 20000, "discount_type": "SUM"}, **more,
    }  # fmt: skip


def document(kind: str = "SELL", **body: Any) -> dict[str, Any]:
    return {
        "type": kind, "id": "54430aa6", "number": 30747, "close_date": "2026-05-05T08:42:10.000+0000", "time_zone_offset": 36000000,
        "close_user_id": "cashier-1", "device_id": "device-1", "store_id": "20240713-774A", "version": "V2",
        "body": {
            "positions": [position()], "payments": [{"type": "ELECTRON", "sum": 118795, "parts": [{"part_sum": 118795, "change": 0}]}],
            "pos_print_results": [PRINTED], "sum": 138795, "result_sum": 118795, "customer_phone": 79147012233, **body,
        },
    }  # fmt: skip


def test_a_receipt_becomes_a_sale_of_the_contract() -> None:
    (told,) = evotor.documents(document())

    assert told == {
        "id": "54430aa6", "operation": "sale", "at": "2026-05-05T18:42:10+10:00", "store": "20240713-774A", "source": "device-1",
        "fiscal": {"fn": "7382440700036332", "fd": "30171", "fp": "1277173456"}, "client": {"phone": "79147012233"},
        "number": "37", "seller": "cashier-1", "paid": [{"by": "card", "sum": "118795.00"}],
        "lines": [{
            "article": "R5387-6925", "name": "Кольцо с сапфиром", "paid": "118795.00", "tag": "138795.00", "quantity": 1,
            "deductions": [{"source": "hand", "sum": "20000.00"}],
        }],
    }  # fmt: skip
    DOCUMENT.validate_python(told)


def test_parts_may_be_wrapped_as_the_description_has_them() -> None:
    wrapped = document(
        positions=[{"position": position()}], pos_print_results=[{"pos_print_result": PRINTED}],
        payments=[{"payment": {"type": "CASH", "sum": 120000, "parts": [{"part_sum": 120000, "change": 1205}]}}],
    )  # fmt: skip

    (told,) = evotor.documents([wrapped])

    assert (told["number"], told["paid"]) == ("37", [{"by": "cash", "sum": "118795.00"}])


def test_a_payback_becomes_a_return() -> None:
    (told,) = evotor.documents({**document("PAYBACK"), "base_document_id": "sale-1"})

    assert (told["operation"], told["of"], told["lines"]) == (
        "return", {"id": "sale-1"}, [{"article": "R5387-6925", "quantity": 1, "paid": "118795.00"}]
    )  # fmt: skip
    DOCUMENT.validate_python(told)


def test_a_piece_that_was_weighed_is_one() -> None:
    (told,) = evotor.documents(document(positions=[position(quantity=3.45)]))

    assert (told["lines"][0]["quantity"], told["lines"][0]["tariff"]) == (1, "weight")
    DOCUMENT.validate_python(told)


def test_what_is_no_receipt_is_passed_over() -> None:
    told = evotor.documents({"items": [{"type": "OPEN_SESSION", "id": "1"}, document()]})

    assert [one["id"] for one in told] == ["54430aa6"]


@pytest.mark.parametrize(
    "said", [{}, [], "text", {"type": "SELL"}, {**document(), "close_date": "yesterday"}, document(positions=[1])]
)
def test_what_is_not_evotors_is_refused_with_its_place(said: Any) -> None:
    if said == []:
        assert evotor.documents(said) == []
        return
    with pytest.raises(StrangeDocumentError) as refused:
        evotor.documents(said)
    assert refused.value.at

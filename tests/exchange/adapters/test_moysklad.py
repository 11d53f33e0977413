"""MoySklad's documents, written after its description: what each becomes in the contract."""

from typing import Any

import pytest

from exchange.adapters import StrangeDocumentError, moysklad
from exchange.documents.contract import DOCUMENT

API = "https://api.moysklad.ru/api/remap/1.2/entity"


def position(**more: Any) -> dict[str, Any]:
    good = {"meta": {"type": "product"}, "name": "Кольцо с сапфиром", "code": "00012", "article": "R5387-6925"}
    return {"quantity": 1.0, "price": 13879500.0, "discount": 10.0, "assortment": good, **more}


def demand(kind: str = "retaildemand", **more: Any) -> dict[str, Any]:
    return {
        "meta": {"type": kind, "href": f"{API}/{kind}/0b71daec"}, "id": "0b71daec", "name": "00017", "applicable": True,
        "moment": "2026-05-05 11:42:10.000", "updated": "2026-05-05 11:42:11.000", "sum": 12491550.0, "cashSum": 0.0,
        "noCashSum": 12491550.0, "qrSum": 0.0, "retailStore": {"name": "LUX"}, "owner": {"name": "Анна Серова"},
        "agent": {"name": "Иванова", "phone": "+7 914 701-22-33"}, "positions": {"rows": [position()]},
        "cheque": {"fnNumber": "9960440301234567", "fiscalDocNumber": "88121", "fiscalDocSign": "2714309901"}, **more,
    }  # fmt: skip


def test_a_retail_sale_becomes_a_sale_of_the_contract() -> None:
    (told,) = moysklad.documents({"rows": [demand()]})

    assert told == {
        "id": "0b71daec", "operation": "sale", "at": "2026-05-05T11:42:10+03:00", "store": "LUX", "number": "00017",
        "fiscal": {"fn": "9960440301234567", "fd": "88121", "fp": "2714309901"}, "client": {"phone": "+7 914 701-22-33"},
        "seller": "Анна Серова", "paid": [{"by": "card", "sum": "124915.50"}],
        "lines": [{
            "article": "R5387-6925", "name": "Кольцо с сапфиром", "paid": "124915.50", "tag": "138795.00", "quantity": 1,
            "deductions": [{"source": "hand", "sum": "13879.50"}],
        }],
    }  # fmt: skip
    DOCUMENT.validate_python(told)


def test_a_return_names_its_sale_by_the_address() -> None:
    said = demand("retailsalesreturn", demand={"meta": {"href": f"{API}/retaildemand/sale-1"}})

    (told,) = moysklad.documents(said)

    assert (told["operation"], told["of"]) == ("return", {"id": "sale-1"})
    DOCUMENT.validate_python(told)


def test_payments_that_do_not_agree_are_left_out() -> None:
    (told,) = moysklad.documents(demand(noCashSum=100.0))

    assert "paid" not in told


def test_a_markup_is_no_deduction() -> None:
    (told,) = moysklad.documents(demand(positions=[position(discount=-10)]))

    assert (told["lines"][0]["paid"], "deductions" in told["lines"][0], "tag" in told["lines"][0]) == ("152674.50", False, False)


def test_drafts_are_passed_over() -> None:
    assert moysklad.documents(demand(applicable=False)) == []


@pytest.mark.parametrize(
    "said",
    [
        {},
        [],
        "text",
        demand(positions={"meta": {}}),
        demand("customerorder"),
        demand(moment="?"),
        demand(positions=[{"price": 1}]),
    ],
)
def test_what_is_not_moysklads_is_refused_with_its_place(said: Any) -> None:
    with pytest.raises(StrangeDocumentError) as refused:
        moysklad.documents(said)
    assert refused.value.at

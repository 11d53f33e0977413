"""Files as other tills and shops give them out: the columns that each has, with people who are invented."""

from decimal import Decimal
from pathlib import Path

import pytest

from imports import intake
from purchases.models import Piece
from stores.models import Store
from tests.conftest import DATA
from tests.lists import bring, verdicts

LOYVERSE = """Date,Receipt number,Receipt type,Category,SKU,Item,Quantity,Gross sales,Discounts,Net sales,Cost of goods,Store,Customer name,Customer contacts,Status
7/28/26 1:33 PM,4-10378,Sale,Ring,R1,Ring,1,200.00,20.00,180.00,18.35,luxury,,,Closed
7/28/26 1:40 PM,4-10379,Sale,Ring,R2,Ring,1,300.00,0.00,300.00,18.35,luxury,Лабина Вера,+79145550101,Closed
7/28/26 2:00 PM,4-10380,Refund,Ring,R2,Ring,1,300.00,0.00,-300.00,0,luxury,Лабина Вера,+79145550101,Closed
7/28/26 2:10 PM,4-10381,Sale,Ring,R3,Ring,1,400.00,0.00,400.00,0,luxury,Лабина Вера,+79145550101,Cancelled
"""
SHOPIFY = """Name,Financial Status,Subtotal,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount,Billing Name,Billing Phone,Refunded Amount,Cancelled at,Location
#1001,paid,47.00,0,47.00,0.00,2026-09-03 10:14:00 +1000,2,Ring,16.00,F-1,0.00,Лабина Вера,'+79145550101,0.00,,luxury
#1001,,,,,,2026-09-03 10:14:00 +1000,1,Chain,20.00,T-1,5.00,,,,,luxury
#1002,refunded,25,0,25,0,2026-09-10 09:00:00 +1000,1,Mug,25.00,M-1,0.00,Лабина Вера,'+79145550101,25.00,,luxury
#1003,paid,25,0,25,0,2026-09-11 09:00:00 +1000,1,Mug,25.00,M-2,0.00,Лабина Вера,'+79145550101,0.00,2026-09-12 09:00:00 +1000,luxury
"""  # fmt: skip
FISCAL = """Дата и время;Номер ФД;ФН;Признак расчета;Номер чека;Смена;Наименование товара;Артикул;Цена;Кол-во;Сумма;в т.ч. сумма НДС;Телефон покупателя;Магазин
01.09.2026 10:11;1001;9960440301234567;Приход;17;5;Кольцо;К-1;500,00;1,000;500,00;83,33;+79145550101;luxury
02.09.2026 10:11;1002;9960440301234567;Возврат прихода;3;6;Кольцо;К-1;500,00;1,000;500,00;83,33;+79145550101;luxury
03.09.2026 10:11;1003;9960440301234567;Расход;4;7;Лом;Л-1;300,00;1,000;300,00;;;luxury
"""  # fmt: skip
KEPT = {"R1": "180", "F-1": "16", "T-1": "15"}


@pytest.fixture(params=[1, 1_000], ids=["by one", "by the thousand"])
def base(request: pytest.FixtureRequest, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", request.param)
    bring("clients", DATA / "field-reports" / "clients-base.csv", source="LAB")
    Store.objects.create(code="luxury", name="Роскошь-Luxury")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(LOYVERSE, ["created", "created", "updated", "rejected"], id="a till in the cloud"),
        pytest.param(SHOPIFY, ["created"] * 4, id="a shop on the web"),
        pytest.param(FISCAL, ["created", "updated", "conflict"], id="an operator of fiscal data"),
    ],
)
def test_what_came_back_or_was_cancelled_is_no_kept_sale(base: None, tmp_path: Path, text: str, expected: list[str]) -> None:
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8")

    planned = bring("purchases", path, preview=True)
    done = bring("purchases", path)

    assert verdicts(planned) == verdicts(done) == expected
    kept = Piece.objects.kept().values_list("article", "price")
    assert dict(kept) == {article: Decimal(price) for article, price in KEPT.items() if f",{article}," in text}


def test_lines_of_an_order_are_its_clients_where_only_the_first_names_them(base: None, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(SHOPIFY, encoding="utf-8")

    bring("purchases", path)

    assert set(Piece.objects.values_list("purchase__client__last_name", flat=True)) == {"Лабина"}


def test_a_group_of_prices_is_no_price(base: None, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    header = "Date,Item,Qty,Price Point Name,SKU,Discounts,Net Sales,Tax,Transaction ID,Event Type,Location,Customer Name"
    path.write_text(f"{header}\n2026-08-15,Ring,1.0,Regular,M-1,0.00,36.00,2.88,SQ,Payment,luxury,\n", encoding="utf-8")
    with path.open("rb") as file:
        found = intake.find_layout(intake.keep_file("purchases", file, path.name, by=None))

    assert {name: found.layout["headers"][at] for name, at in found.layout["columns"].items()} == {
        "sold_on": "Date", "kind": "Item", "quantity": "Qty", "article": "SKU", "discount": "Discounts", "paid": "Net Sales",
        "receipt": "Transaction ID", "operation": "Event Type", "store": "Location", "full_name": "Customer Name",
    }  # fmt: skip

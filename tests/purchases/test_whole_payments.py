"""How receipts of a list were paid, and receipts that are void in a list or here."""

from datetime import date
from decimal import Decimal

import pytest

from clients.models import Client
from imports.passes import engine
from purchases.correcting import acts
from purchases.models import Piece, Purchase, Tender
from purchases.payments import TenderLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from tests.purchases.listing.applied import applied, undo

HEADER = "Чек;Телефон;Дата;Артикул;Сумма;Магазин;Способ оплаты;Аннулирован\n"
DAY = date(2018, 12, 5)
PARTS = "карта 200 + наличные 100"


@pytest.fixture
def orlova(store: Store) -> Client:
    return ClientFactory.create(phone="+79147012233", home_store=store)


def line(number: str, article: str, price: int, paid: str = "", void: str = "") -> str:
    return f"{number};8 914 701 22 33;05.12.2018;{article};{price};Роскошь-Luxury;{paid};{void}\n"


def paid() -> dict[str, int]:
    return {tender.kind: int(tender.sum) for tender in Tender.objects.all()}


@pytest.mark.parametrize("chunk", [1, 1000])
@pytest.mark.parametrize(
    ("said", "became"),
    [("картой", {"card": 300}), (PARTS, {"cash": 100, "card": 200}), ("карта 200 + нал 50", {}), ("бартер", {}), ("", {})],
)
def test_a_list_says_how_its_receipts_were_paid(
    orlova: Client, chunk: int, said: str, became: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "CHUNK", chunk)
    text = HEADER + line("7", "R1", 100, said) + line("7", "R2", 200, said)

    first, second = (applied("purchases", text) for _twice in range(2))

    assert (first.counts, second.counts, paid()) == ({"created": 2}, {"unchanged": 2}, became)


@pytest.mark.parametrize(
    ("held", "became"),
    [([TenderLine("card")], {"card": 300}), ([TenderLine("card", Decimal(60)), TenderLine("cash", Decimal(40))], {})],
)
def test_payments_follow_what_a_list_adds_and_go_where_nobody_knows(
    orlova: Client, sell: Sell, held: list[TenderLine], became: dict[str, int]
) -> None:
    sell(orlova, DAY, 100, receipt_number="7", tenders=held)
    before = paid()

    kept = applied("purchases", HEADER + line("7", "R2", 200))

    assert paid() == became
    undo(kept)
    assert paid() == (before if became else {})


def test_what_is_void_in_a_list_is_no_sale_and_its_number_is_free(orlova: Client) -> None:
    text = HEADER + line("7", "R1", 100, void="ошибка") + line("7", "R1", 100) + line("8", "R1", 100, void="нет")

    kept = applied("purchases", text)

    assert list(kept.rows.order_by("number").values_list("outcome", "reason")) == [
        ("rejected", "void"), ("created", ""), ("created", ""),
    ]  # fmt: skip
    assert Piece.objects.count() == 2


def test_what_is_void_in_a_list_voids_nothing_here(orlova: Client) -> None:
    applied("purchases", HEADER + line("7", "R1", 100))

    kept = applied("purchases", HEADER + line("7", "R1", 100, void="ошибка"))

    assert list(kept.rows.values_list("outcome", "reason")) == [("conflict", "void")]
    assert Purchase.objects.count() == 1


def test_what_is_void_here_is_not_sold_again_by_an_older_file(orlova: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(orlova, DAY, 100)
    acts.void(purchase, reason="ошибка", version=0, by=seller)
    header = HEADER.replace("Чек;", "Чек Carat №;")

    kept = applied("purchases", header + line(str(purchase.pk), "R1000-0000", 100))

    assert list(kept.rows.values_list("outcome", "reason")) == [("conflict", "void here")]
    assert Purchase.objects.count() == 0

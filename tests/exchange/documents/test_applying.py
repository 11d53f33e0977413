from decimal import Decimal

from clients.models import Client
from purchases.models import FiscalDocument, Purchase
from stores.models import Store
from tests import factories
from tests.exchange.conftest import Till, back, only, sale


def test_a_sale_becomes_a_receipt(till: Till, store: Store, card: Client) -> None:
    fiscal = {"fn": "9960440301234567", "fd": "88121", "fp": "2714309901"}

    answer = till.send(sale("1402", client={"phone": factories.phone_of(card)}, fiscal=fiscal))

    purchase = Purchase.objects.get()
    assert answer.status_code == 202
    assert answer.json() == {"document": str(only().pk), "state": "received"}
    assert till.became(answer) == {"document": str(only().pk), "state": "applied", "purchase": purchase.pk, "earned": "0"}
    assert (purchase.client, purchase.store, purchase.receipt_number, str(purchase.sold_on)) == (
        card,
        store,
        "1402",
        "2026-05-05",
    )
    assert list(purchase.pieces.values_list("article", "kind", "price")) == [("R5387-6925", "ring", Decimal(1000))]
    assert str(FiscalDocument.objects.get()) == "9960440301234567/88121"


def test_a_return_marks_the_piece(till: Till, store: Store, card: Client) -> None:
    till.send(sale())

    answer = till.send(back())

    purchase = Purchase.objects.get()
    assert till.became(answer)["returned"] == 1
    assert [str(piece.returned_on) for piece in purchase.pieces.all()] == ["2026-05-06"]


def test_a_return_that_comes_first_waits_for_its_sale(till: Till, store: Store) -> None:
    first = till.send(back())
    waits = till.became(first)
    till.send(sale())

    assert (waits["state"], waits["reason"]) == ("waits", "sale")
    assert till.became(first)["returned"] == 1

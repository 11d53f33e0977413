"""How a receipt is called on a page."""

from purchases.models import Purchase
from purchases.templatetags.receipts import receipt_name


def test_a_receipt_without_a_number_says_so() -> None:
    names = [receipt_name(Purchase(receipt_number=number)) for number in ("7", None)]

    assert names == ["Чек 7", "Чек без номера"]

from decimal import Decimal

import pytest
from django.utils.translation import override

from purchases.listing import tenders
from purchases.models import TenderKind
from purchases.payments import TenderLine


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("картой", [("card", None)]),
        ("Наличные", [("cash", None)]),
        ("безналичный расчёт", [("card", None)]),
        ("подарочная карта 500", [("certificate", 500)]),
        ("карта 1 000 ₽ + нал 500", [("card", 1000), ("cash", 500)]),
        ("наличные −600,50 ₽", [("cash", Decimal("600.50"))]),
        ("СБП", [("transfer", None)]),
        ("наличные 100; карта", [("cash", 100), ("card", None)]),
        ("наличные; карта", []),
        ("карта 100; бартер 50", []),
        ("115 900", []),
        ("", []),
    ],
)
def test_payments_are_read_as_people_write_them_and_nothing_is_guessed(text: str, said: list[tuple[str, int | None]]) -> None:
    assert tenders.read(text) == [TenderLine(kind, None if sum_ is None else Decimal(sum_)) for kind, sum_ in said]


@pytest.mark.parametrize("language", ["ru", "en"])
def test_what_is_written_is_read_again_whatever_the_language(language: str) -> None:
    paid = [TenderLine(kind.value, Decimal("12345.60")) for kind in TenderKind]

    with override(language):
        text = tenders.written(paid)

    assert tenders.read(text) == paid

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from catalogue.kinds import PieceKind
from clients.models import Client
from purchases.correcting import contents
from purchases.correcting.contents import Contents, PieceFacts
from purchases.models import NoCardReason, Occasion, TenderKind
from purchases.payments import TenderLine
from tests.conftest import Sell

SUMS = st.decimals(0, 10**9, places=2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
PIECES = st.builds(
    PieceFacts,
    pk=st.none() | st.integers(1, 10**9),
    article=st.text(min_size=1, max_size=40),
    kind=st.sampled_from(PieceKind.values),
    price=SUMS,
    discount=SUMS,
    uins=st.lists(st.from_regex("[0-9]{16}", fullmatch=True), max_size=2).map(tuple),
    returned_on=st.none() | DAYS,
)
RECEIPTS: Any = st.builds(
    Contents,
    client=st.none() | st.integers(1, 10**9),
    no_card_reason=st.sampled_from(["", *NoCardReason.values]),
    wearer=st.none() | st.integers(1, 10**9),
    occasion=st.sampled_from(["", *Occasion.values]),
    number=st.text(max_size=40),
    sold_on=DAYS,
    voided=st.text(max_size=20),
    pieces=st.lists(PIECES, max_size=3).map(tuple),
    tenders=st.lists(st.builds(TenderLine, st.sampled_from(TenderKind.values), SUMS), max_size=3).map(tuple),
    came_back=st.lists(st.integers(1, 10**9), max_size=3).map(tuple),
)


@given(kept=RECEIPTS)
def test_what_is_kept_is_read_back_as_it_was(kept: Contents) -> None:
    assert Contents.from_json(kept.as_json()) == kept


def test_a_receipt_is_read_whole_in_five_queries(card: Client, sell: Sell, django_assert_num_queries: Any) -> None:
    purchase = sell(card, date(2026, 5, 5), 100, 200, 300, receipt_number="7", tenders=[TenderLine("card")])

    with django_assert_num_queries(5):
        is_ = contents.of(purchase)

    assert (is_.client, is_.number, is_.voided) == (card.pk, "7", "")
    assert is_.tenders == (TenderLine("card", Decimal(600)),)
    assert contents.to_pay(is_) == 600

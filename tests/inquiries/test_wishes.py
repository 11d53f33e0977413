"""A wish in a few words, and the article that answers to it."""

from decimal import Decimal

import pytest

from catalogue import reading
from inquiries.wishes import Offer, Wish, answers, read


@pytest.mark.parametrize(("text", "wish"), [
    ("кольцо белое золото 17,5 до 50 тыс", Wish("ring", "white_gold", "17.5", Decimal(50_000))),
    ("Кольцо 585 до 50 000 руб", Wish("ring", "gold", "", Decimal(50_000))),
    ("серьги с сапфиром, серебро", Wish("earrings", "silver")),
    ("цепь 50 см до 30т.р.", Wish("chain", "", "50", Decimal(30_000))),
    ("кольцо 17 до 100000", Wish("ring", "", "17", Decimal(100_000))),
    ("R5387-6925 размер 18", Wish("ring", "", "18", None, reading.article_key("R5387-6925"))),
    ("просто смотрели", Wish()), ("подарок до скорого", Wish()), ("", Wish()),
])  # fmt: skip
def test_a_wish_is_understood(text: str, wish: Wish) -> None:
    assert read(text) == wish


OFFER = Offer("R1", "ring", "white_gold", Decimal(40_000), ["17.5", "18"])


@pytest.mark.parametrize(("wish", "meant"), [
    (Wish("ring"), True), (Wish("ring", "gold"), True), (Wish("ring", "white_gold", "17.5", Decimal(40_000)), True),
    (Wish("ring", "red_gold"), False), (Wish("ring", "silver"), False), (Wish("ring", "", "17"), False), (Wish("earrings"), False),
    (Wish("ring", "", "", Decimal(39_999)), False), (Wish(article_key="R1"), True), (Wish("earrings", article_key="R1"), True),
    (Wish("ring", article_key="R2"), False), (Wish(), False), (Wish(metal="white_gold"), False),
])  # fmt: skip
def test_an_article_answers_to_a_wish(wish: Wish, meant: bool) -> None:
    assert answers(OFFER, wish) == meant


def test_what_lies_nowhere_and_what_has_no_price_answers_to_nothing() -> None:
    assert not answers(OFFER._replace(sizes=()), Wish("ring"))
    assert not answers(OFFER._replace(price=None), Wish("ring", budget=Decimal(1)))
    assert answers(OFFER._replace(price=None, sizes=[""]), Wish("ring"))

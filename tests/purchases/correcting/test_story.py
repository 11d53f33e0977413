"""What was done to a receipt, in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Wearer
from purchases.correcting import acts, contents, story
from purchases.correcting.contents import PieceFacts
from purchases.models import Purchase
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell

DAY = date(2026, 5, 5)


def test_all_that_changed_is_told_as_it_was_and_as_it_is(
    card: Client, sell: Sell, seller: Employee, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mother = Wearer.objects.create(client=card, first_name="Анна")
    purchase = sell(card, DAY, 100, 200, tenders=[TenderLine("cash")])
    is_ = contents.of(purchase)
    pieces = (is_.pieces[0]._replace(discount=Decimal(5)), PieceFacts(None, "C3", "chain", Decimal(200), Decimal(0), ("1" * 16,)))
    wanted = replace(is_, number="8", sold_on=date(2026, 5, 4), wearer=mother.pk, occasion="birthday", pieces=pieces,
                     tenders=(TenderLine("card", Decimal(300)),))  # fmt: skip
    acts.correct(purchase, wanted=wanted, version=0, by=seller)

    with django_assert_num_queries(3):
        (told,) = story.story_of(purchase)

    assert told.by == seller
    assert [change[1:] for change in told.changes] == [
        ("—", "Анна"), ("—", "день рождения"), ("—", "8"), ("05.05.2026", "04.05.2026"),
        ("R1000-0000, кольцо, 100\xa0₽", "R1000-0000, кольцо, 100\xa0₽, скидка 5\xa0₽"), ("R1000-0001, кольцо, 200\xa0₽", "—"),
        ("—", f"C3, цепь, 200\xa0₽, {'1' * 16}"), ("наличные 300\xa0₽", "банковская карта 300\xa0₽"),
    ]  # fmt: skip


def test_a_sale_without_a_card_says_why_there_was_none(card: Client, sell: Sell, seller: Employee) -> None:
    purchase = sell(None, DAY, 100, no_card_reason="hurry")
    acts.attach_client(purchase, client=card, version=0, by=seller)
    acts.void(Purchase.objects.get(), reason="ошибка", version=1, by=seller)

    voided, attached = story.story_of(purchase)

    assert [change[1:] for change in attached.changes] == [("без карты: не было времени: очередь", str(card))]
    assert [change[1:] for change in voided.changes] == [("—", "ошибка")]
    assert story.story_of(purchase, since=1) == [voided]

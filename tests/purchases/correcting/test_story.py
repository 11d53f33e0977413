from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from purchases.correcting import acts, contents, story
from purchases.payments import TenderLine
from stores.models import Employee
from tests.conftest import Sell
from tests.factories import ClientFactory

DAY = date(2026, 5, 5)


def test_the_story_says_what_was_there_and_what_is(card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card, DAY, 100, 200, receipt_number="7")
    is_ = contents.of(purchase)
    dearer = is_.pieces[0]._replace(price=Decimal(150), kind="chain")
    wanted = replace(is_, pieces=(dearer,), occasion="birthday", tenders=(TenderLine("cash"),))

    acts.correct(purchase, wanted=wanted, version=0, by=seller)

    told = story.story_of(purchase)[0]
    assert (told.act, told.by) == ("исправили", seller)
    changed = {change.label: (change.was, change.now) for change in told.changes}
    assert changed.keys() == {"Повод", "Изделие", "Убрали изделие", "Оплата"}
    assert changed["Повод"] == ("—", "день рождения")
    assert "100" in changed["Изделие"][0]
    assert "150" in changed["Изделие"][1]
    assert changed["Убрали изделие"][1] == "—"


@pytest.mark.parametrize("known", [True, False])
def test_a_change_of_client_is_told_by_name(known: bool, card: Client, seller: Employee, sell: Sell) -> None:
    purchase = sell(card if known else None, DAY, 100, no_card_reason="" if known else "declined")
    other = ClientFactory.create()

    acts.attach_client(purchase, client=other, version=0, by=seller)

    change = story.story_of(purchase)[0].changes[0]
    assert (change.was, change.now) == (str(card) if known else "без карточки: клиент отказался", str(other))


def test_a_story_takes_as_many_queries_for_three_acts_as_for_one(
    card: Client, seller: Employee, sell: Sell, django_assert_max_num_queries: Any
) -> None:
    purchase = sell(card, DAY, 100)
    for version in range(3):
        acts.attach_client(purchase, client=ClientFactory.create(), version=version, by=seller)

        with django_assert_max_num_queries(3):
            told = story.story_of(purchase)

    assert len(told) == 3
    assert len(story.story_of(purchase, since=2)) == 1

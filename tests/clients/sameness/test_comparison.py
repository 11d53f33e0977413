"""Two cards side by side."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState, Client, Pair
from clients.sameness import merging
from clients.sameness.comparison import LONGEST, Fact, compare_cards
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory


@pytest.fixture
def twin(store: Store) -> Client:
    return ClientFactory.create(
        last_name="Петрова", middle_name="", phone=None, state=CardState.INCOMPLETE, home_store=store, metal="rose",
        birth_date=date(1985, 3, 7), likes="сапфиры",
    )  # fmt: skip


def test_facts_stand_as_people_write_them_and_an_empty_one_takes_the_others(card: Client, twin: Client) -> None:
    facts = {fact.field: fact for fact in compare_cards(twin, card).facts}

    assert facts["birth_date"] == Fact("birth_date", "дата рождения", "07.03.1985", "03.07.1985", "survivor")
    assert facts["phone"] == Fact("phone", "телефон", "", card.phone_shown, "absorbed")
    assert (facts["metal"].survivor, facts["metal"].absorbed, facts["metal"].taken) == ("розовое золото", "", "survivor")
    assert facts["home_store_id"].survivor == facts["home_store_id"].absorbed == "Роскошь-Luxury"
    assert {field for field, fact in facts.items() if fact.differs} == {"last_name", "birth_date", "email"}


def test_what_was_asked_about_two_is_shown_whichever_is_named_first(card: Client, twin: Client, seller: Employee) -> None:
    assert compare_cards(card, twin).pair is None
    merging.propose(twin, card, by=seller)

    pair = Pair.objects.get()

    assert [compare_cards(card, twin).pair, compare_cards(twin, card).pair] == [pair, pair]


def test_what_each_did_of_late_is_told_in_lines_of_a_bearable_length(card: Client, twin: Client, sell: Sell) -> None:
    for day in range(1, 8):
        sell(card, date(2026, 3, day), 1_000)
    sell(twin, date(2026, 3, 9), *[1_000] * 30)

    compared = compare_cards(card, twin)

    assert (compared.survivor_holds, compared.absorbed_holds) == ({"покупки": 7}, {"покупки": 1})
    lines = {heading: (mine, theirs) for heading, mine, theirs in compared.histories}
    assert [(len(mine), len(theirs)) for mine, theirs in lines.values()] == [(5, 5)]
    assert all(0 < len(line) <= LONGEST + 1 for mine, theirs in lines.values() for line in (*mine, *theirs))


def test_a_comparison_costs_the_same_whatever_the_cards_hold(
    card: Client, twin: Client, sell: Sell, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(87) as bare:
        compare_cards(card, twin)
    for day in (1, 2, 3):
        sell(card, date(2026, 3, day), 1_000)
        sell(twin, date(2026, 3, day), 1_000)

    with django_assert_max_num_queries(len(bare) + 6):
        compare_cards(card, twin)

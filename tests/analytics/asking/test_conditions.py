"""What can be asked: each condition against plain Python over the cards."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from analytics.asking import segments
from analytics.asking.conditions import CONDITIONS
from analytics.asking.segments import single
from campaigns import selectors as campaigns_selectors
from clients.models import CardState, Client, Purpose
from clients.services import record_consents
from purchases.models import Piece
from stores.models import Employee, Store
from tests.analytics.conftest import TODAY, Histories
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits.models import ClientActivity


def ask(*groups: list[dict[str, str | int]], stores: list[Store] | None = None) -> set[int]:
    return set(segments.clients_of([list(group) for group in groups], today=TODAY, stores=stores).values_list("pk", flat=True))


def those(holds: Callable[[Client], object]) -> set[int]:
    return {client.pk for client in Client.objects.live().select_related("activity", "rhythm") if holds(client)}


def did(client: Client) -> ClientActivity | None:
    return getattr(client, "activity", None)


SAMPLES = [
    (single("kind", kind="ring", least=2), lambda c: did(c) and c.activity.kept_ring >= 2),
    (single("spent", sum=90_000), lambda c: did(c) and c.activity.spent >= 90_000),
    (
        single("spent_lately", sum=60_000, days=200),
        lambda c: sum(v.total for v in c.visits.filter(scope=0, day__gt=TODAY - timedelta(days=200), day__lte=TODAY)) >= 60_000,
    ),
    (
        single("bought", first="2025-01-01", last="2025-06-30"),
        lambda c: c.visits.filter(scope=0, items__gt=0, day__range=(date(2025, 1, 1), date(2025, 6, 30))).exists(),
    ),
    (single("first_kind", kind="earrings"), lambda c: did(c) and c.activity.first_kind == "earrings"),
    (single("favourite", kind="chain"), lambda c: did(c) and c.activity.favourite_kind == "chain"),
    (single("services", least=1), lambda c: did(c) and c.activity.services >= 1),
    (single("visits", least=2, most=3), lambda c: did(c) and 2 <= c.activity.visit_days <= 3),
    (single("never"), lambda c: not did(c)),
    (
        single("weekday", weekday="5", least=1),
        lambda c: any(day.isoweekday() == 5 for day in c.visits.filter(scope=0).values_list("day", flat=True)),
    ),
    (
        single("first_visit", first="2024-06-01", last="2025-06-01"),
        lambda c: did(c) and date(2024, 6, 1) <= c.activity.first_day <= date(2025, 6, 1),
    ),
    (
        single("last_visit", first="2025-06-01", last="2026-06-01"),
        lambda c: did(c) and date(2025, 6, 1) <= c.activity.last_day <= date(2026, 6, 1),
    ),
    (
        single("again_within", days=40),
        lambda c: did(c) and c.activity.second_day and (c.activity.second_day - c.activity.first_day).days <= 40,
    ),
    (single("silent", days=30), lambda c: did(c) and c.rhythm.silent_from and c.rhythm.silent_from <= TODAY - timedelta(days=30)),
    (
        single("expected", days=60),
        lambda c: did(c) and c.rhythm.expected_on and TODAY <= c.rhythm.expected_on < TODAY + timedelta(days=60),
    ),
    (single("incomplete"), lambda c: c.state == "incomplete" or c.data_consent_missing),
    (single("lacks", field="phone"), lambda c: c.phone is None),
    (single("lacks", field="data"), lambda c: bool(c.data_consent_missing)),
]


def test_each_condition_means_what_it_says(histories: Histories, store: Store) -> None:
    histories(40)
    ClientFactory.create(home_store=store, state=CardState.INCOMPLETE, phone=None)
    everybody = those(lambda client: True)

    expected = {condition["what"]: those(holds) for condition, holds in SAMPLES}

    assert {condition["what"]: ask([condition]) for condition, _holds in SAMPLES} == expected
    others = {what: everybody - whom for what, whom in expected.items()}
    assert {condition["what"]: ask([{**condition, "not": True}]) for condition, _holds in SAMPLES} == others
    assert [what for what, whom in expected.items() if not whom] == []


def test_who_bought_an_article_or_one_that_begins_so(store: Store, sell: Sell) -> None:
    one, two, gave_back = ClientFactory.create_batch(3)
    for client, prices in ((one, (1_000,)), (two, (1_000, 2_000)), (gave_back, (1_000,))):
        sell(client, TODAY, *prices)
    Piece.objects.filter(purchase__client=gave_back).update(returned_on=TODAY)
    sell(None, TODAY, 1_000, no_card_reason="declined")

    asked = [ask([single("article", article=article)]) for article in ("r1000", "R1000-0001", "X1000")]

    assert asked == [{one.pk, two.pk}, {two.pk}, set()]


def test_store_home_age_size_and_metal(store: Store, other_store: Store, sell: Sell) -> None:
    born = ClientFactory.create(home_store=store, birth_date=date(1996, 6, 17), ring_size=Decimal("17.5"), metal="white")
    other = ClientFactory.create(home_store=other_store, birth_date=date(1996, 6, 18), ring_size=Decimal(20), metal="rose")
    sell(other, date(2026, 1, 5), 100, at=store)

    assert ask([single("home", store=store.pk)]) == {born.pk}
    assert ask([single("store_visited", store=store.pk)]) == {other.pk}
    assert ask([single("age", least=30, most=40)]) == {born.pk}
    assert ask([single("age", least=0, most=29)]) == {other.pk}
    assert ask([single("ring_size", least=17, most=18)]) == {born.pk}
    assert ask([single("metal", metal="rose")]) == {other.pk}
    assert ask([single("birthday", days=1)]) == {born.pk}
    assert ask([single("birthday", days=2)]) == {born.pk, other.pk}
    assert ask([single("birth_month", month="6")]) == {born.pk, other.pk}
    assert ask([single("registered", first="2026-01-01", last="2026-12-31")]) == set()


@pytest.mark.parametrize(
    ("what", "words"),
    [("visits", "приходили ровно 2 раза"), ("age", "сейчас в возрасте 2 лет"), ("ring_size", "носят кольцо размера 2\xa0мм")],
)
def test_from_two_to_two_is_said_as_two(what: str, words: str) -> None:
    assert CONDITIONS[what].words({"least": 2, "most": 2}) == words


@pytest.mark.parametrize(("born", "full_years"), [(date(2007, 2, 28), 21), (date(2007, 3, 1), 20), (date(2008, 2, 29), 20)])
def test_ages_on_a_29th_of_february(store: Store, born: date, full_years: int) -> None:
    ClientFactory.create(birth_date=born)

    ages = [
        age
        for age in range(18, 25)
        if segments.clients_of([[single("age", least=age, most=age)]], today=date(2028, 2, 29), stores=None).exists()
    ]

    assert ages == [full_years]


def test_a_birthday_across_new_year(store: Store) -> None:
    january = ClientFactory.create(birth_date=date(1990, 1, 3))
    ClientFactory.create(birth_date=date(1990, 2, 3))

    found = segments.clients_of([[single("birthday", days=10)]], today=date(2026, 12, 28), stores=None)

    assert [client.pk for client in found] == [january.pk]


@pytest.mark.parametrize("today", [date(2027, 2, 28), date(2028, 2, 28), date(2028, 2, 29), date(2027, 3, 1)])
def test_a_birthday_of_today_is_the_one_that_the_program_greets(store: Store, today: date) -> None:
    for day in (date(2000, 2, 28), date(2000, 2, 29), date(2000, 3, 1)):
        ClientFactory.create(birth_date=day, home_store=store)

    found = segments.clients_of([[single("birthday", days=1)]], today=today, stores=None)

    assert {*found} == {*Client.objects.filter(campaigns_selectors.whose_day(None, today))}
    assert {*found} == {one.client for one in campaigns_selectors.celebrating([store], today=today, now=timezone.now())}


def test_the_newest_word_on_a_consent_counts(seller: Employee, store: Store) -> None:
    yes, no, again, never = (ClientFactory.create() for _ in range(4))
    for client, *words in ((yes, True), (no, True, False), (again, True, False, True)):
        for given_now in words:
            record_consents(client, {Purpose.CALLS: given_now}, by=seller, where=store)

    assert ask([single("consent", purpose="calls")]) == {yes.pk, again.pk}
    assert ask([{**single("consent", purpose="calls"), "not": True}]) == {no.pk, never.pk}

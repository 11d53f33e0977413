"""What is usual at a desk: due days on which its store works, prices, passports, and the wording in force."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from stores.models import DayOff, Store
from workshop import terms
from workshop.models import AgreementText, ServiceKind, ServiceTerm
from workshop.terms import Terms


@pytest.mark.parametrize("kind", ServiceKind)
def test_every_kind_is_due_after_usual_days_where_the_chain_has_said_nothing(store: Store, kind: ServiceKind) -> None:
    assert Terms(store).due(kind) == store.today() + timedelta(days=terms.DAYS[kind])


def test_a_due_day_is_the_first_on_which_the_store_works(store: Store) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=3)
    wanted = store.today() + timedelta(days=3)
    for days in (0, 1):
        DayOff.objects.create(store=store, day=wanted + timedelta(days=days))

    assert Terms(store).due("cleaning") == wanted + timedelta(days=2)
    assert Terms(store).next_open(wanted) == wanted + timedelta(days=2)


def test_a_store_that_never_works_again_is_due_all_the_same(store: Store) -> None:
    store.closed_weekdays = "1234567"

    assert Terms(store).due("cleaning") == store.today() + timedelta(days=1)
    assert Terms(store).next_open(store.today()) is None


def test_the_page_knows_each_kinds_terms_in_two_queries(store: Store, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ServiceTerm.objects.create(kind="cleaning", days=3, price=Decimal("1200.50"), passport_from=Decimal(100_000))
    ServiceTerm.objects.create(kind="repair", days=5, asks_passport=True)

    with django_assert_num_queries(2):
        told = json.loads(Terms(store).as_json())

    due = [(store.today() + timedelta(days=days)).isoformat() for days in (3, 5, 7)]
    assert (told["cleaning"], told["repair"], told["resizing"]) == (
        {"due": due[0], "price": "1\xa0200,50", "passport": 100_000.0}, {"due": due[1], "price": "", "passport": 0.0},
        {"due": due[2], "price": "", "passport": None},
    )  # fmt: skip
    assert told.keys() == set(ServiceKind.values)


@pytest.mark.parametrize(("value", "asks"), [(None, False), (Decimal(99_999), False), (Decimal(100_000), True)])
def test_a_passport_is_asked_for_from_a_declared_value_on(store: Store, value: Decimal | None, asks: bool) -> None:
    ServiceTerm.objects.create(kind="cleaning", passport_from=Decimal(100_000))

    assert (Terms(store).asks_passport("cleaning", value), Terms(store).asks_passport("repair", value)) == (asks, False)


def test_the_newest_wording_that_is_in_force_counts(store: Store) -> None:
    today, day = store.today(), timedelta(days=1)
    for version, since in ((1, today - 9 * day), (2, today), (3, today + day)):
        AgreementText.objects.create(version=version, text="!", since=since)

    found = [terms.current_agreement(asked) for asked in (today, today - day, today - 10 * day)]

    assert list(map(str, found)) == ["v2", "v1", "None"]

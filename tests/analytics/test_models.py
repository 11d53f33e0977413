"""What people type beside the sales stands once, and everything says what it is."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from analytics.models import Expense, FigureCheck, Recount, Segment, Snapshot, VisitorCount
from stores.models import Store


def spend(amount: int, purpose: str = "attract", month: date = date(2026, 3, 1), **more: Any) -> Expense:
    return Expense.objects.create(month=month, channel="2GIS", purpose=purpose, amount=Decimal(amount), **more)


def test_an_expense_stands_once(store: Store) -> None:
    spend(100)
    spend(100, store=store)

    for of in (None, store):
        with pytest.raises(IntegrityError), transaction.atomic():
            spend(200, store=of)


def test_an_expense_is_of_a_month_and_its_channel_has_no_stray_spaces(db: None) -> None:
    kept = Expense.objects.create(month=date(2026, 3, 17), channel="  Наружная   реклама ", amount=Decimal(1))

    assert (kept.month, kept.channel, str(kept)) == (date(2026, 3, 1), "Наружная реклама", "2026-03 Наружная реклама")


@pytest.mark.parametrize("wrong", [{"amount": Decimal(-1)}, {"purpose": "cats"}])
def test_the_base_takes_no_negative_sum_and_no_unknown_purpose(db: None, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Expense.objects.create(**{"month": date(2026, 3, 1), "channel": "SMS", "amount": Decimal(1), **wrong})

    assert not Expense.objects.exists()


def test_a_day_is_counted_once_in_a_store(store: Store, other_store: Store) -> None:
    day = date(2026, 3, 5)
    for place in (store, other_store):
        VisitorCount.objects.create(store=place, day=day, visitors=40)

    with pytest.raises(IntegrityError), transaction.atomic():
        VisitorCount.objects.create(store=store, day=day, visitors=41)

    assert [str(count) for count in VisitorCount.objects.filter(store=store)] == [f"{store} 2026-03-05: 40"]


def test_a_figure_of_the_same_days_is_kept_once(db: None) -> None:
    facts: dict[str, Any] = {"figure": "worth", "scope": 0, "first": date(2026, 3, 1), "last": date(2026, 3, 1)}
    kept = Snapshot.objects.create(**facts)

    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(**facts)

    assert (Snapshot.objects.get(), str(kept)) == (kept, "worth 0: 2026-03-01–2026-03-01")


def test_what_was_kept_says_what_it_is(db: None) -> None:
    at = datetime(2026, 3, 5, 5, tzinfo=UTC)

    assert str(Segment(name="Наши")) == "Наши"
    assert (str(FigureCheck(started_at=at, wrong=2)), str(Recount(started_at=at, wrong=0))) == ("2026-03-05: 2", "2026-03-05: 0")

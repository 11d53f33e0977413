"""What the pages of tills and the counter show."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from exchange import selectors
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.exchange.conftest import MakeTill, Till, back, sale


def test_a_source_is_shown_with_what_it_sent(
    till: Till, make_till: MakeTill, store: Store, django_assert_num_queries: Any
) -> None:
    till.send(sale("1"))
    till.send(sale("2", seller="К-17"))
    make_till("1C")

    with django_assert_num_queries(2):
        shown = [(one.name, one.of_a_day, one.waiting, len(one.keys.all())) for one in selectors.sources(timezone.now())]  # type: ignore[attr-defined]

    assert shown == [("1C", 0, 0, 1), ("till-2", 2, 1, 1)]


def test_sales_without_a_card_stand_by_their_minute(till: Till, store: Store, sell: Sell, django_assert_num_queries: Any) -> None:
    today = store.today()
    moments = [datetime(today.year, today.month, today.day, 0, minute, tzinfo=store.zone) for minute in (1, 0)]
    for number, at in enumerate(moments):
        till.send(sale(str(number), at=at.isoformat()))
    till.send(back("1", at=moments[0].isoformat()))

    with django_assert_num_queries(2):
        shown = selectors.without_card([store], today)

    assert [(one.minute, one.sum) for one in shown] == [("00:01", 1_000)]
    assert selectors.without_card([store], date(2026, 5, 5)) == []


def test_the_counter_sees_todays_sales_without_a_card(till: Till, store: Store, seller: Employee, signed_in: SignIn) -> None:
    till.send(sale(at=datetime.now(store.zone).isoformat()))

    shown = signed_in(seller).get("/").context["without_card"]

    assert [one.sum for one in shown] == [1_000]

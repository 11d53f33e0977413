"""Whose day comes among the people whom clients buy for."""

from datetime import date

from clients import giving
from clients.models import Wearer
from messaging.models import Message
from stores.models import Store


def test_whose_day_comes_stands_on_the_seller_s_page_and_nobody_is_written_to(
    wife: Wearer, store: Store, other_store: Store
) -> None:
    assert [(one.wearer, one.day) for one in giving.coming([store], date(2026, 11, 24))] == [(wife, date(2026, 12, 6))]
    assert giving.coming([store], date(2026, 11, 20)) == []
    assert giving.coming([other_store], date(2026, 11, 24)) == []
    assert not Message.objects.exists()

"""What every export shares: headers, values, and texts that are no formulas."""

from datetime import date, time
from decimal import Decimal

from clients.listing.spec import CLIENTS
from imports.resources import ListField, SafeResource, column
from stores.models import Store


class Shops(SafeResource):
    name = column("Name", "name")
    opens = column("Opens", "opens_at")
    share = column("Share", lambda store: Decimal("-1.5"))
    born = column("Born", lambda store: date(2026, 1, 2))
    answer = column("Answer", lambda store: f"+{store.code}")
    phone = ListField(CLIENTS, "phone", "city")


def test_texts_are_escaped_and_numbers_and_days_stay(store: Store) -> None:
    Store.objects.update(name="=1+1", city="@Находка")

    data = Shops().export(Store.objects.all())

    assert data.headers == ["Name", "Opens", "Share", "Born", "Answer", "Телефон"]
    assert data[0] == ("'=1+1", time(10), Decimal("-1.5"), date(2026, 1, 2), "'+luxury", "'@Находка")


def test_rows_keep_their_order_whatever_the_chunk(store: Store, other_store: Store) -> None:
    data = Shops().export(Store.objects.order_by("-pk"))

    assert data["Answer"] == ["'+duet", "'+luxury"]

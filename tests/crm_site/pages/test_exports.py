from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from clients.models import Client
from stores.models import Employee, ExportRecord, Store
from tests.answers import Answer
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory

PERIOD = {"first": "2018-12-01", "last": "2018-12-31"}


@pytest.fixture
def take(signed_in: SignIn) -> Callable[..., Answer]:
    def post(employee: Employee, what: str, kind: str = "xlsx", **more: Any) -> Answer:
        return signed_in(employee).post(reverse("pages:exports"), {"what": what, "kind": kind, "store": "", **PERIOD, **more})

    return post


def rows_of(response: Answer) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)]


def test_a_manager_takes_out_their_own_stores_alone(
    take: Callable[..., Answer], manager: Employee, card: Client, sell: Sell, other_store: Store
) -> None:
    sell(card, date(2018, 12, 3), 5000)
    sell(card, date(2018, 12, 4), 7000, at=other_store)

    assert (take(manager, "purchases").status_code, ExportRecord.objects.count()) == (403, 0)
    Employee.objects.filter(pk=manager.pk).update(rights={"exports": True})

    rows = rows_of(take(manager, "purchases"))

    assert [row[9] for row in rows[1:]] == [5000]
    assert take(manager, "purchases", store=other_store.pk).status_code == 422


def test_what_comes_out_is_safe_in_a_spreadsheet_and_is_noted(
    take: Callable[..., Answer], manager: Employee, store: Store
) -> None:
    ClientFactory.create(home_store=store, note="=HYPERLINK(1)", registered_on=date(2018, 12, 5))

    text = b"".join(take(manager, "clients", "csv")).decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text
    assert "'+7" in text
    record = ExportRecord.objects.get()
    assert (record.what, record.rows, record.by) == ("clients", 1, manager)


@pytest.mark.parametrize("what", ["clients", "purchases", "services", "messages"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_empty_export_is_a_header(take: Callable[..., Answer], admin: Employee, store: Store, what: str, kind: str) -> None:
    assert take(admin, what, kind).status_code == 200


def test_days_in_the_wrong_order_stand_beside_the_field(take: Callable[..., Answer], manager: Employee) -> None:
    response = take(manager, "clients", last="2018-11-01")

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["last"])


def test_too_many_rows_are_refused_with_what_to_do(
    take: Callable[..., Answer], manager: Employee, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm_site.pages.exports.MOST_ROWS", 1)
    today = timezone.localdate()
    ClientFactory.create_batch(2, home_store=store, registered_on=today)

    response = take(manager, "clients", first=today - timedelta(days=1), last=today)

    assert list(response.context["form"].errors) == ["first"]


def test_a_seller_takes_nothing_out(take: Callable[..., Answer], seller: Employee) -> None:
    assert take(seller, "clients").status_code == 403

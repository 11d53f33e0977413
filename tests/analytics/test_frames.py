"""Frames have the columns that they promise, also of an empty base; no contacts unless asked, and no name a formula."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from pytest_django import DjangoAssertNumQueries

from analytics import frames
from analytics.figures.periods import Period
from clients.models import Client
from purchases import services
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import phone_of
from tests.present import present
from workshop import tickets
from workshop.models import ServiceRequest

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
ALL: dict[str, Callable[[], pd.DataFrame]] = {
    "stores": frames.stores_frame, "clients": frames.clients_frame, "receipts": frames.receipts_frame,
    "pieces": frames.pieces_frame, "services": frames.services_frame, "visits": frames.visits_frame,
}  # fmt: skip


@pytest.fixture
def sold(card: Client, sell: Sell, store: Store, seller: Employee) -> Purchase:
    """A receipt of which one of two pieces came back, one without a card, and a service request."""
    receipt = sell(card, date(2026, 3, 3), 10_000, 20_000)
    services.return_pieces(receipt, [receipt.pieces.get(price=20_000)], by=seller, on=date(2026, 4, 1))
    sell(None, date(2026, 3, 4), 500, no_card_reason="declined")
    tickets.take_in(ServiceRequest(store=store, client=card, kind="repair", accepted_on=date(2026, 3, 5), number=""), by=seller)
    return receipt


@pytest.mark.parametrize("name", ALL)
def test_a_frame_has_the_same_columns_and_types_empty_and_full(name: str, db: None, request: pytest.FixtureRequest) -> None:
    empty = ALL[name]()

    request.getfixturevalue("sold")

    full = ALL[name]()
    assert len(empty) == 0 < len(full)
    assert dict(empty.dtypes) == dict(full.dtypes)
    for column, dtype in full.dtypes.items():
        assert str(column) in present(ALL[name].__doc__)
        assert dtype.name != "object"


def test_pieces_carry_kopecks_and_days(sold: Purchase, card: Client, store: Store) -> None:
    pieces = frames.pieces_frame()

    told = pieces[["client", "store", "price_kopecks", "kind"]].to_dict("records")
    assert told[:2] == [
        {"client": card.pk, "store": store.pk, "price_kopecks": kopecks, "kind": "ring"} for kopecks in (10**6, 2 * 10**6)
    ]
    assert list(pieces.client.isna()) == [False, False, True]
    assert list(pieces.returned_on.dropna()) == [pd.Timestamp(2026, 4, 1)]
    assert list(frames.receipts_frame().total_kopecks) == [10**6, 50_000]
    assert list(frames.visits_frame(store).day) == [pd.Timestamp(2026, 3, 3), pd.Timestamp(2026, 3, 5)]


def test_contacts_stay_in_the_base_unless_they_are_asked_for(card: Client) -> None:
    plain, full = frames.clients_frame(), frames.clients_frame(with_contacts=True)

    contacts = {"last_name", "first_name", "middle_name", "birth_date", "phone", "email"}
    assert set(full) - set(plain) == contacts
    assert full.phone[0] == card.phone
    assert phone_of(card) not in plain.to_csv()


def test_only_the_columns_that_are_asked_for_are_read(sold: Purchase, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as queries:
        read = frames.pieces_frame(only=("store", "sold_on"))

    assert list(read) == ["store", "sold_on"]
    assert "article" not in queries[0]["sql"]
    with pytest.raises(ValueError, match="pric"):
        frames.pieces_frame(only=("pric",))


def test_rows_come_whole_in_chunks(sold: Purchase, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = frames.pieces_frame()

    monkeypatch.setattr(frames, "CHUNK", 2)

    pd.testing.assert_frame_equal(frames.pieces_frame(), whole)


def test_a_name_cannot_be_a_formula_in_a_spreadsheet() -> None:
    frame = frames.figure_frame({"records": [{"name": "=1+1", "value": -5}]}, figure="breakdown", store="", period=MARCH)

    safe = frames.safe_for_spreadsheets(frame)

    assert (list(safe.text.dropna()), list(safe.value.dropna())) == (["'=1+1"], [-5])
    assert list(frame.text.dropna()) == ["=1+1"]


# --- The web does without -----------------------------------------------------------------------------------------

WEB_PROCESS = """
import sys
import crm_site.wsgi
from importlib import import_module
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

def walk(resolver):
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            walk(entry)
        else:
            import_module(entry.callback.__module__)

walk(get_resolver())
import crm_site.celery
crm_site.celery.app.loader.import_default_modules()
print([name for name in ("pandas", "pyarrow") if name in sys.modules], "analytics.tasks" in sys.modules)
"""


def test_a_web_process_loads_neither_pandas_nor_pyarrow(tmp_path: Path) -> None:
    environment = {**os.environ, "DEBUG": "1", "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "crm_site.settings"}

    told = subprocess.run(
        [sys.executable, "-c", WEB_PROCESS],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip().splitlines()[-1] == "[] True"

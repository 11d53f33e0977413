"""What goes out of Carat: each page's rows bounded, harmless in a spreadsheet and noted; tables and streams likewise."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from analytics.models import Expense
from campaigns.models import Program
from clients.models import CardState, Client, Pair
from imports import exports
from imports.exports import TooManyRowsError
from messaging import errands
from messaging.models import Message
from portal.models import Review
from stores.models import Employee, ExportRecord, Store
from tests.answers import Answer
from tests.conftest import DATA, Sell, SignIn
from tests.factories import ClientFactory
from visits import rhythm
from workshop.models import ServiceRequest

FORMULA = "=HYPERLINK(1)"
LONG_AGO = date(2022, 3, 4)
# Each page that gives its rows: address, the name that is noted, rows.
PAGES = [
    (f"/sales/?first={LONG_AGO}&last={LONG_AGO}", "receipts", 1),
    ("/service/", "services", 1),
    ("/messages/", "messages", 1),
    ("/errands/", "errands", 1),
    ("/clients/pairs/", "pairs", 1),
    ("/clients/to-complete/", "to-complete", 2),
    ("/quality/cards/?what=email", "quality-cards", 1),
    ("/programs/{program}/clients/planned/?period=own&first=2026-01-01&last=2026-12-31", "birthday-planned", 1),
    ("/ask/?w0=visits&g0=0&p0_least=1&p0_most=99", "segment", 1),
    ("/silent/all/", "silent-all", 1),
    ("/money/expenses/", "expenses", 1),
    ("/reviews/", "reviews", 1),
]


def sheet_of(response: Answer | HttpResponse) -> list[list[Any]]:
    return [list(row) for row in load_workbook(BytesIO(response.content)).worksheets[0].iter_rows(values_only=True)]


@pytest.fixture
def full(store: Store, sell: Sell, seller: Employee) -> Client:
    """One row behind each page, each with a text that a spreadsheet would take for a formula."""
    client = ClientFactory.create(home_store=store)
    other = ClientFactory.create(home_store=store, email=None, state=CardState.INCOMPLETE)
    for weeks in (0, 5, 10):
        sell(client, LONG_AGO + timedelta(weeks=weeks), 5_000)
    rhythm.keep_typical_intervals()
    rhythm.recompute(store.today())
    request = ServiceRequest.objects.create(store=store, client=client, number="1", accepted_on=LONG_AGO, kind="cleaning")
    Review.objects.create(
        client=client, store=store, request=request, asked_on=LONG_AGO, score=9, answered_at=datetime(2022, 3, 5, tzinfo=UTC)
    )
    _greet(client, FORMULA)
    due = store.today()
    errands.ask_for(client, store=store, occasion_key="call:1", reason=FORMULA, due_on=due, is_service=True)
    Pair.objects.create(first=client, second=other, score=0.5, kind="likely", found_at=timezone.now())
    Expense.objects.create(month=LONG_AGO, channel=FORMULA, amount=Decimal(100), store=store)
    Client.objects.update(last_name=FORMULA)  # no form takes such a name
    return client


@pytest.fixture
def desk(manager: Employee, signed_in: SignIn) -> Browser:
    return signed_in(manager)


def with_export(address: str) -> str:
    where = address.format(program=Program.objects.get(key="birthday").pk if "{program}" in address else "")
    return f"{where}{'&' if '?' in where else '?'}export=1"


@pytest.mark.parametrize(("address", "name", "rows"), PAGES)
def test_a_page_gives_its_rows_harmless_and_noted(
    address: str, name: str, rows: int, desk: Browser, full: Client, manager: Employee
) -> None:
    answer = desk.get(with_export(address))

    sheet = sheet_of(answer)
    assert len(sheet) == rows + 1
    texts = [str(cell) for row in sheet for cell in row if cell is not None]
    assert [text for text in texts if text.startswith(("=", "+"))] == []
    assert any(text.startswith(f"'{FORMULA}") for text in texts)
    record = ExportRecord.objects.get()
    assert (record.what, record.rows, record.by) == (name, rows, manager)


@pytest.mark.parametrize(("address", "name", "rows"), PAGES)
def test_a_page_with_too_many_rows_says_so_and_gives_none(
    address: str, name: str, rows: int, desk: Browser, full: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.exports.MOST_ROWS", rows - 1)

    answer = desk.get(with_export(address))

    assert answer.status_code == 302
    assert answer["Location"] == with_export(address).removesuffix("export=1").rstrip("?&")
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize(("address", "name", "rows"), PAGES)
def test_an_export_takes_as_many_queries_for_three_rows_as_for_one(
    address: str,
    name: str,
    rows: int,
    desk: Browser,
    full: Client,
    sell: Sell,
    store: Store,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    desk.get(with_export(address))
    with django_assert_max_num_queries(40) as once:
        desk.get(with_export(address))
    _two_more(full, sell, store)

    with django_assert_max_num_queries(len(once)):
        desk.get(with_export(address))


def _greet(client: Client, text: str) -> None:
    day = datetime(2026, 7, 3, tzinfo=UTC)
    Message.objects.create(
        client=client, store=client.home_store, source="birthday", occasion_key=f"birthday:2026:{client.pk}", text=text,
        occasion_on=day.date(), recipient=client.phone, send_after=day, expires_at=day + timedelta(days=1),
    )  # fmt: skip


def _two_more(client: Client, sell: Sell, store: Store) -> None:
    """Two rows more behind the pages whose rows point at others."""
    for n in (2, 3):
        another = ClientFactory.create(home_store=store)
        sell(another, LONG_AGO, 1_000, 2_000)
        made = ServiceRequest.objects.create(store=store, client=another, number=str(n), accepted_on=LONG_AGO, kind="cleaning")
        answered = datetime(2022, 3, 5, tzinfo=UTC)
        Review.objects.create(client=another, store=store, request=made, asked_on=LONG_AGO, score=9, answered_at=answered)
        _greet(another, "-")
        errands.ask_for(another, store=store, occasion_key=f"call:{n}", reason="-", due_on=store.today(), is_service=True)
        lacking = ClientFactory.create(home_store=store, email=None, state=CardState.INCOMPLETE)
        Pair.objects.create(first=client, second=lacking, score=0.5, kind="likely", found_at=timezone.now())
        Expense.objects.create(month=LONG_AGO, channel=f"SMS {n}", amount=Decimal(100), store=store)
    rhythm.recompute(store.today())


@pytest.mark.parametrize("address", ["/returning/", "/silent/", "/returning/detail/", "/money/", "/quality/", "/desk/"])
def test_the_tables_of_a_figure_are_noted_too(address: str, desk: Browser, full: Client, manager: Employee) -> None:
    answer = desk.get(with_export(address))

    assert answer["Content-Type"] == exports.TYPES[exports.XLSX]
    assert ExportRecord.objects.get().by == manager


@pytest.fixture
def asked(rf: RequestFactory, manager: Employee) -> HttpRequest:
    request = rf.get("/", {"q": "79140000000"})
    request.user = manager
    return request


@pytest.mark.parametrize("kind", [exports.XLSX, exports.CSV])
def test_nothing_in_a_table_is_a_formula_its_header_neither(asked: HttpRequest, kind: str) -> None:
    lazy = gettext_lazy("Store")

    answer = exports.export_table(asked, "t", ["=1", lazy], [["@a", "-b"], ["\tc", "+d"], ["\x07=e", -5]], kind=kind)

    if kind == exports.XLSX:
        cells = sheet_of(answer)
    else:
        cells = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [[str(cell) for cell in row] for row in cells] == [
        ["'=1", str(lazy)], ["'@a", "'-b"], ["'\tc", "'+d"], ["'=e", "-5"],
    ]  # fmt: skip


FORMULAS = json.loads((DATA / "attacks" / "formulas.json").read_text())
STARTS = tuple("=+-@＝＋－＠")


@pytest.mark.parametrize("kind", [exports.XLSX, exports.CSV])
def test_no_payload_is_a_formula_in_any_spreadsheet(asked: HttpRequest, kind: str) -> None:
    answer = exports.export_table(asked, "t", FORMULAS, [FORMULAS, FORMULAS[::-1]], kind=kind)

    if kind == exports.XLSX:
        cells = [str(cell) for row in sheet_of(answer) for cell in row]
    else:
        text = StringIO(b"".join(answer).decode("utf-8-sig"), newline="")
        cells = [cell for row in csv.reader(text, delimiter=";") for cell in row]
    assert [cell for cell in cells if re.sub(r"[^!-~А-я＋－＝＠]", "", cell).startswith(STARTS)] == []


def test_a_table_beyond_the_bound_is_refused_and_not_noted(asked: HttpRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.exports.MOST_ROWS", 2)

    with pytest.raises(TooManyRowsError):
        exports.export_table(asked, "t", ["n"], ([n] for n in range(3)))

    assert not ExportRecord.objects.exists()


def test_a_stream_that_is_cut_is_noted_with_what_was_taken(asked: HttpRequest) -> None:
    def lines() -> Iterator[list[object]]:
        yield ["header"]
        for n in range(1_000_000):
            yield [n]

    answer = exports.stream_csv(asked, "t", lines())
    stream = iter(answer)
    for _mark_header_and_two_rows in range(4):
        next(stream)
    # As Django's test client does: the end of an answer would close the connection of the test's transaction.
    request_finished.disconnect(close_old_connections)
    try:
        answer.close()
    finally:
        request_finished.connect(close_old_connections)

    record = ExportRecord.objects.get()
    assert (record.rows, record.query) == (2, "q=%E2%80%A6")


def test_a_day_at_noon_goes_out_in_the_chains_time(asked: HttpRequest) -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

    sheet = sheet_of(exports.export_table(asked, "t", ["at"], [[moment]]))

    assert sheet[1][0] - moment.replace(tzinfo=None) == timedelta(hours=10)

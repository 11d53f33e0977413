"""What goes out of Carat: each page's rows bounded, harmless in a spreadsheet and noted; tables and streams likewise."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client as Browser
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from analytics.models import Expense
from campaigns.models import Program
from clients.listing.spec import CLIENTS
from clients.models import CardState, Client, Pair
from clients.resources import ClientResource
from imports import exports
from imports.exports import TooManyRowsError
from imports.models import ListImport
from imports.resources import ListField, SafeResource
from imports.specs import ListSpec, recognise
from messaging import errands
from messaging.models import Message
from portal.models import Review
from purchases.listing.spec import PURCHASES
from purchases.resources import PieceResource
from stores.models import Employee, ExportRecord, Store
from tests.factories import ClientFactory
from visits import rhythm
from workshop.listing.spec import SERVICES
from workshop.models import ServiceRequest
from workshop.resources import ServiceResource

FORMULA = "=HYPERLINK(1)"
LONG_AGO = date(2022, 3, 4)
# Each page that gives its rows: address, the name that is noted, rows.
PAGES = [
    (f"/sales/?first={LONG_AGO}&last={LONG_AGO}", "receipts", 1),
    ("/service/", "services", 1),
    ("/messages/", "messages", 1),
    ("/errands/", "errands", 1),
    ("/clients/pairs/", "pairs", 1),
    ("/clients/to-complete/", "to-complete", 1),
    ("/quality/cards/?what=email", "quality-cards", 1),
    ("/programs/{program}/clients/planned/?period=own&first=2026-01-01&last=2026-12-31", "birthday-planned", 1),
    ("/ask/?w0=visits&g0=0&p0_least=1&p0_most=99", "segment", 1),
    ("/silent/all/", "silent-all", 1),
    ("/money/expenses/", "expenses", 1),
    ("/reviews/", "reviews", 1),
]


def sheet_of(response: HttpResponse) -> list[list[object]]:
    return [list(row) for row in load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)]


@pytest.fixture
def full(store: Store, sell, seller: Employee) -> Client:
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
def desk(manager: Employee, signed_in) -> Browser:
    return signed_in(manager)


def with_export(address: str) -> str:
    where = address.format(program=Program.objects.get().pk if "{program}" in address else "")
    return f"{where}{'&' if '?' in where else '?'}export=1"


@pytest.mark.parametrize(("address", "name", "rows"), PAGES)
def test_a_page_gives_its_rows_harmless_and_noted(address: str, name: str, rows: int, desk: Browser, full, manager) -> None:
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
    address: str, name: str, rows: int, desk: Browser, full, monkeypatch
) -> None:
    monkeypatch.setattr("imports.exports.MOST_ROWS", rows - 1)

    answer = desk.get(with_export(address))

    assert answer.status_code == 302
    assert answer["Location"] == with_export(address).removesuffix("export=1").rstrip("?&")
    assert len(list(get_messages(answer.wsgi_request))) == 1
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize(("address", "name", "rows"), PAGES)
def test_an_export_takes_as_many_queries_for_three_rows_as_for_one(
    address: str, name: str, rows: int, desk: Browser, full, sell, store, django_assert_max_num_queries
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


def _two_more(client: Client, sell, store: Store) -> None:
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
def test_the_tables_of_a_figure_are_noted_too(address: str, desk: Browser, full, manager: Employee) -> None:
    answer = desk.get(with_export(address))

    assert answer["Content-Type"] == exports.TYPES[exports.XLSX]
    assert ExportRecord.objects.get().by == manager


@pytest.fixture
def asked(rf: RequestFactory, manager: Employee):
    request = rf.get("/", {"q": "79140000000"})
    request.user = manager
    return request


@pytest.mark.parametrize("kind", [exports.XLSX, exports.CSV])
def test_nothing_in_a_table_is_a_formula_its_header_neither(asked, kind: str) -> None:
    lazy = gettext_lazy("Store")

    answer = exports.export_table(asked, "t", ["=1", lazy], [["@a", "-b"], ["\tc", "+d"], ["\x07=e", -5]], kind=kind)

    if kind == exports.XLSX:
        cells = sheet_of(answer)
    else:
        cells = [line.split(";") for line in b"".join(answer).decode("utf-8-sig").splitlines()]
    assert [[str(cell) for cell in row] for row in cells] == [
        ["'=1", str(lazy)], ["'@a", "'-b"], ["'\tc", "'+d"], ["'=e", "-5"],
    ]  # fmt: skip


def test_a_table_beyond_the_bound_is_refused_and_not_noted(asked, monkeypatch) -> None:
    monkeypatch.setattr("imports.exports.MOST_ROWS", 2)

    with pytest.raises(TooManyRowsError):
        exports.export_table(asked, "t", ["n"], ([n] for n in range(3)))

    assert not ExportRecord.objects.exists()


def test_a_stream_that_is_cut_is_noted_with_what_was_taken(asked) -> None:
    def lines() -> Iterator[list[object]]:
        yield ["header"]
        for n in range(1_000_000):
            yield [n]

    answer = exports.stream_csv(asked, "t", lines())
    stream = iter(answer)
    for _mark_header_and_two_rows in range(4):
        next(stream)
    answer.close()

    record = ExportRecord.objects.get()
    assert (record.rows, record.query) == (2, "q=%E2%80%A6")


def test_outcomes_too_many_for_a_workbook_go_out_as_csv(admin, signed_in, store, monkeypatch) -> None:
    kept = ListImport.objects.create(spec="clients", created_by=admin, layout={"headers": ["=1"]})
    for number in (1, 2):
        kept.rows.create(number=number, raw=["a"], outcome="rejected")
    monkeypatch.setattr("imports.exports.MOST_ROWS", 1)
    browser = signed_in(admin)

    book, text = browser.get(f"/lists/{kept.pk}/outcomes.xlsx"), browser.get(f"/lists/{kept.pk}/outcomes.csv")

    assert book["Location"] == f"/lists/{kept.pk}/"
    assert len(b"".join(text).splitlines()) == 3
    assert [record.rows for record in ExportRecord.objects.all()] == [2]


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("read_in", ["ru", "en"])
@pytest.mark.parametrize(
    ("spec", "resource"), [(CLIENTS, ClientResource), (PURCHASES, PieceResource), (SERVICES, ServiceResource)]
)
def test_a_list_knows_each_exported_column_for_what_it_is(
    spec: ListSpec, resource: type[SafeResource], language: str, read_in: str
) -> None:
    columns = resource().get_export_fields()
    with translation.override(language):
        headers = resource().get_export_headers()

    with translation.override(read_in):
        found = recognise(headers, spec)

    assert found == {field.listed_as: at for at, field in enumerate(columns) if isinstance(field, ListField)}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("spec", [CLIENTS, PURCHASES, SERVICES])
def test_a_list_knows_its_own_labels(spec: ListSpec, language: str) -> None:
    with translation.override(language):
        headers = [str(column.label) for column in spec.columns]

    assert recognise(headers, spec) == {column.name: at for at, column in enumerate(spec.columns)}


def test_a_day_at_noon_goes_out_in_the_chains_time(asked) -> None:
    moment = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)

    sheet = sheet_of(exports.export_table(asked, "t", ["at"], [[moment]]))

    assert sheet[1][0] - moment.replace(tzinfo=None) == timedelta(hours=10)

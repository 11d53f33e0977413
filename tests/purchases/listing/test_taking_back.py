"""Purchases' and services' lists taken back and corrected."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from clients.models import Client
from imports import intake, outcomes, services
from imports.cells import escape
from imports.models import ListImport
from imports.passes import engine
from purchases import services as purchases_services
from purchases.models import Piece, Purchase, WaitingLine
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory
from visits.models import ClientActivity, Visit
from workshop import services as workshop_services
from workshop.models import ServiceRequest

HEADER = "Чек;Телефон;Дата;Артикул;Сумма;Магазин;Возврат\n"
LINE = "{};8 914 701 22 33;05.12.2018;R1;{};Роскошь-Luxury;{}\n"


def applied(kind: str, text: str, name: str = "list.csv") -> ListImport:
    kept = intake.keep_file(kind, BytesIO(text.encode()), name, by=None)
    return engine.apply(intake.read(kept))


def undo(kept: ListImport) -> ListImport:
    services.undo(kept)
    return engine.take_back(kept)


@pytest.fixture
def orlova(store: Store) -> Client:
    return ClientFactory.create(phone="+79147012233", home_store=store)


def figures() -> list[tuple[int, int, date, int, Decimal, date]]:
    return list(Visit.objects.order_by("scope", "day").values_list("scope", "client", "day", "items", "total", "first_day"))


def test_pieces_and_their_receipts_go_and_figures_are_right_again(orlova: Client, sell: Sell) -> None:
    sell(orlova, date(2018, 12, 1), 5000)
    before = figures(), Piece.objects.count(), Purchase.objects.count()
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(1, 7000, "") + LINE.format("", 3000, ""))
    assert Piece.objects.count() == before[1] + 3

    undo(kept)

    assert (figures(), Piece.objects.count(), Purchase.objects.count()) == before
    assert set(kept.rows.values_list("undone", flat=True)) == {"back"}


def test_a_piece_that_was_returned_since_stays(orlova: Client, seller: Employee) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(2, 7000, ""))
    purchase = Purchase.objects.get(receipt_number="1")
    purchases_services.return_pieces(purchase, pieces=purchase.pieces.all(), by=seller)

    undo(kept)

    assert list(Purchase.objects.values_list("receipt_number", flat=True)) == ["1"]
    assert dict(kept.rows.values_list("number", "undone")) == {1: "stays: changed since", 2: "back"}


def test_a_return_that_a_list_marked_is_unmarked(orlova: Client) -> None:
    applied("purchases", HEADER + LINE.format(1, 10000, ""))
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "07.12.2018"))
    assert Piece.objects.get().returned_on == date(2018, 12, 7)

    undo(kept)

    assert Piece.objects.get().returned_on is None
    assert ClientActivity.objects.get().items == 1


def test_lines_that_wait_wait_no_more_and_those_attached_go(store: Store) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 10000, "") + LINE.format(2, 500, "").replace("22 33", "22 44"))
    assert WaitingLine.objects.count() == 2
    client = ClientFactory.create(phone="+79147012233", home_store=store)
    applied("clients", "ФИО;Дата рождения;Телефон;E-mail\nНовая Ян;;8 914 701 22 33;\n")
    from clients import parts

    parts.tell_appeared([client.pk])
    row = kept.rows.get(number=1)
    assert (row.subject, row.reason, Piece.objects.count()) == (client.pk, "attached", 1)

    undo(kept)

    assert (Piece.objects.count(), WaitingLine.objects.count(), Visit.objects.count()) == (0, 0, 0)


def test_services_go_and_what_moved_on_stays(orlova: Client, seller: Employee) -> None:
    header = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n"
    text = "".join(f"{n};8 914 701 22 33;05.12.2018;чистка;принято;Роскошь-Luxury\n" for n in (1, 2))
    kept = applied("services", header + text)
    request = ServiceRequest.objects.get(number="2")
    workshop_services.move(request, "in_work", by=seller)

    undo(kept)

    assert list(ServiceRequest.objects.values_list("number", flat=True)) == ["2"]


def test_a_corrected_price_replaces_the_former_line(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") + LINE.format(2, "дорого", ""))
    table = [";".join(escape(cell) for cell in row) for row in outcomes.table(kept, str)]
    text = "\n".join(table).replace(";100;", ";10000;").replace("дорого", "500") + "\n"

    second = applied("purchases", text)

    assert second.corrects == kept
    assert sorted(Piece.objects.values_list("price", flat=True)) == [Decimal(500), Decimal(10000)]
    assert Client.objects.get().activity.spent == 10500


def corrected(kept: ListImport, *changes: tuple[str, str]) -> str:
    """The outcomes of a list as a file, with some texts replaced."""
    text = "\n".join(";".join(escape(cell) for cell in row) for row in outcomes.table(kept, str)) + "\n"
    for before, after in changes:
        text = text.replace(before, after)
    return text


def prices() -> list[int]:
    return sorted(int(price) for price in Piece.objects.values_list("price", flat=True))


def test_corrections_of_some_of_identical_lines_lose_none(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") * 2)
    text = corrected(kept)
    header, _first, second, *_rest = text.splitlines(keepends=True)

    again = applied("purchases", header + second)

    assert (again.counts, prices()) == ({"unchanged": 1}, [100, 100])


def test_a_correction_promises_what_it_does_and_taken_back_brings_the_former_line_again(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, "") + LINE.format(2, 300, ""))
    text = corrected(kept, (";100;", ";200;"))
    planned = engine.preview(intake.read(intake.keep_file("purchases", BytesIO(text.encode()), "x.csv", by=None)))
    promised = planned.counts
    assert prices() == [100, 300]

    engine.apply(planned)
    assert (planned.counts, prices()) == (promised, [200, 300])

    undo(planned)
    assert prices() == [100, 300]
    undo(kept)
    assert prices() == []


def test_lines_that_waited_in_several_lists_are_all_attached(store: Store) -> None:
    applied("purchases", HEADER + LINE.format(1, 100, ""))
    applied("purchases", HEADER + LINE.format(1, 100, "") * 2)
    assert WaitingLine.objects.count() == 2

    applied("clients", "ФИО;Телефон\nОрлова Анна;8 914 701 22 33\n")

    assert (prices(), WaitingLine.objects.count()) == ([100, 100], 0)


def test_a_status_that_a_list_moved_goes_back(orlova: Client) -> None:
    header = "Квитанция;Телефон;Дата;Услуга;Статус;Магазин\n"
    line = "1;8 914 701 22 33;05.12.2018;чистка;{};Роскошь-Luxury\n"
    applied("services", header + line.format("принято"))
    kept = applied("services", header + line.format("выдано"))
    assert ServiceRequest.objects.get().status == "handed_out"

    undo(kept)

    assert (ServiceRequest.objects.get().status, kept.rows.get().undone) == ("received", "back")


def test_a_piece_whose_receipt_was_given_to_another_client_stays(orlova: Client) -> None:
    kept = applied("purchases", HEADER + LINE.format(1, 100, ""))
    purchase = Purchase.objects.get()
    purchase.client = ClientFactory.create()
    purchase.save()

    undo(kept)

    assert (prices(), kept.rows.get().undone) == ([100], "stays: changed since")

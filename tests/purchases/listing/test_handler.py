"""Lists of purchases and services: each line once, whoever comes first."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clients.models import Client, ClientKey
from clients.writing.person import code_key
from purchases.correcting import acts
from purchases.listing import reading
from purchases.models import Piece, Purchase, WaitingLine
from stores.models import Employee, Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from visits.models import Visit
from workshop.models import ServiceRequest

HEADER = "Чек;Дата;Код клиента;Артикул;Вид изделия;Сумма;Магазин;Возврат\n"


@pytest.fixture
def known(card: Client) -> Client:
    ClientKey.objects.create(source="list", key=code_key("К1"), client=card)
    return card


@pytest.fixture
def purchases(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: str, header: str = HEADER) -> Path:
        path = tmp_path / "purchases.csv"
        path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return path

    return write


def test_lines_of_one_receipt_and_their_repetition(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases(
        "7;05.05.2020;К1;R1;кольцо;10 000,50;Роскошь-Luxury;",
        "7;05.05.2020;К1;R1;кольцо;10 000,50;Роскошь-Luxury;",
        "7;05.05.2020;К1;E2;серьги;0;Роскошь-Luxury;09.05.2020",
        ";06.05.2020;К1;B3;браслет;5000;luxury;",
    )

    assert verdicts(bring("purchases", path)) == ["created"] * 4
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 4
    assert (Purchase.objects.count(), Piece.objects.count(), Piece.objects.kept().count()) == (2, 4, 3)


@pytest.mark.parametrize("chunk", [1, 2])
def test_repeated_lines_are_told_apart_across_chunks(
    known: Client, purchases: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", chunk)
    path = purchases(*["7;05.05.2020;К1;R1;кольцо;100;luxury;"] * 5)

    assert verdicts(bring("purchases", path)) == ["created"] * 5
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 5
    assert Piece.objects.count() == 5


def test_a_return_that_comes_later_is_marked(known: Client, purchases: Callable[..., Path]) -> None:
    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;"))

    rows = bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;01.06.2020"))

    assert verdicts(rows) == ["updated"]
    assert Piece.objects.get().returned_on == date(2020, 6, 1)
    assert not Visit.objects.exists()


def test_a_voided_receipts_line_makes_a_new_one(known: Client, purchases: Callable[..., Path], seller: Employee) -> None:
    path = purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;")
    bring("purchases", path)
    mistaken = Purchase.objects.get()
    acts.void(mistaken, reason="by mistake", version=0, by=seller)

    assert verdicts(bring("purchases", path)) == ["created"]
    assert Purchase.objects.get() != mistaken
    assert Visit.objects.get(scope=0).items == 1


def test_a_list_that_touches_a_receipt_makes_it_another_version(known: Client, purchases: Callable[..., Path]) -> None:
    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;"))
    before = Purchase.objects.get().version

    bring("purchases", purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;01.06.2020"))

    assert Purchase.objects.get().version == before + 1


@pytest.mark.parametrize(
    ("row", "outcome", "reason"),
    [
        ("7;30.02.2020;К1;R1;кольцо;100;luxury;", "rejected", "date"),
        ("7;05.05.2099;К1;R1;кольцо;100;luxury;", "rejected", "date"),
        ("7;05.05.2020;К1;R1;кольцо;-100;luxury;", "rejected", "price"),
        ("7;05.05.2020;К1;R1;кольцо;дорого;luxury;", "rejected", "price"),
        ("7;05.05.2020;К1;R1;кольцо;100;Чужой;", "conflict", "store"),
        ("7;05.05.2020;К9;R1;кольцо;100;luxury;", "incomplete", "client unknown"),
        ("7;05.05.2020;;R1;кольцо;100;luxury;", "created", ""),
    ],
)
def test_each_row_has_its_own_outcome(known: Client, purchases: Callable[..., Path], row: str, outcome: str, reason: str) -> None:
    (found,) = bring("purchases", purchases(row))

    assert (found.outcome, found.reason) == (outcome, reason)


def test_a_receipt_of_two_clients_is_a_conflict(known: Client, purchases: Callable[..., Path]) -> None:
    ClientKey.objects.create(source="list", key=code_key("К2"), client=ClientFactory.create())
    path = purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;", "7;05.05.2020;К2;R2;кольцо;100;luxury;")

    assert verdicts(bring("purchases", path)) == ["created", "conflict"]
    assert verdicts(bring("purchases", path)) == ["unchanged", "conflict"]


def test_an_empty_base_takes_the_stores_of_the_list(db: None, purchases: Callable[..., Path]) -> None:
    rows = bring("purchases", purchases("7;05.05.2020;;R1;кольцо;100;Первый;", "8;05.05.2020;;R1;кольцо;100;Второй;"))

    assert verdicts(rows) == ["created", "created"]
    assert set(Store.objects.values_list("name", flat=True)) == {"Первый", "Второй"}


def test_lines_wait_for_their_client(store: Store, purchases: Callable[..., Path], tmp_path: Path) -> None:
    path = purchases("7;05.05.2020;К1;R1;кольцо;100;luxury;", "8;06.05.2020;К1;R1;кольцо;100;luxury;")
    assert verdicts(bring("purchases", path)) == ["incomplete"] * 2
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 2
    clients = tmp_path / "clients.csv"
    clients.write_text("Код;ФИО;Дата рождения;Телефон;E-mail\nК1;Иванова Елена;01.02.1980;89147012233;e@example.ru\n")

    bring("clients", clients)

    assert Client.objects.get().purchases.count() == 2
    assert Visit.objects.filter(scope=0).count() == 2
    assert not WaitingLine.objects.exists()
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 2


def test_clients_are_found_by_phone_and_by_name_and_birth_date(store: Store, purchases: Callable[..., Path]) -> None:
    card = ClientFactory.create(phone="+79147012233", birth_date=date(1980, 2, 1))
    header = "Дата;ФИО;Дата рождения;Телефон;Артикул;Сумма\n"
    path = purchases("05.05.2020;;;8 914 701-22-33;R1;100", "06.05.2020;Иванова Елена;01.02.1980;;R1;100", header=header)

    assert verdicts(bring("purchases", path)) == ["created"] * 2
    assert card.purchases.count() == 2


def test_services_come_in_once(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases(
        "У-1;02.10.2018;К1;увеличение размера кольца;17;17,5;luxury",
        "У-2;02.10.2018;К7;чистка;;;luxury",
        header="Номер;Дата;Код клиента;Услуга;Размер был;Размер стал;Магазин\n",
    )

    assert verdicts(bring("services", path)) == ["created", "incomplete"]
    assert verdicts(bring("services", path)) == ["unchanged", "unchanged"]
    request = ServiceRequest.objects.get()
    assert (request.kind, str(request.size_to), request.status) == ("resizing", "17.50", "handed_out")


def test_a_row_that_names_somebody_is_never_anybody_elses(store: Store, purchases: Callable[..., Path]) -> None:
    ClientFactory.create(phone=None, state="incomplete", birth_date=date(1980, 2, 1))
    header = "Дата;ФИО;Дата рождения;Телефон;Артикул;Сумма\n"
    path = purchases(
        "05.05.2020;Сидорова Ольга;05.05.1975;;R1;100", "05.05.2020;Иванова Елена;01.02.1980;;R1;100",
        "06.05.2020;Петрова Анна;;;R1;100", "06.05.2020;Розничный покупатель;;;R1;100", header=header,
    )  # fmt: skip

    assert verdicts(bring("purchases", path)) == ["incomplete", "created", "incomplete", "created"]
    assert sorted(Purchase.objects.values_list("no_card_reason", flat=True)) == ["", "list"]


def test_a_phone_with_another_name_is_a_conflict(store: Store, purchases: Callable[..., Path]) -> None:
    ClientFactory.create(last_name="Петров", first_name="Олег", phone="+79147012233")
    path = purchases("05.05.2020;Иванова Елена;8 914 701 22 33;R1;100", header="Дата;ФИО;Телефон;Артикул;Сумма\n")

    assert verdicts(bring("purchases", path)) == ["conflict"]


def test_lines_that_name_nobody_follow_their_receipt(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases(
        "7;05.05.2020;;R1;кольцо;100;luxury;", "7;05.05.2020;К1;E2;серьги;200;luxury;", "7;05.05.2020;;B3;;300;luxury;"
    )

    assert verdicts(bring("purchases", path)) == ["created"] * 3
    assert known.purchases.get().pieces.count() == 3


def test_one_store_by_name_and_by_code_is_one(known: Client, purchases: Callable[..., Path]) -> None:
    path = purchases("7;05.05.2020;К1;R1;;100;luxury;", "7;05.05.2020;К1;R1;;100;Роскошь-Luxury;")

    assert verdicts(bring("purchases", path)) == ["created"] * 2
    assert verdicts(bring("purchases", path)) == ["unchanged"] * 2


@pytest.mark.parametrize("cells", ["10.06.20;б/н;-;нет", "10.06.2020;—;10%;н/д"])
def test_placeholders_lose_no_sale(known: Client, purchases: Callable[..., Path], cells: str) -> None:
    day, receipt, discount, returned = cells.split(";")
    path = purchases(
        f"{receipt};{day};К1;R1;кольцо;1 200,50 руб.;luxury;{returned};{discount}", header=HEADER.strip() + ";Скидка\n"
    )

    assert verdicts(bring("purchases", path)) == ["created"]
    assert Purchase.objects.get().sold_on == date(2020, 6, 10)
    assert Purchase.objects.get().receipt_number is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("115.900,00", "115900"),
        ("115.900", "115900"),
        ("115 900=", "115900"),
        ("1'234,5", "1234.50"),
        ("1,234,567.00", "1234567"),
        ("12.50", "12.50"),
    ],
)
def test_sums_in_any_writing(text: str, expected: str) -> None:
    assert reading.money(text) == Decimal(expected)


def test_a_second_work_on_a_ticket_is_kept(known: Client, purchases: Callable[..., Path]) -> None:
    header = "Номер;Дата;Код клиента;Услуга;Статус;Магазин\n"
    path = purchases("1;02.10.2018;К1;ремонт;;luxury", "1;02.10.2018;К1;чистка;;luxury", header=header)

    assert verdicts(bring("services", path)) == ["created", "updated"]
    assert verdicts(bring("services", path)) == ["unchanged", "unchanged"]
    cancelled = purchases("1;02.10.2018;К1;ремонт;отменён;luxury", header=header)
    assert verdicts(bring("services", cancelled)) == ["updated"]
    assert (ServiceRequest.objects.get().work, Visit.objects.count()) == ("ремонт; чистка", 0)

"""Lines that wait for their client, and are attached when the card appears."""

from collections.abc import Callable
from pathlib import Path

from pytest_django import DjangoAssertNumQueries

from clients.models import Client
from purchases.listing import waiting
from purchases.models import WaitingLine
from stores.models import Store
from tests.factories import ClientFactory
from tests.lists import bring, verdicts
from tests.purchases.listing.applied import HEADER, LINE, applied, prices
from visits.models import Visit


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


def test_lines_that_waited_in_several_lists_are_all_attached(store: Store) -> None:
    applied("purchases", HEADER + LINE.format(1, 100, ""))
    applied("purchases", HEADER + LINE.format(1, 100, "") * 2)
    assert WaitingLine.objects.count() == 2

    applied("clients", "ФИО;Телефон\nОрлова Анна;8 914 701 22 33\n")

    assert (prices(), WaitingLine.objects.count()) == ([100, 100], 0)


def test_lines_of_an_erased_person_wait_no_more_and_others_do(store: Store) -> None:
    applied("purchases", HEADER + LINE.format(1, 100, "") + LINE.format(2, 100, "").replace("22 33", "22 44"))

    waiting.forget(0, ["+79147012233"])

    assert WaitingLine.objects.get().phone == "+79147012244"


def test_nothing_that_waits_costs_one_query(card: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        waiting.attach([card.pk])


def test_a_line_that_still_cannot_be_settled_goes_on_waiting(store: Store) -> None:
    """Its phone is a card's by now, but the card is somebody else's."""
    header = "Чек;Телефон;ФИО;Дата;Артикул;Сумма;Магазин\n"
    applied("purchases", header + "1;8 914 701 22 33;Орлова Анна;05.12.2018;R1;100;Роскошь-Luxury\n")
    stranger = ClientFactory.create(phone="+79147012233", last_name="Сидоров", first_name="Олег")

    waiting.attach([stranger.pk])

    assert (WaitingLine.objects.count(), prices()) == (1, [])

"""Lines that wait for their client, and are attached when the card appears."""

from collections.abc import Callable
from pathlib import Path

from clients.models import Client
from purchases.models import WaitingLine
from stores.models import Store
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

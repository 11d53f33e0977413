"""What a reader sees on a board: their own stores' sums, in a constant number of queries, the same as on the figures' own pages."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from analytics import snapshots
from analytics.boards import composed, services, sources
from analytics.boards.catalogue import ITEMS
from analytics.boards.composed import Composed, Reader
from analytics.boards.said import Number, Table
from analytics.figures import periods, today
from analytics.models import Board, Snapshot
from clients.models import Client
from stores.models import Employee, Store
from tests.analytics.conftest import Histories
from tests.conftest import Sell


@pytest.fixture
def day() -> date:
    return timezone.localdate()


@pytest.fixture
def whole(boss: Employee, monkeypatch: pytest.MonkeyPatch) -> Board:
    """Every figure that there is, on one board."""
    monkeypatch.setattr(services, "MOST_TILES", 99)
    return services.create(boss, "Всё", what=[(key, None) for key in ITEMS])


def filled(board: Board, reader: Reader) -> Composed:
    sources.compute(composed.compose(board, reader).missing)
    return composed.compose(board, reader)


def shown(told: Composed) -> dict[str, str]:
    return {tile.item.key: tile.said.value for tile in told.tiles if isinstance(tile.said, Number)}


def test_every_figure_is_said_on_the_first_day_and_in_the_third_year(
    whole: Board, store: Store, other_store: Store, day: date, histories: Histories
) -> None:
    reader = Reader([store, other_store], None, day)
    empty = filled(whole, reader)
    histories(40)
    Snapshot.objects.all().delete()
    full = filled(whole, reader)

    for told in (empty, full):
        assert [tile.item.key for tile in told.tiles if tile.said is None] == []
        assert told.missing == []
    assert shown(full) != shown(empty)


def test_twenty_figures_ask_no_more_than_one_of_each(
    whole: Board, boss: Employee, store: Store, other_store: Store, day: date, histories: Histories
) -> None:
    histories(20)
    reader = Reader([store, other_store], None, day)
    filled(whole, reader)
    little = services.create(boss, "Мало", what=[("revenue", None), ("today", None)])

    def queries_of(board: Board) -> int:
        with CaptureQueriesContext(connection) as queries:
            composed.compose(board, reader)
        return len(queries)

    assert queries_of(whole) == queries_of(little) == 4


def test_the_till_is_that_of_today(boss: Employee, store: Store, other_store: Store, card: Client, sell: Sell, day: date) -> None:
    for back, price in ((0, 5_000), (3, 7_000), (7, 4_000), (364, 2_000)):
        sell(card, day - timedelta(days=back), price)
    board = services.create(boss, "Касса", what=[("today", None), ("week", None), ("month", None)])

    told = composed.compose(board, Reader([store, other_store], None, day))

    page = {one.key: one for one in today.compared(day, None)}
    numbers = {tile.item.key: tile.said for tile in told.tiles}
    for key, one in page.items():
        number = numbers[key]
        assert isinstance(number, Number)
        assert number.value.replace("\xa0", "") == f"{one.now.revenue:.0f}₽"
        by = one.by_year if key == "month" else one.by_week
        assert (number.change is None) == (by is None)


def test_the_report_is_that_of_its_page(
    boss: Employee, store: Store, other_store: Store, card: Client, sell: Sell, day: date
) -> None:
    month = periods.presets(day)["last-month"][1]
    sell(card, month.first, 9_000)
    board = services.create(boss, "Отчёт", period="last-month", what=[("revenue", None), ("revenue", store), ("groups", None)])

    told = filled(board, Reader([store, other_store], None, day))

    assert snapshots.report(month).report.total.revenue == 9_000
    [first, second, table] = [tile.said for tile in told.tiles]
    assert isinstance(first, Number)
    assert isinstance(second, Number)
    assert isinstance(table, Table)
    assert [first.value, second.value, table.rows[-1][3]] == ["9\xa0000\xa0₽"] * 3


def test_sums_of_a_store_that_is_not_the_readers_stay_hidden(
    boss: Employee, store: Store, other_store: Store, card: Client, sell: Sell, day: date
) -> None:
    sell(card, day, 9_000)
    board = services.create(boss, "Оба", what=[("today", None), ("today", store), ("today", other_store), ("revenue", store)])

    told = filled(board, Reader([other_store], other_store, day))

    assert [(tile.is_foreign, tile.said and tile.said.kind) for tile in told.tiles] == [
        (False, "number"), (True, None), (False, "number"), (True, None),
    ]  # fmt: skip
    assert "9\xa0000" not in str(told)
    assert set(Snapshot.objects.values_list("scope", flat=True)) <= {other_store.pk}


def test_what_is_not_kept_is_left_to_a_worker_and_computed_once(
    boss: Employee, store: Store, other_store: Store, day: date
) -> None:
    board = services.create(boss, "Ждёт", what=[("revenue", None), ("silent", None), ("fell-silent", None)])
    reader = Reader([store, other_store], None, day)

    missing = composed.compose(board, reader).missing

    assert sorted(one.figure for one in missing) == ["months", "returning", "returning", "silent"]
    assert (sources.compute(missing), sources.compute(missing)) == (4, 0)
    assert composed.compose(board, reader).missing == []


@pytest.mark.parametrize(("many", "rows"), [(1, [1]), (3, [3]), (4, [4]), (5, [3, 2]), (7, [4, 3]), (9, [3, 3, 3])])
def test_no_figure_is_alone_in_its_row(many: int, rows: list[int], boss: Employee, store: Store, day: date) -> None:
    keys = [key for key, item in ITEMS.items() if item.kind == "number"][:many]
    board = services.create(boss, "Ряд", what=[(key, None) for key in keys])

    [run] = composed.compose(board, Reader([store], None, day)).runs

    assert [len(part) for part in _rows(run.tiles, run.per)] == rows


def _rows(tiles: list[composed.Tile], per: int) -> Iterator[list[composed.Tile]]:
    for first in range(0, len(tiles), per):
        yield tiles[first : first + per]


def test_a_letter_says_the_numbers(boss: Employee, store: Store, other_store: Store, card: Client, sell: Sell, day: date) -> None:
    sell(card, day, 5_000)
    board = services.create(boss, "Письмо", what=[("today", None), ("today", store), ("months", None)])
    told = filled(board, composed.reader_of(boss, day))

    with translation.override("ru"):
        assert composed.in_words(told) == ["Выручка сегодня: 5\xa0000\xa0₽", f"Выручка сегодня ({store}): 5\xa0000\xa0₽"]

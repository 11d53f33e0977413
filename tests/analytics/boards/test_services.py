"""Composing: order, no figure twice, as many as a page can bear, names, copies without others' stores."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.boards import services
from analytics.boards.catalogue import ITEMS, READY
from analytics.models import Board
from stores.models import Employee, Role, Store
from tests import factories


def order(board: Board) -> list[str]:
    return [tile.what for tile in board.tiles.all()]


@pytest.fixture
def board(boss: Employee) -> Board:
    return services.create(boss, "Мой", what=[(key, None) for key in ("today", "silent", "months")])


def test_a_figure_stands_once_and_at_the_end(board: Board, store: Store) -> None:
    said = [services.add(board, "revenue"), services.add(board, "today"), services.add(board, "today", store)]

    assert said == [True, False, True]
    assert order(board) == ["today", "silent", "months", "revenue", "today"]


def test_what_is_not_in_the_catalogue_is_no_figure(board: Board) -> None:
    with pytest.raises(KeyError):
        services.add(board, "weather")

    assert order(board) == ["today", "silent", "months"]


def test_a_page_bears_so_many_figures(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_TILES", 3)

    with pytest.raises(services.FullError):
        services.add(board, "revenue")

    assert order(board) == ["today", "silent", "months"]


class Moving(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(moves=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=12))
    def test_the_order_is_that_of_a_list(self, moves: list[tuple[int, bool]]) -> None:
        owner = factories.employee(Role.MANAGER)
        board = services.create(owner, "Мой", what=[(key, None) for key in list(ITEMS)[:5]])
        twin = list(board.tiles.all())

        for place, up in moves:
            # The sixth is a figure that somebody took off meanwhile.
            services.move(board, twin[place].pk if place < 5 else 0, up=up)
            there = place - 1 if up else place + 1
            if place < 5 and 0 <= there < 5:
                twin[place], twin[there] = twin[there], twin[place]

        assert [tile.pk for tile in board.tiles.all()] == [tile.pk for tile in twin]


def test_a_figure_is_taken_off_and_only_from_its_own_board(board: Board, boss: Employee) -> None:
    other = services.create(boss, "Второй", what=[("today", None)])
    [foreign] = other.tiles.all()

    services.remove(board, foreign.pk)
    services.remove(board, board.tiles.all()[1].pk)

    assert (order(board), order(other)) == (["today", "months"], ["today"])


def test_names_do_not_collide_and_none_is_a_name_too(board: Board, boss: Employee) -> None:
    names = [services.create(boss, name).name for name in ("Мой", " Мой ", "")]

    assert names == ["Мой 2", "Мой 3", "Моя доска"]


def test_so_many_boards_a_person(boss: Employee, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_BOARDS", 1)
    services.create(boss, "Мой")

    with pytest.raises(services.FullError):
        services.create(boss, "Второй")


@pytest.mark.parametrize("ready", READY.values(), ids=lambda ready: ready.key)
def test_boards_to_begin_with_are_of_figures_that_there_are(ready: Any, boss: Employee) -> None:
    board = services.from_ready(boss, ready)

    assert (order(board), board.period) == (list(ready.what), ready.period)
    assert set(ready.what) <= set(ITEMS)


def test_a_copy_leaves_behind_what_its_reader_may_not_see(board: Board, store: Store, other_store: Store) -> None:
    services.add(board, "revenue", store)
    services.add(board, "revenue", other_store)
    reader = factories.employee(Role.MANAGER, store)

    mine = services.copy(board, reader)

    assert [(tile.what, tile.store) for tile in mine.tiles.all()][-1] == ("revenue", store)
    assert (mine.owner, mine.tiles.count(), board.tiles.count()) == (reader, 4, 5)

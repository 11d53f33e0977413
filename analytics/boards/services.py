"""Composing a board: each act under the lock of its row, so that two windows leave an order that somebody chose. Public."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from analytics.boards.catalogue import ITEMS, Ready
from analytics.models import Board, BoardTile
from stores.models import Employee, Store

MOST_TILES, MOST_BOARDS = 24, 20
NAME = 60


class FullError(Exception):
    """The board has as many figures as a page can bear, or its owner as many boards."""


@contextmanager
def _changing(board: Board) -> Iterator[None]:
    """Alone with the board, which is then the one that its owner changed last."""
    with transaction.atomic():
        mine = Board.objects.select_for_update().get(pk=board.pk)
        yield
        mine.save(update_fields=["at"])


@transaction.atomic
def create(owner: Employee, name: str, *, period: str = "month", what: Sequence[tuple[str, Store | None]] = ()) -> Board:
    """A board of one's own with these figures in their order. Raises FullError."""
    Employee.objects.select_for_update().get(pk=owner.pk)
    if Board.objects.filter(owner=owner).count() >= MOST_BOARDS:
        raise FullError
    board = Board.objects.create(owner=owner, name=_free_name(owner, name), period=period)
    BoardTile.objects.bulk_create(
        BoardTile(board=board, place=place, what=key, store=store) for place, (key, store) in enumerate(what)
    )
    return board


def from_ready(owner: Employee, ready: Ready) -> Board:
    return create(owner, str(ready.name), period=ready.period, what=[(key, None) for key in ready.what])


def copy(board: Board, owner: Employee) -> Board:
    """A board as its reader's own; figures of stores that are not theirs stay behind."""
    theirs = {store.pk for store in owner.visible_stores}
    tiles = [tile for tile in board.tiles.select_related("store") if tile.store_id is None or tile.store_id in theirs]
    return create(owner, board.name, period=board.period, what=[(tile.what, tile.store) for tile in tiles])


def _free_name(owner: Employee, name: str) -> str:
    """The name, with a number after it where there is one of this name."""
    wanted = " ".join(name.split())[:NAME] or _("My board")
    taken = set(Board.objects.filter(owner=owner).values_list("name", flat=True))
    numbered = (f"{wanted[: NAME - 4]} {n}" for n in range(2, MOST_BOARDS + 2))
    return next(one for one in (wanted, *numbered) if one not in taken)


def add(board: Board, what: str, store: Store | None = None) -> bool:
    """Put a figure at the end; False where it stands there already. Raises KeyError for an unknown one, FullError."""
    item = ITEMS[what]
    with _changing(board):
        tiles = list(board.tiles.all())
        if any(tile.what == item.key and tile.store_id == (store and store.pk) for tile in tiles):
            return False
        if len(tiles) >= MOST_TILES:
            raise FullError
        BoardTile.objects.create(board=board, place=tiles[-1].place + 1 if tiles else 0, what=item.key, store=store)
    return True


def move(board: Board, tile: int, *, up: bool) -> None:
    """One place up or down; the first stays first and the last last, and one that is gone moves nothing."""
    with _changing(board):
        tiles = list(board.tiles.all())
        here = next((n for n, one in enumerate(tiles) if one.pk == tile), len(tiles))
        there = here - 1 if up else here + 1
        if here < len(tiles) and 0 <= there < len(tiles):
            tiles[here], tiles[there] = tiles[there], tiles[here]
        for place, one in enumerate(tiles):
            one.place = place
        BoardTile.objects.bulk_update(tiles, ["place"])


def remove(board: Board, tile: int) -> None:
    with _changing(board):
        board.tiles.filter(pk=tile).delete()

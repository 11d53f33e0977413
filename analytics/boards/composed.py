"""A board as its reader sees it: its figures over their own stores alone, from what is kept. Public."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from analytics.boards import sources
from analytics.boards.catalogue import ITEMS, NUMBER, Item
from analytics.boards.said import Picture, Said
from analytics.boards.sources import TILL, Told, Wanted
from analytics.figures import periods
from analytics.figures.periods import Period
from analytics.models import Board, BoardTile
from stores.models import Employee, Store
from visits.models import CHAIN

MOST_IN_A_ROW = 4


class Reader(NamedTuple):
    """Who looks: the stores that are theirs, and the one that the page is about; None for the chain, which they see."""

    stores: Sequence[Store]
    store: Store | None
    today: date


def reader_of(employee: Employee, today: date) -> Reader:
    """Somebody who is written to, over all that they see: the chain, else the first of their stores."""
    stores = list(employee.visible_stores)
    return Reader(stores, None if employee.sees_chain() else stores[0], today)


class Tile(NamedTuple):
    """``said`` None: of a store that is not the reader's (``is_foreign``), or its snapshot is not there yet."""

    key: int
    item: Item
    store: Store | None
    said: Said | None
    address: str
    is_foreign: bool = False

    @property
    def name(self) -> str:
        """By which a script finds what to draw."""
        return f"tile-{self.key}"

    @property
    def is_number(self) -> bool:
        return self.item.kind == NUMBER


class Run(NamedTuple):
    """Neighbours of one kind, so many in a row that none is left alone."""

    kind: str
    tiles: list[Tile]
    per: int


class Composed(NamedTuple):
    """``missing``: what a worker is to compute; ``computed_at``: the oldest of what is shown."""

    runs: list[Run]
    missing: list[Wanted]
    computed_at: datetime | None
    period: Period

    @property
    def tiles(self) -> list[Tile]:
        return [tile for run in self.runs for tile in run.tiles]

    @property
    def charts(self) -> dict[str, Any]:
        """For the script that draws; nothing of pictures without numbers."""
        return {tile.name: tile.said.chart for tile in self.tiles if isinstance(tile.said, Picture) and not tile.said.is_empty}


def compose(board: Board, reader: Reader) -> Composed:
    """Five queries at most, however many figures there are. One that is no longer made is left out."""
    period = periods.presets(reader.today)[board.period][1]
    rows = [row for row in board.tiles.all() if row.what in ITEMS]
    theirs = {store.pk: store for store in reader.stores}
    scopes = {row.pk: _scope(row, reader, theirs) for row in rows}
    asked, till_scopes = _asked(rows, scopes, period, reader.today)
    found = sources.find(asked, till_scopes, reader.today)
    tiles, missing = [], []
    for row in rows:
        scope = scopes[row.pk]
        told = Told(found, scope, period, reader.today) if scope is not None else None
        lacking = told.missing(ITEMS[row.what].needs) if told else []
        missing += lacking
        tiles.append(_tile(row, None if lacking else told, reader, theirs))
    oldest = found.oldest
    return Composed(_runs(tiles), list(dict.fromkeys(missing)), oldest.computed_at if oldest else None, period)


def _scope(row: BoardTile, reader: Reader, theirs: dict[int, Store]) -> int | None:
    """Whose sums; None for those of a store that is not the reader's."""
    if row.store_id is None:
        return reader.store.pk if reader.store else CHAIN
    return row.store_id if row.store_id in theirs else None


def _asked(
    rows: Sequence[BoardTile], scopes: dict[int, int | None], period: Period, today: date
) -> tuple[list[Wanted], set[int]]:
    asked: list[Wanted] = []
    tills = set()
    for row in rows:
        scope = scopes[row.pk]
        if scope is None:
            continue
        needs = ITEMS[row.what].needs
        tills |= {scope} if TILL in needs else set()
        asked += [sources.wanted(need, scope, period, today) for need in needs if need != TILL]
    return asked, tills


def _tile(row: BoardTile, told: Told | None, reader: Reader, theirs: dict[int, Store]) -> Tile:
    item, is_foreign = ITEMS[row.what], row.store_id is not None and row.store_id not in theirs
    store = theirs.get(row.store_id) if row.store_id else None
    said = item.say(told) if told and not is_foreign else None
    return Tile(row.pk, item, store, said, "" if is_foreign else _address(item, store or reader.store, told), is_foreign)


def _address(item: Item, store: Store | None, told: Told | None) -> str:
    """The figure's own page over the same days and store."""
    asked: dict[str, object] = {"store": store.pk} if store else {}
    if item.has_days and told:
        asked |= {"first": told.period.first.isoformat(), "last": told.period.last.isoformat()}
    return f"{reverse(item.page)}?{urlencode(asked)}"


def _runs(tiles: list[Tile]) -> list[Run]:
    runs = []
    for kind, group in groupby(tiles, key=lambda tile: tile.item.kind):
        together = list(group)
        rows = -(-len(together) // MOST_IN_A_ROW)
        runs.append(Run(kind, together, -(-len(together) // rows)))
    return runs


def in_words(composed: Composed) -> list[str]:
    """The numbers of a board as lines of a letter."""
    lines = []
    for tile in composed.tiles:
        if tile.is_number and tile.said:
            number: Any = tile.said
            change = f", {number.change.words} {number.change.than}" if number.change else ""
            where = f" ({tile.store})" if tile.store else ""
            lines.append(f"{tile.item.title}{where}: {number.value}{change}")
    return lines or [_("The figures are in the file.")]

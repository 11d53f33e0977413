"""A list of what lies where: its columns, and what each row becomes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue import reading, services
from catalogue.listing.columns import ARTICLE, REASONS, SIZE
from catalogue.models import Stock
from catalogue.reading import BadArticleError
from catalogue.services import StockChange, StockFacts
from imports import storebook
from imports.cells import is_no_total
from imports.models import Decision, Outcome, StagedRow
from imports.specs import BACK, Column, ListContext, ListSpec, SourceRow, Verdict
from imports.storebook import StoreBook, store_key
from imports.vocabulary import unknown

MOST = 1_000_000  # pieces of one article and size in one store


class Line(NamedTuple):
    """A row that can be read: what it says, and the place that it speaks of."""

    fact: StockFacts
    key: str


class StockHandler:
    """Rows against the stock of the base: a count is all that lies there. Two rows of one list about one place with
    different counts are for a person to decide."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.stores = StoreBook(context)

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        """As ``Handler.decide``. Three queries, and a write."""
        read = [self._read(row.values) for row in rows]
        lines = [line for line in read if isinstance(line, Line)]
        said: dict[str, int] = {}
        for line in lines:
            said.setdefault(line.key, line.fact.pieces)
        # A preview may speak of stores that are still to be opened: nothing lies there yet.
        sure = [line for line in lines if said[line.key] == line.fact.pieces]
        there = [line for line in sure if line.fact.store.pk]
        merged = services.merge_stock([line.fact for line in there], write=self.context.write)
        changes = {id(line): change for line, change in zip(there, merged, strict=True)}
        return [line if isinstance(line, Verdict) else _verdict(line, said[line.key], changes.get(id(line))) for line in read]

    def _read(self, values: Mapping[str, str]) -> Line | Verdict:
        article, store = values.get("article", "").strip(), self.stores.find(values.get("store", ""))
        count = _whole(values.get("count", ""))
        try:
            key = reading.article_key(article)
        except BadArticleError:
            return Verdict(Outcome.REJECTED, "article")
        if count is None:
            return Verdict(Outcome.REJECTED, "count")
        if store is None:
            return Verdict(Outcome.CONFLICT, unknown(storebook.REASON, values.get("store", "")))
        size = values.get("size", "")
        told = "|".join((key, reading.size_of(size, ""), str(store_key(store))))
        return Line(StockFacts(article, store, count, size), told)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """As ``Handler.undo``: a count that somebody has told since stays."""
        there = Stock.objects.select_for_update().in_bulk({row.target for row in rows if row.target})
        words, changed = [], dict[int, Stock]()
        for row in rows:
            stock = there.get(row.target or 0)
            if row.outcome not in (Outcome.CREATED, Outcome.UPDATED) or stock is None:
                words.append("")
            elif stock.count != row.changes["count"][1]:
                words.append("stays: changed since")
            else:
                stock.count, stock.changed_at = row.changes["count"][0] or 0, timezone.now()
                changed[stock.pk] = stock
                words.append(BACK)
        Stock.objects.bulk_update(changed.values(), ["count", "changed_at"])
        return words


def _verdict(line: Line, said: int, change: StockChange | None) -> Verdict:
    """What a row becomes; without a change its store is still to be opened, or the list says two things."""
    count = line.fact.pieces
    if said != count:
        return Verdict(Outcome.CONFLICT, "twice", key=line.key)
    if change and change.stock is None:
        return Verdict(Outcome.CONFLICT, "unknown article", key=line.key)
    stock, was = (change.stock, change.was) if change else (None, None)
    target = stock.pk if stock else None
    if was == count:
        return Verdict(Outcome.UNCHANGED, key=line.key, target=target)
    outcome = Outcome.CREATED if was is None else Outcome.UPDATED
    return Verdict(outcome, "" if was is None else "count", key=line.key, target=target, changes={"count": [was, count]})


def _whole(text: str) -> int | None:
    """A number of pieces; a spreadsheet may have given it a part of nought."""
    digits = "".join(text.split()).removesuffix("шт.").removesuffix("шт")
    whole, _point, part = digits.replace(",", ".").partition(".")
    if not (whole.isascii() and whole.isdigit() and len(whole) < 8) or part.strip("0") or int(whole) > MOST:
        return None
    return int(whole)


STOCK = ListSpec(
    kind="stock",
    label=_("Stock"),
    columns=(
        ARTICLE,
        SIZE,
        Column("count", _("Pieces"), ("остаток", "количество", "кол во", "кол", "в наличии", "остаток на складе", "свободный остаток", "stock", "count", "quantity", "qty"), r"остат|налич|^кол\b|количеств|quantity|stock"),
        Column("store", _("Store"), ("магазин", "салон", "склад", "store", "shop", "филиал", "точка", "подразделение", "warehouse"), r"магаз|салон|склад|store|warehouse"),
    ),
    needs=(("article",), ("count",)),
    handler=StockHandler,
    is_row=is_no_total,
    reasons=REASONS,
    vocabularies=(storebook.STORES,),
    decisions=dict.fromkeys(("store", "twice", "unknown article"), (Decision.SKIP,)),
    writes=(Stock,),
)  # fmt: skip

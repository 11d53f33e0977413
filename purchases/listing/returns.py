"""Rows that say "back": which piece that was sold came back, and when."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clients.writing.identities import identity
from imports import intake
from imports.models import ListImport, Outcome, StagedRow
from imports.specs import ListContext, SourceRow, Verdict
from imports.storebook import store_key
from purchases.listing.lines import ALL, Line
from purchases.models import Piece

# The reason of a row that waits for its sale; decided once more when the whole list has been seen.
NO_SALE = "no sale"


@dataclass
class Sold:
    """A piece that was sold: in the base, or by an earlier row of a list that is only previewed."""

    key: tuple[str, int, int]
    client: int | None
    store: int | str
    day: date
    number: str
    article: str
    price: Decimal
    returned_on: date | None
    piece: Piece | None = None


class Returns:
    """Returns against the pieces that were sold. ``understand`` reads a row of the list as its line."""

    def __init__(self, context: ListContext, understand: Callable[[SourceRow], Line]) -> None:
        self.context = context
        self.understand = understand
        self.marked: dict[tuple[str, int, int], date] = {}

    def settle(self, lines: Sequence[Line]) -> list[Piece]:
        """Give each line its verdict; returns the pieces that came back, to be saved."""
        sold = self._sold(lines)
        came: list[Piece] = []
        for line in lines:
            chosen, known = self._choose(line, sold[line.client])
            if chosen is None:
                line.verdict = Verdict(Outcome.CONFLICT, NO_SALE, line.client, line.row_key)
            elif not chosen:
                target = known[0].piece.pk if known and known[0].piece else None
                line.verdict = Verdict(Outcome.UNCHANGED, "", line.client, line.row_key, target)
            else:
                came += self._mark(line, chosen)
        return came

    def _choose(self, line: Line, sold: Sequence[Sold]) -> tuple[list[Sold] | None, list[Sold]]:
        """The kept pieces that came back with this line (None where there are not so many), and those known as returned."""
        day, needed = line.facts["returned_on"], line.occurrence - 1 + line.pieces
        like = [one for one in sold if one.day <= day and _may_be(one, line)]
        known = [one for one in like if one.returned_on == day]
        take = min(line.pieces, needed - len(known))
        if take <= 0:
            return [], known
        kept = sorted((one for one in like if one.returned_on is None), key=lambda one: _nearness(one, line))
        # Without an article, a price alone must leave no choice.
        unsure = not line.facts["article"] and len(kept) > take and identity(line.facts["number"] or "") != kept[0].number
        return (None if len(kept) < take or unsure else kept[:take]), known

    def _mark(self, line: Line, chosen: Sequence[Sold]) -> list[Piece]:
        day = line.facts["returned_on"]
        for one in chosen:
            one.returned_on = self.marked[one.key] = day
            if one.piece:
                one.piece.returned_on = day
        pieces = [one.piece for one in chosen if one.piece]
        changes: dict[str, list[Any]] = {"returned_on": [None, day.isoformat()]}
        if len(pieces) > 1:
            changes[ALL] = [[], [piece.pk for piece in pieces]]
        target = pieces[0].pk if pieces else None
        line.verdict = Verdict(Outcome.UPDATED, "returned", line.client, line.row_key, target, changes=changes)
        return pieces

    def _sold(self, lines: Sequence[Line]) -> dict[int | None, list[Sold]]:
        """What the clients of these lines bought, the base's pieces first. Two queries for known clients, two for nobody's."""
        clients = {line.client for line in lines if line.client}
        nobodys = [line for line in lines if not line.client]
        found: dict[int | None, list[Sold]] = defaultdict(list)
        pieces = Piece.objects.select_related("purchase").order_by("pk")
        held = list(pieces.filter(purchase__client__in=clients)) if clients else []
        if nobodys:
            prices = {price for line in nobodys for price in line.facts["prices"]}
            stores = {line.store.pk for line in nobodys if line.store and line.store.pk}
            held += pieces.filter(purchase__client=None, purchase__store__in=stores, price__in=prices)
        for one in (*map(_of_piece, held), *self._planned(clients, nobody=bool(nobodys))):
            one.returned_on = self.marked.get(one.key, one.returned_on)
            found[one.client].append(one)
        return found

    def _planned(self, clients: set[int], *, nobody: bool) -> Iterator[Sold]:
        """What rows of this list would sell, where it is only previewed."""
        if self.context.write or not self.context.import_id:
            return
        list_import = ListImport.objects.get(pk=self.context.import_id)
        created = list_import.rows.filter(outcome=Outcome.CREATED)
        rows: list[StagedRow] = list(created.filter(subject__in=clients).order_by("number")) if clients else []
        rows += created.filter(subject=None).order_by("number") if nobody else []
        for row in rows:
            line = self.understand(intake.row_of(list_import, row.number, row.raw))
            for at, price in enumerate(line.facts["prices"]):
                yield Sold(
                    ("row", row.number, at), row.subject, store_key(line.store), line.facts["day"],
                    identity(line.facts["number"] or ""), identity(line.facts["article"]), price, line.facts["returned_on"],
                )  # fmt: skip


def _of_piece(piece: Piece) -> Sold:
    purchase = piece.purchase
    return Sold(
        ("piece", piece.pk, 0), purchase.client_id, purchase.store_id, purchase.sold_on, identity(purchase.receipt_number or ""),
        identity(piece.article), piece.price, piece.returned_on, piece,
    )  # fmt: skip


def _may_be(one: Sold, line: Line) -> bool:
    article = identity(line.facts["article"])
    if article and line.client:
        return one.article == article
    if not line.client and one.store != store_key(line.store):
        return False
    return one.price in line.facts["prices"] and one.article == (article or one.article)


def _nearness(one: Sold, line: Line) -> tuple[object, ...]:
    """The named receipt before others, the same price, the same store, the latest sale."""
    return (
        one.number != identity(line.facts["number"] or "") or not one.number, one.price not in line.facts["prices"],
        one.store != store_key(line.store), -one.day.toordinal(), one.key,
    )  # fmt: skip

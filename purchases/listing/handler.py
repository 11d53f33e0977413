"""What each row of a purchases' list becomes: a line of a receipt, once."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from catalogue import kinds
from imports.models import Outcome, StagedRow
from imports.specs import BadRowError, ListContext, SourceRow, Verdict
from imports.storebook import store_key
from purchases.listing import reading, taking_back
from purchases.listing.lines import Line, LineHandler, user
from purchases.models import NoCardReason, Piece, Purchase, Uin
from stores import writing
from visits import derived

BATCH = 500


class ReceiptKey(NamedTuple):
    """A receipt: store, day and number; without a number, the client's unnumbered receipt of the day."""

    store: int | str
    day: date
    number: str | None
    client: int | None


class LineKey(NamedTuple):
    """A line of a receipt: article, price and which one of its like it is."""

    article: str
    price: Decimal
    occurrence: int


class PurchasesHandler(LineHandler):
    """Rows against the receipts of the base."""

    spec = "purchases"

    def __init__(self, context: ListContext) -> None:
        super().__init__(context)
        self.owners: dict[tuple[int | str, date, str], int | None] = {}

    def read(self, row: SourceRow) -> dict[str, Any]:
        values = row.values
        article = values.get("article", "").strip()[:40]
        sold_on = reading.day(values, "sold_on", self.today)
        if values.get("quantity") and writing.read_size(values["quantity"]) != 1:
            raise BadRowError("quantity")
        return {
            "day": sold_on,
            "number": values.get("receipt", "")[:40] or None,
            "article": article,
            "kind": kinds.kind_of(values.get("kind", ""), article),
            "price": reading.money(values.get("price", "")),
            "discount": reading.discount(values.get("discount", "")),
            "returned_on": reading.return_day(values, sold_on, self.today),
            "uins": list(dict.fromkeys(re.findall(r"(?<!\d)[0-9]{16}(?!\d)", values.get("uin", "")))),
        }

    def stands_for(self, line: Line) -> tuple[object, ...]:
        facts = line.facts
        return facts["day"], facts["number"], facts["article"], facts["price"]

    def adopt(self, lines: Sequence[Line]) -> None:
        """A line of a numbered receipt that names nobody is of the client whom the receipt's other lines name."""
        receipts = self._load([line for line in lines if line.facts["number"]])
        for line in lines:
            if line.client and line.facts["number"] and self._receipt_key(line) not in receipts:
                self.owners.setdefault(self._document(line), line.client)
        for line in lines:
            if line.client is None and line.facts["number"]:
                held = receipts.get(self._receipt_key(line))
                line.client = held.client_id if held else self.owners.get(self._document(line))

    def settle(self, lines: Sequence[Line]) -> None:
        receipts = self._load(lines)
        held = {
            (piece.purchase_id, LineKey(piece.article, piece.price, piece.occurrence)): piece
            for piece in Piece.objects.filter(purchase__in=[receipt.pk for receipt in receipts.values()])
        }
        new, returned = [], []
        for line in lines:
            if not self._owns(line, receipts):
                line.verdict = Verdict(Outcome.CONFLICT, "receipt of another client", line.client, line.row_key)
                continue
            receipt = receipts.get(self._receipt_key(line))
            piece = held.get((receipt.pk, self._line_key(line))) if receipt else None
            line.verdict = Verdict(*_outcome(piece, line), line.client, line.row_key)
            if piece is None:
                new.append(line)
            elif line.verdict.outcome == Outcome.UPDATED:
                piece.returned_on = line.facts["returned_on"]
                changes = {"returned_on": [None, piece.returned_on.isoformat()]} if piece.returned_on else {}
                line.verdict = line.verdict._replace(target=piece.pk, changes=changes)
                returned.append(piece)
        if self.context.write:
            self._write(new, returned, receipts)
            changed = [line for line in lines if line.verdict and line.verdict.outcome in (Outcome.CREATED, Outcome.UPDATED)]
            derived.refresh({line.client for line in changed if line.client})
            for store, day in {(line.store.pk, line.facts["day"]) for line in changed if line.store and not line.client}:
                derived.mark_without_card(store, day)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        return taking_back.take_pieces_back(rows, self.context)

    def _receipt_key(self, line: Line) -> ReceiptKey:
        number = line.facts["number"]
        return ReceiptKey(store_key(line.store), line.facts["day"], number, None if number else line.client)

    def _line_key(self, line: Line) -> LineKey:
        return LineKey(line.facts["article"], line.facts["price"], line.occurrence)

    def _load(self, lines: Sequence[Line]) -> dict[ReceiptKey, Purchase]:
        found = Purchase.objects.filter(
            store__in={line.store.pk for line in lines if line.store and line.store.pk},
            sold_on__in={line.facts["day"] for line in lines},
        )
        numbers = {line.facts["number"] for line in lines if line.facts["number"]}
        receipts = {}
        for purchase in found.filter(receipt_number__in=numbers):
            receipts[ReceiptKey(purchase.store_id, purchase.sold_on, purchase.receipt_number, None)] = purchase
        for purchase in found.filter(receipt_number=None).order_by("pk"):
            key = ReceiptKey(purchase.store_id, purchase.sold_on, None, purchase.client_id)
            receipts.setdefault(key, purchase)
        return receipts

    def _owns(self, line: Line, receipts: dict[ReceiptKey, Purchase]) -> bool:
        """Whether a numbered receipt is this client's; the first row that names it decides."""
        if not line.facts["number"]:
            return True
        held = receipts.get(self._receipt_key(line))
        owner = held.client_id if held else self.owners.setdefault(self._document(line), line.client)
        return owner == line.client

    def _document(self, line: Line) -> tuple[int | str, date, str]:
        return store_key(line.store), line.facts["day"], line.facts["number"]

    def _write(self, new: Sequence[Line], returned: Sequence[Piece], receipts: dict[ReceiptKey, Purchase]) -> None:
        who, why = user(self.context), self.context.origin
        made: dict[ReceiptKey, Purchase] = {}
        for line in new:
            key = self._receipt_key(line)
            if key not in receipts and key not in made:
                made[key] = _receipt(line)
        saved = bulk_create_with_history(
            list(made.values()), Purchase, batch_size=BATCH, default_user=who, default_change_reason=why
        )
        receipts |= dict(zip(made, saved, strict=True))
        pieces = [_piece(line, receipts[self._receipt_key(line)], line.occurrence) for line in new]
        kept = bulk_create_with_history(pieces, Piece, batch_size=BATCH, default_user=who, default_change_reason=why)
        for piece, line in zip(kept, new, strict=True):
            line.verdict = line.verdict._replace(target=piece.pk) if line.verdict else None
        Uin.objects.bulk_create(
            Uin(piece=piece, number=uin) for piece, line in zip(kept, new, strict=True) for uin in line.facts["uins"]
        )
        touched = {piece.purchase_id for piece in [*kept, *returned]} - {receipt.pk for receipt in saved}
        Purchase.objects.filter(pk__in=touched).update(version=F("version") + 1)
        if returned:
            bulk_update_with_history(list(returned), Piece, ["returned_on"], default_user=who, default_change_reason=why)


def _outcome(piece: Piece | None, line: Line) -> tuple[Outcome, str]:
    if piece is None:
        return Outcome.CREATED, ""
    if line.facts["returned_on"] and piece.returned_on is None:
        return Outcome.UPDATED, "returned"
    return Outcome.UNCHANGED, ""


def _receipt(line: Line) -> Purchase:
    return Purchase(
        store=line.store,
        client_id=line.client,
        no_card_reason="" if line.client else NoCardReason.LIST,
        sold_on=line.facts["day"],
        receipt_number=line.facts["number"],
    )


def _piece(line: Line, purchase: Purchase, occurrence: int) -> Piece:
    facts = line.facts
    return Piece(
        purchase=purchase,
        article=facts["article"],
        kind=facts["kind"],
        price=facts["price"],
        discount=facts["discount"],
        occurrence=occurrence,
        returned_on=facts["returned_on"],
    )

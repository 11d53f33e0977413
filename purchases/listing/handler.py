"""What each row of a purchases' list becomes: a line of a receipt, once."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from catalogue import kinds
from clients.writing.identities import identity, writings
from imports.cells import own_number
from imports.models import Outcome, StagedRow
from imports.specs import ListContext, SourceRow, Verdict
from imports.storebook import store_key
from messaging import halting
from purchases import bonuses, noticing, payments
from purchases.listing import headings, reading, signs, sums, taking_back, tenders
from purchases.listing.lines import ALL, CHAIN_ZONE, FoundCard, Line, LineHandler, user
from purchases.listing.returns import NO_SALE, Returns
from purchases.models import NoCardReason, Piece, Purchase, Uin
from purchases.payments import TenderLine
from stores.chain_day import day_of
from visits import derived

BATCH = 500
# The reason of a row whose client another row of its receipt may name; decided once more when the whole list has been seen.
NOBODY_YET = "nobody yet"


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


class Part(NamedTuple):
    """One piece of a row: which one it is, what was taken off, its state's numbers."""

    line: Line
    key: LineKey
    discount: Decimal
    uins: Sequence[str]


class PurchasesHandler(LineHandler):
    """Rows against the receipts of the base."""

    spec = "purchases"

    def __init__(self, context: ListContext) -> None:
        super().__init__(context)
        memory = {} if context.memory is None else context.memory
        self.owners: dict[ReceiptKey, int | None] = memory.setdefault("owners", {})
        self.touched: set[int] = set()
        # How the list says that its receipts were paid.
        self.said_paid: dict[int, list[TenderLine]] = {}
        self.returns = Returns(context, self._understand)

    def _understand(self, row: SourceRow) -> Line:
        """A row that was read before, read again."""
        store = self.stores.find(row.values.get("store", ""))
        who = reading.who(row.values, self.today)
        return Line(row, who, store, self.read(row, store.zone if store else CHAIN_ZONE))

    def read(self, row: SourceRow, zone: tzinfo) -> dict[str, Any]:
        values = row.values
        article = values.get("article", "").strip()[:40]
        sold_on = reading.day(values, "sold_on", self.today, zone)
        said = sums.amounts(values)
        back = said.back or reading.is_back(values)
        returned_on = reading.return_day(values, sold_on, self.today)
        return {
            "day": sold_on,
            "number": headings.number(reading.number(values, "receipt"), values.get("sold_on", ""))[:40] or None,
            "own": own_number(values.get("own_receipt", "")),
            "article": article,
            "kind": kinds.kind_of(values.get("kind", ""), article),
            "pieces": len(said.prices),
            "prices": said.prices,
            "discounts": said.discounts,
            "paid": tenders.read(values.get("tenders", "")),
            "void": signs.is_void(values.get("voided", "")) or reading.state(values) == signs.VOID,
            "back": back,
            "returned_on": (returned_on or sold_on) if back else returned_on,
            "uins": list(dict.fromkeys(re.findall(r"(?<!\d)[0-9]{16}(?!\d)", values.get("uin", "")))),
        }

    def stands_for(self, line: Line) -> tuple[object, ...]:
        facts = line.facts
        article = identity(facts["article"])
        if facts["void"]:
            return "void", facts["day"], _number(line), facts["own"], article, *facts["prices"]
        if facts["back"]:
            return "back", facts["returned_on"], article, "" if article else facts["prices"]
        prices = set(facts["prices"])
        told = (facts["own"],) if facts["own"] else ()
        return facts["day"], _number(line), *told, article, *(prices if len(prices) == 1 else facts["prices"])

    def written(self, values: Mapping[str, str]) -> tuple[str, ...]:
        return values.get("receipt", "").strip(), values.get("article", "").strip()

    def adopt(self, lines: Sequence[Line]) -> None:
        """A line of a numbered receipt that names nobody is of the client whom the receipt's other lines name.

        Where none before it does, it waits for those behind it.
        """
        numbered = [line for line in lines if line.facts["number"] and not line.facts["void"]]
        receipts = self._load(numbered)
        for line in numbered:
            held = receipts.of(line)
            if line.client and not line.facts["back"] and not held:
                self.owners.setdefault(receipt_key(line), line.client)
            elif line.client is None:
                line.client = held.client_id if held else self.owners.get(receipt_key(line))
                if not (held or line.client or line.facts["back"] or self.context.whole):
                    line.verdict = Verdict(Outcome.CONFLICT, NOBODY_YET)

    def _contradiction(self, line: Line, card: FoundCard | None) -> Verdict | None:
        """What is void waits for no client."""
        if line.facts["void"] and line.who and card is None:
            return Verdict(Outcome.REJECTED, "void")
        return super()._contradiction(line, card)

    def settle(self, lines: Sequence[Line]) -> None:
        sales = [line for line in lines if line.facts["void"] or not (line.facts["back"] or line.verdict)]
        self._settle_sales(sales)
        back = [line for line in lines if line.facts["back"] and not line.facts["void"]]
        came: list[Piece] = []
        if self.context.whole:
            came = self.returns.settle(back)
        else:
            for line in back:
                line.verdict = Verdict(Outcome.CONFLICT, NO_SALE, line.client, line.row_key)
        if self.context.write:
            _save_returned(came, self.context)
            self.touched |= {piece.purchase_id for piece in came}
            bonuses.follow_list(self.touched, by=user(self.context), on=self.today)
            payments.follow_list(self.touched, by=user(self.context), on=self.today, said=self.said_paid)
            self.touched.clear()
            _renew(lines, came)

    def _settle_sales(self, lines: Sequence[Line]) -> None:
        receipts = self._load(lines)
        held = {
            (piece.purchase_id, LineKey(identity(piece.article), piece.price, piece.occurrence)): piece
            for piece in Piece.objects.filter(purchase__in=receipts.keys())
        }
        new: list[Part] = []
        returned: list[Piece] = []
        for line in lines:
            if void := receipts.void(line):
                line.verdict = void
            elif receipts.unclear(line):
                line.verdict = Verdict(Outcome.CONFLICT, "receipt", line.client, line.row_key)
            elif not self._owns(line, receipts):
                line.verdict = Verdict(Outcome.CONFLICT, "receipt of another client", line.client, line.row_key)
            else:
                new += self._settle_sale(line, receipts.of(line), held, returned)
        if self.context.write:
            self._write(new, receipts)
            _save_returned(returned, self.context)
            self.touched |= {piece.purchase_id for piece in returned}

    def _settle_sale(
        self, line: Line, receipt: Purchase | None, held: Mapping[tuple[int, LineKey], Piece], returned: list[Piece]
    ) -> list[Part]:
        """The line's verdict; the parts of it that are to be made. Pieces that it says were returned are added."""
        parts = _parts(line)
        there = [held.get((receipt.pk, part.key)) if receipt else None for part in parts]
        known = [piece for piece in there if piece]
        missing = [part for part, piece in zip(parts, there, strict=True) if piece is None and part.key.occurrence > line.told]
        back = [piece for piece in known if line.facts["returned_on"] and piece.returned_on is None]
        target = known[0].pk if known else None
        line.verdict = Verdict(Outcome.UNCHANGED, "", line.client, line.row_key, target)
        if missing:
            line.verdict = Verdict(Outcome.CREATED, "", line.client, line.row_key)
        elif back:
            changes: dict[str, list[Any]] = {"returned_on": [None, line.facts["returned_on"].isoformat()]}
            if len(back) > 1:
                changes[ALL] = [[], [piece.pk for piece in back]]
            line.verdict = Verdict(Outcome.UPDATED, "returned", line.client, line.row_key, back[0].pk, changes=changes)
            for piece in back:
                piece.returned_on = line.facts["returned_on"]
            returned += back
        return missing

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        return taking_back.take_pieces_back(rows, self.context)

    def _load(self, lines: Sequence[Line]) -> "Receipts":
        """Receipts of the base that these lines may belong to. Three queries at most."""
        found = Purchase.objects.filter(
            store__in={line.store.pk for line in lines if line.store and line.store.pk},
            sold_on__in={line.facts["day"] for line in lines},
        )
        numbers = writings({line.facts["number"] for line in lines if line.facts["number"]})
        owns = {line.facts["own"] for line in lines if line.facts["own"]}
        receipts = Receipts(Purchase.written.in_bulk(owns) if owns else {})
        for purchase in found.filter(receipt_number__any=numbers).order_by("pk") if numbers else ():
            receipts.add(ReceiptKey(purchase.store_id, purchase.sold_on, identity(purchase.receipt_number or ""), None), purchase)
        for purchase in (
            found.filter(receipt_number=None).order_by("pk") if any(not line.facts["number"] for line in lines) else ()
        ):
            receipts.add(ReceiptKey(purchase.store_id, purchase.sold_on, None, purchase.client_id), purchase)
        return receipts

    def _owns(self, line: Line, receipts: "Receipts") -> bool:
        """Whether a numbered receipt is this client's; the first row that names it decides."""
        if not line.facts["number"]:
            return True
        held = receipts.of(line)
        owner = held.client_id if held else self.owners.setdefault(receipt_key(line), line.client)
        return owner == line.client

    def _write(self, new: "Sequence[Part]", receipts: "Receipts") -> None:
        who, why = user(self.context), self.context.origin
        made: dict[ReceiptKey, Purchase] = {}
        for part in new:
            if not receipts.of(part.line):
                made.setdefault(receipt_key(part.line), _receipt(part.line))
        saved = bulk_create_with_history(
            list(made.values()), Purchase, batch_size=BATCH, default_user=who, default_change_reason=why
        )
        for key, purchase in zip(made, saved, strict=True):
            receipts.add(key, purchase)
        pieces = [_piece(part, receipts.of(part.line)) for part in new]
        kept = bulk_create_with_history(pieces, Piece, batch_size=BATCH, default_user=who, default_change_reason=why)
        self.touched |= {piece.purchase_id for piece in kept}
        self.said_paid |= {
            piece.purchase_id: part.line.facts["paid"] for piece, part in zip(kept, new, strict=True) if part.line.facts["paid"]
        }
        for piece, part in reversed(list(zip(kept, new, strict=True))):
            _made(part.line, piece)
        Uin.objects.bulk_create(Uin(piece=piece, number=uin) for piece, part in zip(kept, new, strict=True) for uin in part.uins)
        _mark_changed([piece for piece in kept if piece.purchase not in set(saved)])


class Receipts:
    """Receipts of the base by what their numbers are; where several are the same but for zeros, the exact one."""

    def __init__(self, own: Mapping[int, Purchase]) -> None:
        self.own = {key: purchase for key, purchase in own.items() if not purchase.is_voided}
        self.voided = {key: purchase for key, purchase in own.items() if purchase.is_voided}
        self.found: dict[ReceiptKey, list[Purchase]] = {}

    def add(self, key: ReceiptKey, purchase: Purchase) -> None:
        self.found.setdefault(key, []).append(purchase)

    def keys(self) -> list[int]:
        return [*self.own, *(purchase.pk for same in self.found.values() for purchase in same)]

    def void(self, line: Line) -> Verdict | None:
        """What becomes of a line that is void in the list, or whose receipt is void here; None for one that is a sale."""
        is_void_here = self._numbered(line, self.voided) is not None
        if line.facts["void"]:
            if is_void_here:
                return Verdict(Outcome.UNCHANGED, "", line.client, line.row_key)
            stands = self._numbered(line) if line.facts["own"] else self.of(line)
            return Verdict(Outcome.CONFLICT if stands else Outcome.REJECTED, "void", line.client, line.row_key)
        return Verdict(Outcome.CONFLICT, "void here", line.client, line.row_key) if is_void_here else None

    def _numbered(self, line: Line, own: Mapping[int, Purchase] | None = None) -> Purchase | None:
        """The receipt of a number of Carat's own, where store, day, number and client are what that receipt says."""
        held = (self.own if own is None else own).get(line.facts["own"] or 0)
        if held is None or line.store is None or (held.store_id, held.sold_on) != (line.store.pk, line.facts["day"]):
            return None
        number = identity(held.receipt_number) if held.receipt_number else None
        return held if (number, held.client_id) == (_number(line), line.client) else None

    def of(self, line: Line) -> Purchase | None:
        if held := self._numbered(line):
            return held
        same = self.found.get(receipt_key(line), [])
        exact = [purchase for purchase in same if purchase.receipt_number == line.facts["number"]]
        return next(iter(exact or same), None)

    def unclear(self, line: Line) -> bool:
        """Whether the base has several receipts of this number, none of them written so."""
        same = self.found.get(receipt_key(line), []) if line.facts["number"] and not self._numbered(line) else []
        return len(same) > 1 and all(purchase.receipt_number != line.facts["number"] for purchase in same)


def receipt_key(line: Line) -> ReceiptKey:
    number = _number(line)
    return ReceiptKey(store_key(line.store), line.facts["day"], number, None if number else line.client)


def _number(line: Line) -> str | None:
    return identity(line.facts["number"]) if line.facts["number"] else None


def _parts(line: Line) -> list[Part]:
    """The pieces of a line, each told by what is the same in every writing of it."""
    facts, seen, parts = line.facts, Counter[Decimal](), []
    each = Counter(facts["prices"])
    for at, (price, discount) in enumerate(zip(facts["prices"], facts["discounts"], strict=True)):
        seen[price] += 1
        before = line.occurrence - 1 if len(each) == 1 else (line.occurrence - 1) // line.pieces * each[price]
        uins = facts["uins"][at : at + 1] if at + 1 < line.pieces else facts["uins"][at:]
        parts.append(Part(line, LineKey(identity(facts["article"]), price, before + seen[price]), discount, uins))
    return parts


def _made(line: Line, piece: Piece) -> None:
    """What the line made; all of it where that is several pieces. Called from the last piece to the first."""
    if line.verdict is None:
        return
    changes = dict(line.verdict.changes)
    if line.pieces > 1:
        changes[ALL] = [[], [piece.pk, *changes.get(ALL, [[], []])[1]]]
    line.verdict = line.verdict._replace(target=piece.pk, changes=changes)


def _save_returned(pieces: Sequence[Piece], context: ListContext) -> None:
    if pieces:
        bulk_update_with_history(
            list(pieces), Piece, ["returned_on"], default_user=user(context), default_change_reason=context.origin
        )
        noticing.listed(pieces, today=day_of(timezone.now()))
        _mark_changed(pieces)


def _mark_changed(pieces: Sequence[Piece]) -> None:
    """Their receipts are others than the forms that are open now were opened with."""
    Purchase.objects.filter(pk__in={piece.purchase_id for piece in pieces}).update(version=F("version") + 1)


def _renew(lines: Sequence[Line], came: Sequence[Piece]) -> None:
    """The derived rows of those whose receipts changed."""
    changed = [line for line in lines if line.verdict and line.verdict.outcome in (Outcome.CREATED, Outcome.UPDATED)]
    derived.refresh({line.client for line in changed if line.client})
    now = timezone.now()
    lately = {line.client for line in changed if line.client and halting.is_fresh(line.facts["day"], now)}
    if lately:
        halting.halt(lately, now=now)
    places = {(line.store.pk, line.facts["day"]) for line in changed if line.store and not line.client}
    places |= {(piece.purchase.store_id, piece.purchase.sold_on) for piece in came if not piece.purchase.client_id}
    for store, day in places:
        derived.mark_without_card(store, day)


def _receipt(line: Line) -> Purchase:
    return Purchase(
        store=line.store,
        client_id=line.client,
        no_card_reason="" if line.client else NoCardReason.LIST,
        sold_on=line.facts["day"],
        receipt_number=line.facts["number"],
    )


def _piece(part: Part, purchase: Purchase | None) -> Piece:
    facts = part.line.facts
    return Piece(
        purchase=purchase,
        article=facts["article"],
        kind=facts["kind"],
        price=part.key.price,
        discount=part.discount,
        occurrence=part.key.occurrence,
        returned_on=facts["returned_on"],
    )

"""What stands in a receipt, as one value: read from the tables, kept in its history, and written back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Self

from django.db.models import F
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from clients.models import Wearer
from purchases import payments
from purchases.models import Deduction, DeductionSource, Piece, Purchase, Uin
from purchases.payments import NOTHING, TenderLine
from stores.models import Employee

# Where lines wait, out of the way of each other, while their articles and prices change.
AWAY = 10_000


class Taken(NamedTuple):
    """A part of a discount that loyalty took off."""

    source: str
    amount: str
    lot: int | None


class PieceFacts(NamedTuple):
    """A piece; without a key it is yet to be written."""

    pk: int | None
    article: str
    kind: str
    price: Decimal
    discount: Decimal
    uins: tuple[str, ...] = ()
    returned_on: date | None = None
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True)
class Contents:
    """All of a receipt that can be put right. ``voided`` is the reason, "" while it stands; ``came_back`` what was exchanged."""

    client: int | None
    no_card_reason: str
    wearer: int | None
    occasion: str
    number: str
    sold_on: date
    voided: str
    pieces: tuple[PieceFacts, ...]
    tenders: tuple[TenderLine, ...]
    came_back: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        plain = asdict(self)
        plain["sold_on"] = self.sold_on.isoformat()
        plain["pieces"] = [_plain(piece) for piece in self.pieces]
        plain["tenders"] = [[tender.kind, str(tender.sum)] for tender in self.tenders]
        return plain

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(
            **{
                **kept,
                "sold_on": date.fromisoformat(kept["sold_on"]),
                "pieces": tuple(_piece_facts(piece) for piece in kept["pieces"]),
                "tenders": tuple(TenderLine(kind, Decimal(paid)) for kind, paid in kept["tenders"]),
                "came_back": tuple(kept["came_back"]),
            }
        )


def _plain(piece: PieceFacts) -> dict[str, Any]:
    returned = piece.returned_on.isoformat() if piece.returned_on else None
    facts = piece._replace(uins=()) if not piece.uins else piece
    return {**facts._asdict(), "price": str(piece.price), "discount": str(piece.discount), "returned_on": returned}


def _piece_facts(kept: dict[str, Any]) -> PieceFacts:
    returned = date.fromisoformat(kept["returned_on"]) if kept["returned_on"] else None
    money = {name: Decimal(kept[name]) for name in ("price", "discount")}
    taken = tuple(Taken(*one) for one in kept.get("taken", ()))
    return PieceFacts(**{**kept, **money, "uins": tuple(kept["uins"]), "returned_on": returned, "taken": taken})


def of(purchase: Purchase) -> Contents:
    """What stands in a receipt now. Five queries."""
    pieces = purchase.pieces.prefetch_related("uins", "deductions").order_by("pk")
    return Contents(
        client=purchase.client_id,
        no_card_reason=purchase.no_card_reason,
        wearer=purchase.wearer_id,
        occasion=purchase.occasion,
        number=purchase.receipt_number or "",
        sold_on=purchase.sold_on,
        voided=purchase.void_reason,
        pieces=tuple(_facts_of(piece) for piece in pieces),
        tenders=tuple(TenderLine(tender.kind, tender.sum) for tender in purchase.tenders.all()),
        came_back=tuple(purchase.taken_back.order_by("pk").values_list("pk", flat=True)),
    )


def _facts_of(piece: Piece) -> PieceFacts:
    uins = tuple(sorted(uin.number for uin in piece.uins.all()))
    taken = tuple(Taken(row.source, str(row.amount), row.lot_id) for row in piece.deductions.all())
    return PieceFacts(piece.pk, piece.article, piece.kind, piece.price, piece.discount, uins, piece.returned_on, taken)


def write(purchase: Purchase, wanted: Contents, *, by: Employee | None, why: str) -> Contents:
    """Make a locked receipt what is wanted of it, as its next version. Returns what stands then, new keys with it."""
    _write_head(purchase, wanted, by, why)
    _write_pieces(purchase, wanted.pieces, by, why)
    payments.save(purchase, wanted.tenders)
    return of(purchase)


def _write_head(purchase: Purchase, wanted: Contents, by: Employee | None, why: str) -> None:
    theirs = Wearer.objects.filter(pk=wanted.wearer or 0, client=wanted.client)
    purchase.client_id = wanted.client
    purchase.no_card_reason = wanted.no_card_reason
    purchase.wearer = theirs.first() if wanted.wearer else None
    purchase.occasion = wanted.occasion
    purchase.receipt_number = wanted.number or None
    purchase.sold_on = wanted.sold_on
    purchase.void_reason = wanted.voided
    purchase.voided_at = (purchase.voided_at or timezone.now()) if wanted.voided else None
    purchase.version += 1
    purchase._history_user, purchase._change_reason = by, why  # type: ignore[attr-defined]
    purchase.save()


def _write_pieces(purchase: Purchase, wanted: Sequence[PieceFacts], by: Employee | None, why: str) -> None:
    held = {piece.pk: piece for piece in purchase.pieces.all()}
    kept = {facts.pk for facts in wanted}
    for piece in [piece for key, piece in held.items() if key not in kept]:
        piece._history_user, piece._change_reason = by, why  # type: ignore[attr-defined]
        del held[piece.pk]
        piece.delete()
    pairs = [(held.get(facts.pk or 0) or Piece(pk=facts.pk, purchase=purchase), facts) for facts in wanted]
    lines = [(piece, facts) for piece, facts in pairs if _key_of(piece) != (facts.article, facts.price) or piece.pk not in held]
    _number_lines(purchase, [piece for piece, _facts in pairs], lines)
    changed = [piece for piece, facts in pairs if _take(piece, facts) and piece.pk in held]
    new = [piece for piece, _facts in pairs if piece.pk not in held]
    if changed:
        fields = ["article", "kind", "price", "discount", "occurrence"]
        bulk_update_with_history(changed, Piece, fields, default_user=by, default_change_reason=why)
    made = iter(bulk_create_with_history(new, Piece, default_user=by, default_change_reason=why) if new else [])
    written = [(piece if piece.pk in held else next(made), facts) for piece, facts in pairs]
    _write_uins([(piece, facts.uins) for piece, facts in written])
    _write_taken(written)


def _key_of(piece: Piece) -> tuple[str, Decimal | None]:
    return piece.article, piece.price


def _number_lines(purchase: Purchase, pieces: Sequence[Piece], lines: Sequence[tuple[Piece, PieceFacts]]) -> None:
    """Count pieces of one article and price anew where one of them became so; those that stay keep their numbers."""
    moving = [piece for piece, _facts in lines]
    purchase.pieces.filter(pk__in=[piece.pk for piece in moving if piece.pk]).update(occurrence=F("occurrence") + AWAY)
    taken = {(*_key_of(piece), piece.occurrence) for piece in pieces if not any(piece is other for other in moving)}
    for piece, facts in lines:
        piece.occurrence = 1
        while (facts.article, facts.price, piece.occurrence) in taken:
            piece.occurrence += 1
        taken.add((facts.article, facts.price, piece.occurrence))


def _take(piece: Piece, facts: PieceFacts) -> bool:
    """Write the facts on the piece. Says whether anything of it changed."""
    before = piece.article, piece.kind, piece.price, piece.discount
    piece.article, piece.kind, piece.price, piece.discount = facts.article, facts.kind, facts.price, facts.discount
    piece.returned_on = facts.returned_on
    return before != (facts.article, facts.kind, facts.price, facts.discount)


def _write_uins(pieces: Sequence[tuple[Piece, tuple[str, ...]]]) -> None:
    held: dict[int, set[str]] = {piece.pk: set() for piece, _uins in pieces}
    for key, number in Uin.objects.filter(piece__in=held).values_list("piece", "number"):
        held[key].add(number)
    for piece, uins in pieces:
        if held[piece.pk] != set(uins):
            piece.uins.all().delete()
            Uin.objects.bulk_create(Uin(piece=piece, number=number) for number in uins)


def _write_taken(pieces: Sequence[tuple[Piece, PieceFacts]]) -> None:
    """What loyalty took off each piece; never more than its discount, and bonuses whole."""
    Deduction.objects.filter(piece__in=[piece.pk for piece, _facts in pieces]).delete()
    rows = []
    for piece, facts in pieces:
        left = piece.discount
        for source, amount, lot in sorted(facts.taken, key=lambda one: one.source != DeductionSource.BONUS):
            part = min(Decimal(amount), left)
            part = part // 1 if source == DeductionSource.BONUS else part
            left -= part
            rows += [Deduction(piece=piece, source=source, amount=part, lot_id=lot)] if part else []
    Deduction.objects.bulk_create(rows)


def to_pay(contents: Contents, came_back: Decimal = NOTHING) -> Decimal:
    """The sum of the pieces less what came back for them."""
    return sum((piece.price for piece in contents.pieces), NOTHING) - came_back

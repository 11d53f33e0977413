"""Writes about receipts. Each locks the client's row first and renews the derived rows. Public."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from catalogue.kinds import PieceKind, Tariff
from clients.locking import lock, standing
from clients.models import Client, Wearer
from loyalty.certificates import acts as certificates_acts
from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import Certificate, Right
from loyalty.offers.acts import RightRefusedError
from loyalty.pricing import UNIT, Wish
from loyalty.services import NotEnoughError
from loyalty.settling import Settled
from messaging import halting
from purchases import bills, bonuses, noticing, payments, till_bonuses, tills
from purchases.bills import CodeNeededError, Quote, Tagged
from purchases.models import FiscalOperation, Piece, Purchase, PurchaseQuerySet, Uin
from purchases.payments import TenderLine
from purchases.tills import Happened
from stores.models import Employee, Store
from visits import derived


class PieceLine(NamedTuple):
    """A line of a receipt as it was typed. ``price`` is what was paid; loyalty takes off the rest, and says what it earned."""

    article: str
    kind: PieceKind
    price: Decimal
    discount: Decimal = Decimal(0)
    uins: tuple[str, ...] = ()
    tariff: Tariff = Tariff.TAG
    earned: int = 0


class Paying(NamedTuple):
    """How a receipt is paid, besides its lines."""

    tenders: Sequence[TenderLine]
    spend: Wish
    right: Right | None
    certificates: Sequence[Certificate]
    proven: bool
    instead_of: Collection[Piece]


class ReceiptTakenError(Exception):
    """The store already has a receipt of this number on this day: ``purchase``."""

    def __init__(self, purchase: Purchase) -> None:
        super().__init__(f"receipt {purchase.receipt_number} is purchase {purchase.pk}")
        self.purchase = purchase


class AlreadyReturnedError(Exception):
    """One of the pieces was returned before."""


class StaleReceiptError(Exception):
    """The receipt is not what the person saw: somebody changed it since."""


class VoidedError(Exception):
    """The receipt was voided: nothing is written on it any more."""


def sell(
    lines: Sequence[PieceLine],
    *,
    store: Store,
    seller: Employee | None,
    client: Client | None = None,
    no_card_reason: str = "",
    sold_on: date | None = None,
    receipt_number: str = "",
    form_key: UUID | None = None,
    wearer: Wearer | None = None,
    occasion: str = "",
    tenders: Sequence[TenderLine] = (),
    spend: Wish = 0,
    proven: bool = False,
    right: Right | None = None,
    certificates: Sequence[Certificate] = (),
    instead_of: Collection[Piece] = (),
    happened: Happened | None = None,
) -> Purchase:
    """Save a receipt whole; ``wearer`` is whom the client bought it for. The same ``form_key`` gives the first purchase again.

    ``spend`` bonuses pay for a part of it (``proven``: the client confirmed it by a code), a ``right`` takes a part off,
    ``certificates`` pay as much as they can, and the tenders the rest. ``instead_of``: pieces that came back and are exchanged
    in this receipt; their money pays for it too. ``happened``: a till has sold already, nothing is taken off.

    Raises ReceiptTakenError, with the other purchase, if the receipt number is taken, PaymentsDifferError if the tenders are not
    what is to pay, NotEnoughError, CodeNeededError, RightRefusedError, CertificateRefusedError; nothing is saved then.
    """
    key = form_key or uuid4()
    purchase = Purchase(
        store=store,
        client=client,
        no_card_reason=no_card_reason,
        sold_on=sold_on or store.today(),
        receipt_number=receipt_number.strip() or None,
        seller=seller,
        form_key=key,
        wearer=wearer,
        occasion=occasion,
        till_key=happened.till_key if happened else "",
    )
    try:
        with transaction.atomic():
            purchase.client = standing(client)
            if happened:
                _save_as_happened(purchase, lines, tenders, happened)
            else:
                _refuse_told_by_a_till(purchase)
                _save_whole(purchase, lines, Paying(tenders, spend, right, certificates, proven, instead_of))
            _renew(purchase)
            _call_off(purchase)
    except (IntegrityError, NotEnoughError, CodeNeededError, RightRefusedError, CertificateRefusedError):
        if again := Purchase.written.filter(form_key=key).first():
            return again
        taken = _numbered(purchase).filter(till_key=purchase.till_key).first()
        if taken is None:
            raise
        raise ReceiptTakenError(taken) from None
    return purchase


def _numbered(purchase: Purchase) -> PurchaseQuerySet:
    """Receipts of the same store, day and number; none where it has no number."""
    same: PurchaseQuerySet = Purchase.objects.filter(
        store=purchase.store_id, sold_on=purchase.sold_on, receipt_number=purchase.receipt_number or ""
    )
    return same


def _refuse_told_by_a_till(purchase: Purchase) -> None:
    """What a till has told of is not typed once more. One query, where there is a number."""
    if purchase.receipt_number and (told := _numbered(purchase).exclude(till_key="").first()):
        if Purchase.written.filter(form_key=purchase.form_key).exists():
            return
        raise ReceiptTakenError(told)


def _save_as_happened(purchase: Purchase, lines: Sequence[PieceLine], tenders: Sequence[TenderLine], happened: Happened) -> None:
    """The receipt as the till sold it, with its fiscal document, and what it earned and spent."""
    paid = payments.settled(tenders, sum((line.price for line in lines), payments.NOTHING))
    purchase.save()
    if happened.fiscal:
        tills.write_fiscal(purchase, FiscalOperation.SALE, happened.fiscal)
    pieces = _save_lines(purchase, lines)
    if paid:
        payments.save(purchase, paid)
    till_bonuses.write_as_happened(purchase, pieces, happened.taken, happened.right, by=purchase.seller)


def _save_whole(purchase: Purchase, lines: Sequence[PieceLine], paying: Paying) -> None:
    """The receipt with its pieces, payments and bonuses, at what the bill says."""
    tagged = [Tagged(line.price, line.discount, line.tariff, line.kind) for line in lines]
    quote = bills.binding(tagged, purchase.client, purchase.sold_on, paying.spend, paying.right, proven=paying.proven)
    lines = _billed(lines, quote) if quote else lines
    purchase.save()
    pieces = _save_lines(purchase, lines)
    if quote:
        bonuses.write(purchase, pieces, quote, by=purchase.seller)
    if paying.instead_of:
        Piece.objects.filter(pk__in=[piece.pk for piece in paying.instead_of]).update(exchanged_in=purchase)
    came_back = sum((piece.price for piece in paying.instead_of), payments.NOTHING)
    _pay(purchase, sum((line.price for line in lines), payments.NOTHING) - came_back, paying)


def _pay(purchase: Purchase, to_pay: Decimal, paying: Paying) -> None:
    """Certificates are locked last, after client, account and right, as everywhere."""
    parts = certificates_acts.hold(paying.certificates, max(payments.NOTHING, to_pay), on=purchase.sold_on)
    paid = payments.settled(paying.tenders, to_pay, sum((part.sum for part in parts), payments.NOTHING))
    if paid:
        payments.save(purchase, paid)
    if parts:
        certificates_acts.spend(parts, purchase.loyalty_key, on=purchase.sold_on, by=purchase.seller)


def _billed(lines: Sequence[PieceLine], quote: Quote) -> list[PieceLine]:
    return [
        line._replace(price=Decimal(told.paid) / UNIT, discount=Decimal(told.tag - told.paid) / UNIT, earned=told.earns)
        for line, told in zip(lines, quote.bill.lines, strict=True)
    ]


def _renew(purchase: Purchase) -> None:
    if purchase.client_id:
        derived.refresh([purchase.client_id], days=[purchase.sold_on])
    else:
        derived.mark_without_card(purchase.store_id, purchase.sold_on)


def _call_off(purchase: Purchase) -> None:
    """Whoever has just bought is not asked to come."""
    now = timezone.now()
    if purchase.client_id and halting.is_fresh(purchase.sold_on, now):
        halting.halt([purchase.client_id], now=now)


def _held(purchase: Purchase) -> Purchase:
    """The receipt as it stands now, locked after its client, another version from now on.

    Raises VoidedError, StaleReceiptError where it became another client's this very moment.
    """
    standing = Purchase.written.select_related("client", "store").get(pk=purchase.pk)
    lock(standing.client)
    if not Purchase.objects.filter(pk=purchase.pk).update(version=F("version") + 1):
        raise VoidedError
    if not Purchase.objects.filter(pk=purchase.pk, client=standing.client_id).exists():
        raise StaleReceiptError
    standing.version += 1
    return standing


def _save_lines(purchase: Purchase, lines: Sequence[PieceLine]) -> list[Piece]:
    seen: Counter[tuple[str, Decimal]] = Counter()
    pieces = []
    for line in lines:
        seen[line.article, line.price] += 1
        pieces.append(
            Piece(
                purchase=purchase,
                article=line.article,
                kind=line.kind,
                price=line.price,
                discount=line.discount,
                tariff=line.tariff,
                earned=line.earned,
                occurrence=seen[line.article, line.price],
            )
        )
    made: list[Piece] = bulk_create_with_history(pieces, Piece, default_user=purchase.seller)
    uins = [Uin(piece=piece, number=uin) for piece, line in zip(made, lines, strict=True) for uin in line.uins]
    if uins:
        Uin.objects.bulk_create(uins)
    return made


@transaction.atomic
def return_pieces(
    purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None, on: date | None = None, in_exchange: bool = False
) -> int:
    """Mark pieces of a receipt as returned on a day. Returns how many. Raises as ``take_back``."""
    take_back(purchase, pieces, by=by, on=on, in_exchange=in_exchange)
    return len(pieces)


@transaction.atomic
def take_back(
    purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None, on: date | None = None, in_exchange: bool = False
) -> Settled | None:
    """As ``return_pieces``. Returns what came of the receipt's bonuses; None where it had none.

    ``in_exchange``: their money stays for other pieces.

    Raises AlreadyReturnedError if one of them came back before, VoidedError; nothing changes then.
    """
    return _return(purchase, pieces, by=by, on=on, in_exchange=in_exchange)[1]


class GoesBack(NamedTuple):
    """What a return gives to the client: money, what goes back to certificates, bonuses they had spent; and what it takes:
    bonuses earned, those owed among them.
    """

    pieces: int
    money: Decimal
    to_certificates: Decimal = Decimal(0)
    given_back: int = 0
    revoked: int = 0
    owed: int = 0


def preview_return(purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None) -> GoesBack:
    """What returning pieces today would give and take: it is done and taken back. Raises as ``return_pieces``."""
    with transaction.atomic():
        told, _came = _return(purchase, pieces, by=by)
        transaction.set_rollback(True)
    return told


def _return(
    purchase: Purchase, pieces: Collection[Piece], *, by: Employee | None, on: date | None = None, in_exchange: bool = False
) -> tuple[GoesBack, Settled | None]:
    purchase = _held(purchase)
    wanted = {piece.pk for piece in pieces}
    locked = list(purchase.pieces.select_for_update().filter(pk__in=wanted, returned_on=None))
    if len(locked) != len(wanted):
        raise AlreadyReturnedError
    for piece in locked:
        piece.returned_on, piece.exchanged_in = on or purchase.store.today(), None
    bulk_update_with_history(locked, Piece, ["returned_on", "exchanged_in"], default_user=by, default_change_reason="returned")
    noticing.returned(locked, in_exchange=in_exchange)
    came = bonuses.follow(purchase, by=by, on=on or purchase.store.today())
    day = on or purchase.store.today()
    back = payments.NOTHING if in_exchange else payments.follow(purchase, by=by, on=day)
    _renew(purchase)
    if purchase.client_id and locked:
        halting.returned(purchase.client_id, on=day, now=timezone.now())
    money = sum((piece.price for piece in locked), payments.NOTHING) - back
    return GoesBack(len(locked), money, back, *(came[1:] if came else ())), came


@transaction.atomic
def undo_return(purchase: Purchase, *, by: Employee | None, of: Collection[int] | None = None) -> int:
    """Take back the returns of a receipt that were marked today by mistake, but exchanges. Returns how many.

    ``of``: those of these pieces instead, on whatever day they came back. An exchange is undone by voiding its receipt. Raises
    VoidedError, CertificateRefusedError.
    """
    purchase = _held(purchase)
    meant = Q(returned_on=purchase.store.today()) if of is None else Q(pk__in=of, returned_on__isnull=False)
    pieces = list(purchase.pieces.select_for_update().filter(meant, exchanged_in=None))
    for piece in pieces:
        piece.returned_on = None
    if pieces:
        bulk_update_with_history(pieces, Piece, ["returned_on"], default_user=by, default_change_reason="return undone")
        noticing.undone(pieces, on=purchase.store.today())
    bonuses.follow(purchase, by=by, on=purchase.store.today())
    payments.follow(purchase, by=by, on=purchase.store.today())
    _renew(purchase)
    if purchase.client_id and pieces:
        halting.return_undone(purchase.client_id, now=timezone.now())
    return len(pieces)

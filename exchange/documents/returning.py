"""A till's return: the sale that it is of, the pieces that come back, and what comes of their bonuses."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from clients.models import Client
from clients.writing.identities import identity
from exchange.documents import finding
from exchange.documents.contract import FiscalPart, Of, Return
from exchange.documents.finding import WaitsError
from exchange.documents.selling import day_at, fiscal_of, key_of_fiscal, key_of_sale, refuse_second_text
from exchange.models import DocumentState, TillDocument, Wait
from exchange.models.documents import DocumentQuerySet
from loyalty.pricing import UNIT, spread
from purchases import services, tills
from purchases.models import FiscalDocument, FiscalOperation, Piece, Purchase
from stores.models import Store
from stores.texts.writing import money

Wanted = tuple[str, Decimal]
NO_BONUSES = {"bonus_given_back": "0", "revoked": "0", "owed": "0"}


class Plan(NamedTuple):
    """A return whose sale is found. ``told``: another source told of the same return before."""

    said: Return
    store: Store
    client: Client | None
    purchase: Purchase
    day: date
    wanted: list[Wanted]
    told: dict[str, Any] | None = None


def plan(document: TillDocument, said: Return) -> Plan:
    """What a return means, and of which sale it is. Raises WaitsError."""
    refuse_second_text(document)
    store = finding.store_of(said.store, document.source)
    day = day_at(store, said)
    wanted = list(_wanted(said))
    if known := _known(said.fiscal):
        return Plan(said, store, known.purchase.client, known.purchase, day, wanted, _told_before(known))
    purchase = _sale(document, said, wanted, day)
    return Plan(said, store, purchase.client, purchase, day, wanted)


def _wanted(said: Return) -> Iterable[Wanted]:
    """The pieces that come back, each by its article and what was paid for it."""
    for line in said.lines:
        for part in spread(int(line.paid * UNIT), [1] * line.quantity) if line.paid else [0] * line.quantity:
            yield identity(line.article), Decimal(part) / UNIT


def _known(part: FiscalPart | None) -> FiscalDocument | None:
    fiscal = fiscal_of(part)
    known = (
        FiscalDocument.objects.filter(fn=fiscal.fn, fd=fiscal.fd).select_related("purchase__client").first() if fiscal else None
    )
    if known and known.operation != FiscalOperation.RETURN:
        raise WaitsError(Wait.FISCAL, str(known))
    return known


def _returns(purchase: Purchase) -> DocumentQuerySet:
    """Returns of a receipt that documents told of."""
    told: DocumentQuerySet = TillDocument.objects.filter(
        purchase=purchase, operation=FiscalOperation.RETURN, state=DocumentState.APPLIED
    )
    return told


def _told_before(known: FiscalDocument) -> dict[str, Any]:
    """What was told of a return that comes again under its fiscal number."""
    before = [one.outcome for one in _returns(known.purchase) if one.outcome.get("_fiscal") == str(known)]
    return before[0] if before else {"purchase": known.purchase_id} | NO_BONUSES


def _sale(document: TillDocument, said: Return, wanted: list[Wanted], day: date) -> Purchase:
    """By a person's word, by the number that the till gave its sale, by the fiscal pair, or the one that alone can be meant."""
    receipts = Purchase.written.select_related("client", "store")
    if meant := document.decided.get("purchase"):
        return receipts.get(pk=meant)
    if said.of:
        return receipts.get(pk=_named(document, said.of))
    client = finding.client_of(said.client)
    fitting = finding.sold_to(client, wanted, day) if client else []
    if len(fitting) != 1:
        raise WaitsError(Wait.WHICH_SALE, ", ".join(article for article, _price in wanted))
    return receipts.get(pk=fitting[0])


def _named(document: TillDocument, of: Of) -> int:
    """The receipt that a return names. Raises WaitsError where it has not come yet."""
    if of.fiscal:
        fn, fd = of.fiscal.key()
        if known := FiscalDocument.objects.filter(fn=fn, fd=fd, operation=FiscalOperation.SALE).first():
            return known.purchase_id
    if of.id:
        sales = TillDocument.objects.filter(
            source=document.source_id, external_id=of.id, operation=FiscalOperation.SALE, state=DocumentState.APPLIED
        ).exclude(purchase=None)
        if mine := sorted(sales, key=lambda one: one.till != document.till):
            return mine[0].purchase_id or 0
    waits_for = key_of_sale(document, of.id) if of.id else key_of_fiscal(of.fiscal) if of.fiscal else ""
    raise WaitsError(Wait.SALE, of.id or waits_for.partition(":")[2], waits_for)


def write(document: TillDocument, plan: Plan) -> tuple[Purchase, dict[str, Any]]:
    """The return, inside the caller's transaction, the client locked. Raises WaitsError."""
    if plan.told is not None:
        return plan.purchase, plan.told
    if plan.purchase.is_voided:
        raise WaitsError(Wait.VOIDED, str(plan.purchase))
    told = {"purchase": plan.purchase.pk, "returned": len(plan.wanted)} | NO_BONUSES
    if fiscal := fiscal_of(plan.said.fiscal):
        tills.write_fiscal(plan.purchase, FiscalOperation.RETURN, fiscal)
        told |= {"_fiscal": f"{fiscal.fn}/{fiscal.fd}"}
    pieces = list(plan.purchase.pieces.order_by("pk"))
    ours, others = _told_of(document, plan)
    there = _fitting([one for one in pieces if one.returned_on == plan.day and one.pk not in ours], plan.wanted)
    if there:
        keys = [piece.pk for piece in there]
        return plan.purchase, {
            **told,
            **next((others[key] for key in keys if key in others), {}),
            "_pieces": keys,
            "_made": False,
        }
    back = _fitting([piece for piece in pieces if piece.returned_on is None], plan.wanted)
    if not back:
        raise WaitsError(Wait.PIECES, ", ".join(f"{article} {money(price)}" for article, price in plan.wanted))
    came = services.take_back(plan.purchase, back, by=None, on=plan.day)
    moved = {"bonus_given_back": str(came.given_back), "revoked": str(came.revoked), "owed": str(came.owed)} if came else {}
    return plan.purchase, {**told, **moved, "_pieces": [piece.pk for piece in back]}


def _fitting(pieces: list[Piece], wanted: list[Wanted]) -> list[Piece]:
    """The pieces that are meant, all of them or none."""
    missing, found = Counter(wanted), []
    for piece in pieces:
        if missing[key := (identity(piece.article), piece.price)] > 0:
            missing[key] -= 1
            found.append(piece)
    return found if len(found) == len(wanted) else []


def _told_of(document: TillDocument, plan: Plan) -> tuple[set[int], dict[int, dict[str, Any]]]:
    """Pieces whose return this source told of before, and those of other sources with what they were told of it.

    What came back by a seller's hand is told of by nobody.
    """
    ours: set[int] = set()
    others: dict[int, dict[str, Any]] = {}
    for other in _returns(plan.purchase).exclude(pk=document.pk):
        keys = other.outcome.get("_pieces", [])
        if other.source_id == document.source_id:
            ours |= set(keys)
        else:
            others |= dict.fromkeys(keys, other.outcome)
    return ours, others

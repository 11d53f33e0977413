"""A till's sale: what its words mean, which receipt of the base it is, and the receipt that it becomes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q
from django.utils.translation import gettext as _

from catalogue.kinds import Tariff
from clients.models import Client
from clients.writing.identities import identity, writings
from exchange.documents import finding
from exchange.documents.contract import FiscalPart, Sale, SoldLine
from exchange.documents.finding import WaitsError
from exchange.models import DocumentState, TillDocument, Wait
from loyalty import reservations
from loyalty import selectors as loyalty_selectors
from loyalty.models import Right, RightUse
from loyalty.offers.acts import RightRefusedError
from loyalty.offers.words import words_of
from loyalty.pricing import UNIT, Refused, spread
from messaging import errands
from purchases import services, till_bonuses, tills
from purchases.correcting import acts, contents
from purchases.models import FiscalDocument, FiscalOperation, NoCardReason, Purchase
from purchases.payments import TenderLine
from purchases.services import PieceLine
from purchases.till_bonuses import Taken
from purchases.tills import Fiscal, Happened
from stores import rules
from stores.models import Employee, Store
from stores.texts.writing import money


class Plan(NamedTuple):
    """A sale whose words are understood."""

    said: Sale
    store: Store
    seller: Employee | None
    client: Client | None
    day: date
    lines: list[PieceLine]
    taken: list[Taken]
    right: Right | None = None

    @property
    def fiscal(self) -> Fiscal | None:
        return fiscal_of(self.said.fiscal)


def fiscal_of(part: FiscalPart | None) -> Fiscal | None:
    return Fiscal(*part.key(), part.fp or "") if part else None


def key_of_sale(document: TillDocument, external_id: str = "") -> str:
    """What a return of this source waits for, that names a sale by its number."""
    return f"sale:{document.source_id}:{external_id or document.external_id}"


def key_of_fiscal(part: FiscalPart) -> str:
    return "fiscal:{}/{}".format(*part.key())


def plan(document: TillDocument, said: Sale) -> Plan:
    """What a sale means. Raises WaitsError."""
    refuse_second_text(document)
    store = finding.store_of(said.store, document.source)
    day = day_at(store, said)
    seller = finding.seller_of(said.seller, document.source)
    pairs = [pair for line in said.lines for pair in _pieces(line, document, by_piece=said.is_by_piece)]
    _refuse_unbelievable(document, [line for line, _taken in pairs])
    client = _client(document, said)
    return Plan(
        said, store, seller, client, day, [line for line, _taken in pairs], [taken for _line, taken in pairs], _right(said)
    )


def _right(said: Sale) -> Right | None:
    """The coupon; none where nobody knows its code: what was taken off by it was taken off by hand."""
    try:
        return finding.right_of(said.rights)
    except WaitsError:
        return None


def refuse_second_text(document: TillDocument) -> None:
    """A document that came before with another text is a person's to compare. Raises WaitsError."""
    same = TillDocument.objects.readable().filter(source=document.source_id, till=document.till, external_id=document.external_id)
    if same.exclude(pk=document.pk).filter(Q(state=DocumentState.APPLIED) | Q(pk__lt=document.pk)).exists():
        raise WaitsError(Wait.DIFFERS)


def day_at(store: Store, said: Any) -> date:
    """The store's day of a moment. Raises WaitsError where it is still to come."""
    day = store.today(said.at)
    if day > store.today():
        raise WaitsError(Wait.FUTURE, said.at.isoformat())
    return day


def _pieces(line: SoldLine, document: TillDocument, *, by_piece: bool) -> list[tuple[PieceLine, Taken]]:
    """The pieces of a line: its sums over them, to the kopeck, bonuses whole; its UINs one after another."""
    times = line.quantity
    kind = finding.kind_of(line, document.source)
    bonus = _shares(line.taken("bonus"), times, 1, by_piece=by_piece)
    tier = _shares(line.taken("tier"), times, UNIT, by_piece=by_piece)
    right = _shares(line.taken("right"), times, UNIT, by_piece=by_piece)
    paid = _shares(line.paid, times, UNIT, by_piece=by_piece)
    off = sum((one.sum for one in line.deductions), Decimal(0))
    tag = _shares(line.paid + off if line.tag is None else line.tag, times, UNIT, by_piece=by_piece)
    less = [max(tag[at] - paid[at], tier[at] + bonus[at] + right[at]) for at in range(times)]
    return [
        (
            PieceLine(line.article, kind, paid[at], less[at], tuple(line.uins[at::times]), Tariff(line.tariff)),
            Taken(tier[at], int(bonus[at]), right[at]),
        )
        for at in range(times)
    ]


def _shares(whole: Decimal, times: int, unit: int, *, by_piece: bool) -> list[Decimal]:
    if by_piece:
        return [whole] * times
    return [Decimal(part) / unit for part in spread(int(whole * unit), [1] * times)]


def _refuse_unbelievable(document: TillDocument, lines: Sequence[PieceLine]) -> None:
    """The chain's own bound alone: what a kind cost before depends on what came before."""
    highest = max(line.price for line in lines)
    if highest > rules.current().price_asked_twice and not document.decided.get("price"):
        raise WaitsError(Wait.PRICE, money(highest))


def _client(document: TillDocument, said: Sale) -> Client | None:
    """Whose receipt it is. Raises WaitsError where nobody has the card, and no phone is said."""
    found = finding.client_of(said.client)
    who = said.client
    if found or who is None or not who.card or finding.phone_of(who) or document.decided.get("no_card"):
        return found
    raise WaitsError(Wait.CARD, who.card, f"card:{who.card}")


def write(document: TillDocument, plan: Plan) -> tuple[Purchase, dict[str, Any]]:
    """The receipt, inside the caller's transaction, its client locked. Raises WaitsError."""
    there = _there_already(document, plan)
    purchase = _adopted(there, plan) if there else _sold(document, plan)
    proven = reservations.take(plan.said.quote) if plan.said.quote else 0
    return purchase, {**_told(purchase, plan), **_told_of_proof(plan, proven)}


def _sold(document: TillDocument, plan: Plan) -> Purchase:
    fiscal = plan.fiscal
    till_key = f"{fiscal.fn}/{fiscal.fd}" if fiscal else f"{document.source_id}/{document.till}/{document.external_id}"
    return services.sell(
        plan.lines,
        store=plan.store,
        seller=plan.seller,
        client=plan.client,
        no_card_reason="" if plan.client else NoCardReason.TILL,
        sold_on=plan.day,
        receipt_number=plan.said.number or "",
        form_key=uuid5(NAMESPACE_URL, f"till:{till_key}"),
        tenders=[TenderLine(part.by, part.sum) for part in plan.said.paid if part.sum],
        happened=Happened(plan.taken, till_key, fiscal, plan.right),
    )


def _there_already(document: TillDocument, plan: Plan) -> Purchase | None:
    """The receipt that this document is of: by its fiscal number, by a person's word, by number, articles and sum."""
    if plan.fiscal and (known := FiscalDocument.objects.filter(fn=plan.fiscal.fn, fd=plan.fiscal.fd).first()):
        if known.operation != FiscalOperation.SALE:
            raise WaitsError(Wait.FISCAL, str(known))
        return Purchase.written.get(pk=known.purchase_id)
    if meant := document.decided.get("purchase"):
        return Purchase.written.get(pk=meant)
    if document.decided.get("another") or not plan.said.number:
        return None
    others = [one for one in _numbered(plan) if not _is_another(one, document, plan)]
    if same := next((one for one in others if _agrees(one, plan)), None):
        return same
    if typed := next((one for one in others if not one.till_key), None):
        raise WaitsError(Wait.NUMBER, str(typed), f"purchase:{typed.pk}")
    return None


def _numbered(plan: Plan) -> list[Purchase]:
    number = plan.said.number or ""
    found = Purchase.objects.filter(store=plan.store, sold_on=plan.day, receipt_number__in=writings([number]))
    whole = found.prefetch_related("pieces", "fiscal_documents", "till_documents").order_by("pk")
    return [one for one in whole if identity(one.receipt_number or "") == identity(number)]


def _is_another(purchase: Purchase, document: TillDocument, plan: Plan) -> bool:
    """Two tills of a store print one number: so do two fiscal documents, and two documents of one source."""
    fiscal = any(one.operation == FiscalOperation.SALE for one in purchase.fiscal_documents.all())
    ours = any(
        one.source_id == document.source_id and one.operation == FiscalOperation.SALE for one in purchase.till_documents.all()
    )
    return ours or (fiscal and plan.fiscal is not None)


def _agrees(purchase: Purchase, plan: Plan) -> bool:
    """Whether it has these articles, and their sum."""
    pieces = list(purchase.pieces.all())
    articles = Counter(identity(piece.article) for piece in pieces) == Counter(identity(line.article) for line in plan.lines)
    return articles and sum(piece.price for piece in pieces) == sum(line.price for line in plan.lines)


def _adopted(purchase: Purchase, plan: Plan) -> Purchase:
    """A receipt that is there already takes what it did not know: fiscal number, client, bonuses that were spent."""
    if plan.fiscal and not FiscalDocument.objects.filter(fn=plan.fiscal.fn, fd=plan.fiscal.fd).exists():
        tills.write_fiscal(purchase, FiscalOperation.SALE, plan.fiscal)
    if purchase.is_voided:
        return purchase
    if plan.client and purchase.client_id is None:
        acts.attach_client(purchase, client=plan.client, version=purchase.version, by=None)
        purchase.refresh_from_db()
    return _with_taken(purchase, plan)


def _with_taken(purchase: Purchase, plan: Plan) -> Purchase:
    """What the till took off by bonuses and by a coupon, where the receipt says nothing of any; the coupon is used once."""
    is_ = contents.of(purchase)
    told = {one.source for piece in is_.pieces for one in piece.taken}
    sources = {"bonus"} if purchase.client_id and any(taken.bonuses for taken in plan.taken) else set()
    if "right" not in told and till_bonuses.use_at_till(purchase, plan.lines, plan.taken, plan.right):
        sources.add("right")
    if not sources - told:
        return purchase
    said: defaultdict[str, list[tuple[PieceLine, Taken]]] = defaultdict(list)
    for line, taken in zip(plan.lines, plan.taken, strict=True):
        said[identity(line.article)].append((line, taken))
    pieces = tuple(_with_its_taken(piece, said[identity(piece.article)], sources - told) for piece in is_.pieces)
    acts.correct(purchase, wanted=replace(is_, pieces=pieces), version=purchase.version, by=None)
    purchase.refresh_from_db()
    return purchase


def _with_its_taken(
    piece: contents.PieceFacts, said: list[tuple[PieceLine, Taken]], sources: Collection[str]
) -> contents.PieceFacts:
    """The piece with what was taken off the first line of its article that is still to be told."""
    if not said:
        return piece
    line, taken = said.pop(0)
    amounts = {"bonus": Decimal(taken.bonuses), "right": taken.right}
    more = [contents.Taken(source, str(amounts[source]), None) for source in sorted(sources) if amounts[source]]
    return piece._replace(discount=max(piece.discount, line.discount) if more else piece.discount, taken=(*piece.taken, *more))


def _told(purchase: Purchase, plan: Plan) -> dict[str, Any]:
    """What the till is told: the receipt, what it earned, what can be spent now; who owes bonuses gets a talk."""
    told: dict[str, Any] = {"purchase": purchase.pk, "voided": True} if purchase.is_voided else {"purchase": purchase.pk}
    told |= _told_of_right(purchase, plan)
    owed = till_bonuses.owed_for(purchase) if any(taken.bonuses for taken in plan.taken) else 0
    if owed and purchase.client:
        _talk_of_debt(purchase, plan.store, owed)
    terms = loyalty_selectors.terms_on(plan.day) if purchase.client_id else None
    if terms is None or purchase.client_id is None:
        return {**told, "earned": "0"}
    earned = sum(purchase.pieces.values_list("earned", flat=True))
    member = loyalty_selectors.member_of(purchase.client_id)
    return {
        **told,
        "earned": str(earned),
        **({"usable_from": (plan.day + timedelta(days=terms.delay_days)).isoformat()} if earned else {}),
        "balance": str(loyalty_selectors.spendable(member, plan.store.today())),
        **({"owed": str(owed)} if owed else {}),
    }


def _told_of_proof(plan: Plan, proven: int) -> dict[str, bool]:
    """Whether the client confirmed what was spent, where the terms want it; the receipt stands either way."""
    spent = sum(taken.bonuses for taken in plan.taken)
    terms = loyalty_selectors.terms_on(plan.day) if spent and plan.client else None
    return {"proven": proven >= spent} if terms and terms.wants_code(spent) else {}


def _told_of_right(purchase: Purchase, plan: Plan) -> dict[str, str]:
    """What became of that which the till took off by a coupon."""
    off = sum((taken.right for taken in plan.taken), Decimal(0))
    if not off:
        return {}
    if RightUse.objects.filter(receipt_key=purchase.loyalty_key).exists():
        return {"by_right": f"{off:.2f}"}
    why, right = Refused.UNKNOWN, plan.right
    if right is not None:
        right.refresh_from_db()
        pieces = list(purchase.pieces.order_by("pk"))
        why = till_bonuses.refused_at_till(right, purchase, pieces, plan.taken) if len(pieces) == len(plan.taken) else Refused.NOT
    return {"by_hand": f"{off:.2f}", "right_refused": words_of(RightRefusedError(why, right))}


def _talk_of_debt(purchase: Purchase, store: Store, owed: int) -> None:
    words = _("Bonuses were spent at the till that were there no more: %(owed)s are owed, receipt %(receipt)s.")
    assert purchase.client is not None  # noqa: S101 — the caller has looked
    errands.ask_for(
        purchase.client, store=store, occasion_key=f"owed:{purchase.pk}", reason=words % {"owed": owed, "receipt": purchase},
        script=_("Say it at the next visit: new bonuses pay the debt first, nothing is to be paid in money."),
        due_on=store.today(), is_service=True,
    )  # fmt: skip

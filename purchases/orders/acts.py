"""Writes about orders: taken, paid, moved, sold, cancelled. Each locks the client's row first, then the order's."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from catalogue.kinds import PieceKind
from clients.locking import lock, standing
from purchases import services
from purchases.models import Order, OrderPayment, OrderStatus, Purchase, TenderKind
from purchases.orders import telling
from purchases.orders.refusals import ClosedError, OrderMovedOnError, PrepaidMoreError, StepError, TooMuchBackError
from purchases.payments import NOTHING, TenderLine
from purchases.services import PieceLine
from stores import opened
from stores.models import Employee, Store
from stores.opened import Edit

Purpose = OrderPayment.Purpose
STEPS: dict[str, tuple[str, ...]] = {
    OrderStatus.NEW: (OrderStatus.ORDERED, OrderStatus.ASIDE, OrderStatus.ARRIVED),
    OrderStatus.ORDERED: (OrderStatus.ARRIVED, OrderStatus.NEW),
    OrderStatus.ASIDE: (OrderStatus.NEW,),
    OrderStatus.ARRIVED: (OrderStatus.ORDERED,),
}


def take(order: Order, *, by: Employee, prepaid: TenderLine | None = None) -> Order:
    """Save an order with its number and what is prepaid at once. The same ``form_key`` gives the first order again.

    Raises GoneError where the client was erased; nothing is saved then.
    """
    try:
        with transaction.atomic():
            order.client = standing(order.client) or order.client
            order.seller, order.taken_on = by, order.store.today()
            order.year, order.number = order.taken_on.year, _next_number(order.store, order.taken_on)
            order._history_user = by  # type: ignore[attr-defined]
            order.save()
            if prepaid and prepaid.sum:
                _enter(order, Purpose.PAID, prepaid.kind, prepaid.sum, by=by)
    except IntegrityError:
        again = Order.objects.filter(form_key=order.form_key).first()
        if again is None:
            raise
        return again
    return order


def _next_number(store: Store, day: date) -> int:
    """Counted anew each year, under a lock on the store."""
    Store.objects.select_for_update().get(pk=store.pk)
    last = Order.objects.filter(store=store, year=day.year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _held(order: Order) -> Order:
    """The order as it stands now, locked after its client. Raises ClosedError."""
    locked = _locked(order)
    if not locked.is_open:
        raise ClosedError
    return locked


def _locked(order: Order) -> Order:
    lock(order.client)
    return Order.objects.select_for_update(of=("self",)).select_related("client", "store").get(pk=order.pk)


def _enter(
    order: Order, purpose: str, kind: str, sum_: Decimal, *, by: Employee, reason: str = "", form_key: UUID | None = None
) -> None:
    """A payment, and what the order holds with it."""
    OrderPayment.objects.create(
        order=order,
        purpose=purpose,
        kind=kind,
        sum=sum_,
        reason=reason,
        paid_on=order.store.today(),
        seller=by,
        form_key=form_key or uuid4(),
    )
    order.held += sum_
    _save(order, ["held"], by)


def _save(order: Order, fields: Sequence[str], by: Employee) -> None:
    order._history_user = by  # type: ignore[attr-defined]
    order.save(update_fields=fields)


@transaction.atomic
def pay(order: Order, kind: str, sum_: Decimal, *, by: Employee, form_key: UUID | None = None) -> None:
    """Money that the client prepays. The same ``form_key`` is the same money. Raises ClosedError."""
    locked = _locked(order)
    if form_key and OrderPayment.objects.filter(form_key=form_key).exists():
        return
    if not locked.is_open:
        raise ClosedError
    _enter(locked, Purpose.PAID, kind, sum_, by=by, form_key=form_key)


@transaction.atomic
def refund(order: Order, kind: str, sum_: Decimal, *, reason: str, by: Employee, form_key: UUID | None = None) -> None:
    """Money that goes back to the client, with its reason. The same ``form_key`` is the same money.

    Raises ClosedError, TooMuchBackError; nothing changes then.
    """
    locked = _locked(order)
    if form_key and OrderPayment.objects.filter(form_key=form_key).exists():
        return
    if not locked.is_open:
        raise ClosedError
    if sum_ > locked.held:
        raise TooMuchBackError(locked.held)
    _enter(locked, Purpose.REFUNDED, kind, -sum_, reason=reason, by=by, form_key=form_key)


@transaction.atomic
def move(order: Order, status: str, *, by: Employee) -> Order:
    """Take an order to its next status, or one back. Raises ClosedError, StepError."""
    locked = _held(order)
    if status == locked.status:
        return locked
    if status not in STEPS[locked.status]:
        raise StepError(f"{locked.status} → {status}")
    was, locked.status = locked.status, status
    _save(locked, ["status"], by)
    if status == OrderStatus.ARRIVED:
        telling.tell_arrived(locked, now=timezone.now())
    elif was == OrderStatus.ARRIVED:
        telling.call_off(locked, now=timezone.now())
    return locked


@transaction.atomic
def correct(order: Order, edit: Edit, *, by: Employee) -> list[str]:
    """Put right what a person changed of piece, sum and due day; the history keeps what was there.

    Returns the changed fields. Raises ClosedError, PrepaidMoreError where more is held than it would cost,
    ChangedMeanwhileError; nothing changes then.
    """
    locked = _held(order)
    facts = edit.onto(opened.standing(locked, list(edit.wanted)))
    for name, value in facts.items():
        setattr(locked, name, value)
    if locked.held > locked.price:
        raise PrepaidMoreError(locked.held - locked.price)
    if facts:
        _save(locked, list(facts), by)
    return list(facts)


@transaction.atomic
def sell(
    order: Order,
    *,
    by: Employee,
    article: str = "",
    price: Decimal | None = None,
    rest: Sequence[TenderLine] = (TenderLine(TenderKind.CASH),),
    receipt_number: str = "",
) -> Purchase:
    """Make the order a receipt of its store: the prepayment is one of its tenders, ``rest`` is how what is left was paid.

    ``price`` is what the piece costs after all. An order that was sold gives its receipt again. Without a word about the rest
    it counts as cash. Raises ClosedError, PrepaidMoreError, PaymentsDifferError, ReceiptTakenError; nothing changes then.
    """
    locked = _locked(order)
    if locked.purchase and locked.status == OrderStatus.SOLD:
        return locked.purchase
    if not locked.is_open:
        raise ClosedError
    cost = locked.price if price is None else price
    if locked.held > cost:
        raise PrepaidMoreError(locked.held - cost)
    paid = [TenderLine(TenderKind.PREPAYMENT, locked.held), *rest]
    line = PieceLine(article or locked.article, PieceKind(locked.kind), cost)
    purchase = services.sell(
        [line], store=locked.store, seller=by, client=locked.client, receipt_number=receipt_number, tenders=paid
    )
    if locked.held:
        _enter(locked, Purpose.SPENT, TenderKind.PREPAYMENT, -locked.held, by=by)
    telling.call_off(locked, now=timezone.now())
    locked.status, locked.purchase, locked.closed_on = OrderStatus.SOLD, purchase, purchase.sold_on
    _save(locked, ["status", "purchase", "closed_on"], by)
    return purchase


@transaction.atomic
def cancel(order: Order, *, reason: str, by: Employee, back_by: str = TenderKind.CASH) -> Decimal:
    """Close an order and give back all that it holds. Returns what goes back. Raises ClosedError."""
    locked = _held(order)
    back = locked.held
    if back:
        _enter(locked, Purpose.REFUNDED, back_by, -back, reason=reason, by=by)
    telling.call_off(locked, now=timezone.now())
    locked.status, locked.cancel_reason, locked.closed_on = OrderStatus.CANCELLED, reason, locked.store.today()
    _save(locked, ["status", "cancel_reason", "closed_on"], by)
    return back


def unsell(purchase: Purchase, *, by: Employee) -> None:
    """The receipt of an order is void: the piece waits for its client again, with the prepayment that was spent."""
    order = _of_receipt(purchase).filter(status=OrderStatus.SOLD).first()
    if order is None:
        return
    order.status, order.closed_on = OrderStatus.ARRIVED, None
    _save(order, ["status", "closed_on"], by)
    if spent := _in_receipt(order):
        _enter(order, Purpose.UNSPENT, TenderKind.PREPAYMENT, spent, by=by)


def sell_again(purchase: Purchase, *, by: Employee) -> None:
    """A voided receipt stands again, and its order is sold by it. Raises OrderMovedOnError where the order went on without it."""
    order = _of_receipt(purchase).first()
    if order is None:
        if Order.history.filter(purchase_id=purchase.pk).exists():
            raise OrderMovedOnError
        return
    last = order.payments.filter(purpose=Purpose.UNSPENT).last()
    if not order.is_open or order.held != (last.sum if last else NOTHING):
        raise OrderMovedOnError
    if order.held:
        _enter(order, Purpose.SPENT, TenderKind.PREPAYMENT, -order.held, by=by)
    order.status, order.closed_on = OrderStatus.SOLD, purchase.sold_on
    _save(order, ["status", "closed_on"], by)


def _of_receipt(purchase: Purchase) -> QuerySet[Order]:
    return Order.objects.select_for_update(of=("self",)).select_related("store").filter(purchase=purchase)


def _in_receipt(order: Order) -> Decimal:
    """What of the prepayment went into the order's receipt."""
    parts = order.payments.filter(purpose__in=[Purpose.SPENT, Purpose.UNSPENT])
    return -Decimal(parts.aggregate(sum=Sum("sum", default=NOTHING))["sum"])

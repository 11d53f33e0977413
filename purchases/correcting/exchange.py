"""Pieces that come back, and others that are taken for them, in one step."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from clients.locking import lock
from purchases import payments, services
from purchases.models import Piece, Purchase
from purchases.payments import TenderLine
from purchases.services import PieceLine
from stores.models import Employee, Store


@transaction.atomic
def exchange(
    purchase: Purchase,
    pieces: Collection[Piece],
    lines: Sequence[PieceLine],
    *,
    store: Store,
    by: Employee,
    receipt_number: str = "",
    tenders: Sequence[TenderLine] = (),
    form_key: UUID | None = None,
    on: date | None = None,
) -> Purchase:
    """Return pieces of a receipt and sell others to the same client as one new receipt; the difference is what is to pay.

    A difference below zero is given back. The same ``form_key`` gives the first exchange again. Raises AlreadyReturnedError,
    VoidedError, ReceiptTakenError, PaymentsDifferError; nothing changes then.
    """
    purchase = Purchase.written.select_related("client").get(pk=purchase.pk)
    lock(purchase.client)
    key = form_key or uuid4()
    if again := Purchase.written.filter(form_key=key).first():
        return again
    day = on or store.today()
    services.return_pieces(purchase, pieces, by=by, on=day)
    sold = services.sell(
        lines,
        store=store,
        seller=by,
        client=purchase.client,
        no_card_reason=purchase.no_card_reason,
        sold_on=day,
        receipt_number=receipt_number,
        form_key=key,
        wearer=purchase.wearer,
        occasion=purchase.occasion,
    )
    Piece.objects.filter(pk__in=[piece.pk for piece in pieces]).update(exchanged_in=sold)
    payments.save(sold, payments.settled(tenders, payments.to_pay_of(sold)))
    return sold

"""Pieces that come back, and others that are taken for them, in one step."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from clients.locking import lock
from loyalty.models import Certificate, Right
from loyalty.pricing import Wish
from purchases import services
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
    spend: Wish = 0,
    proven: bool = False,
    right: Right | None = None,
    certificates: Sequence[Certificate] = (),
) -> Purchase:
    """Return pieces of a receipt and sell others to the same client as one new receipt; the difference is what is to pay.

    A difference below zero is given back. What is taken is sold as in ``services.sell``: a right takes something off, bonuses
    pay for a part, certificates pay of the difference what they can. The same ``form_key`` gives the first exchange again.
    Raises AlreadyReturnedError, VoidedError, and what ``services.sell`` does; nothing changes then.
    """
    purchase = Purchase.written.select_related("client").get(pk=purchase.pk)
    lock(purchase.client)
    key = form_key or uuid4()
    if again := Purchase.written.filter(form_key=key).first():
        return again
    day = on or store.today()
    services.return_pieces(purchase, pieces, by=by, on=day, in_exchange=True)
    return services.sell(
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
        tenders=tenders,
        spend=spend,
        proven=proven,
        right=right,
        certificates=certificates,
        instead_of=pieces,
    )

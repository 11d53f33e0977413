"""Inquiries that became receipts: found by a task and when a card is opened; the sale calls nothing. Public."""

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from clients.models import Client
from inquiries import left
from inquiries.models import Inquiry, State
from messaging import halting
from messaging.models import Reason
from purchases.models import Purchase

BATCH = 1_000


def recognise() -> int:
    """Give inquiries of people who have got a card since to that card, by phone or e-mail. Returns how many; three queries."""
    waiting = list(Inquiry.objects.open().filter(client=None).exclude(phone="", email="")[:BATCH])
    cards = Client.objects.live()
    by_phone = {card.phone: card for card in cards.filter(phone__in=[one.phone for one in waiting if one.phone])}
    by_email: dict[str, list[Client]] = {}
    for card in cards.filter(email__in=[one.email for one in waiting if one.email]):
        by_email.setdefault(card.email or "", []).append(card)
    known = 0
    for inquiry in waiting:
        alone = by_email.get(inquiry.email, [])
        client = by_phone.get(inquiry.phone) or (alone[0] if len(alone) == 1 else None)
        if client:
            known += Inquiry.objects.filter(pk=inquiry.pk, client=None).update(client=client)
    return known


def settle(client: int | None = None) -> int:
    """Mark as won what became a receipt within its 60 days, and take that back where the receipt was voided.

    Of one client, or of all. Returns how many changed. Two queries and one a change.
    """
    of = Inquiry.objects.filter(client__isnull=False) if client is None else Inquiry.objects.filter(client=client)
    changed = _take_back(of)
    after = Q(sold_on__gt=OuterRef("came_on")) | Q(sold_on=OuterRef("came_on"), created_at__gte=OuterRef("created_at"))
    bought = Purchase.objects.kept().filter(after, client=OuterRef("client"), sold_on__lte=OuterRef("won_until"))
    open_ = of.exclude(state=State.WON).filter(erased_at=None)
    won = open_.annotate(found=Subquery(bought.order_by("sold_on", "pk").values("pk")[:1])).exclude(found=None)
    for pk, purchase in won.values_list("pk", "found")[:BATCH]:
        changed += _win(pk, purchase)
    return changed


@transaction.atomic
def _win(pk: int, purchase: int) -> int:
    """What programs were about to say of it is called off, also where the receipt is too old to have done so itself."""
    inquiry = Inquiry.objects.select_related("client").get(pk=pk)
    if inquiry.client:
        halting.lock(inquiry.client)
    left.call_off(inquiry, now=timezone.now(), reason=Reason.BOUGHT)
    won = {"state": State.WON, "purchase": purchase, "lost_reason": "", "next_on": None, "step_at": timezone.now()}
    return Inquiry.objects.filter(pk=pk).exclude(state=State.WON).update(**won, steps=F("steps") + 1)


def _take_back(of: models.QuerySet[Inquiry]) -> int:
    """A receipt that was voided sold nothing."""
    void = Purchase.written.voided().filter(pk=OuterRef("purchase"))
    return of.filter(models.Exists(void), state=State.WON).update(state=State.CONTACTED, purchase=None)

"""A card with all that one row can tell of it: habits, visit days, and which of its parts there are at all.

Most cards have no order, no pause, no conflict: each part is asked for where the card's own row says that there is something.
"""

import json
from datetime import date
from typing import Any, NamedTuple, cast

from django.db.models import BigAutoField, Case, CharField, DateField, Exists, F, OuterRef, Q, Subquery, Value, When

from campaigns.models import Quiet
from clients.models import Client, Consent, ContactBeside, ContactConflict, ContactProof, Kin, Merge, Occasion, Purpose, Wearer
from inquiries.models import Appointment, Inquiry
from loyalty.models import LoyaltyCard, Member, ReferralTerms, Right, Terms
from messaging import selectors as messaging_selectors
from messaging.models import Chat, Errand, Message, Pause
from purchases.models import Companion, Order, Piece, Purchase
from stores.bases.json_rows import JsonRows
from stores.bases.prepared import Given, Prepared
from visits.models import CHAIN, TypicalInterval, Visit
from workshop.models import ServiceRequest

SHOWN = 20  # receipts on the time line; the others at a wish


def _parts() -> dict[str, Any]:
    """Of each part of the card, what must be there for it to show anything."""
    of_card, day = {"client": OuterRef("pk")}, cast(date, Given("day", DateField()))
    account = Member.objects.present().filter(client=OuterRef(OuterRef("pk"))).values("account")
    return {
        "beside": ContactBeside.objects.filter(**of_card),
        "met_elsewhere": _elsewhere(),
        "beside_others": ContactBeside.objects.kept().filter(Q(value=OuterRef("phone")) | Q(value=OuterRef("email"))),
        "household": Kin.objects.filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk"))),
        "orders": Order.objects.open().filter(**of_card),
        "appointments": Appointment.objects.booked().filter(**of_card),
        "wished": Inquiry.objects.open().filter(**of_card),
        "occasions": Occasion.objects.filter(**of_card),
        "wearers": Wearer.objects.filter(**of_card),
        "quiet": Quiet.objects.on(day),
        "pauses": Pause.objects.live(day).filter(**of_card),
        "proofs": ContactProof.objects.filter(**of_card),
        "conflicts": ContactConflict.objects.filter(**of_card, decision=ContactConflict.Decision.OPEN),
        "merge": Merge.objects.filter(survivor=OuterRef("pk"), undone_at=None),
        "data_word": Consent.objects.filter(**of_card, purpose=Purpose.PERSONAL_DATA),
        "taken_back": Consent.objects.filter(**of_card, purpose=Purpose.PERSONAL_DATA, given=False),
        "services": ServiceRequest.objects.filter(**of_card),
        "messages": messaging_selectors.told(Message.objects.filter(**of_card)),
        "chats": Chat.objects.filter(**of_card),
        "errands": Errand.objects.filter(**of_card, outcome=Errand.Outcome.OPEN),
        "offers": Right.objects.open_on(day).filter(**of_card),
        "terms": Terms.objects.live_on(day).order_by(),
        "friends": ReferralTerms.objects.live_on(day).order_by(),
        "companions": Companion.objects.standing(),
        "plastic": LoyaltyCard.objects.filter(account__in=account),
    }


def _elsewhere() -> Any:
    """Live cards of others with this card's e-mail; a main phone is on one card alone."""
    return Client.objects.live().filter(email=OuterRef("email")).exclude(pk=OuterRef("pk"))


def _card() -> Any:
    typical = TypicalInterval.objects.filter(kind=OuterRef("typical_kind")).values("clients")
    days = Visit.objects.filter(client=OuterRef("pk"), scope=CHAIN).order_by("day")
    own_kind = Case(When(rhythm__rule="kind", then=F("activity__first_kind")), default=Value(""), output_field=CharField())
    return (
        Client.objects.filter(pk=Given("client", BigAutoField()))
        .select_related("home_store", "registered_by", "heard_from", "activity", "rhythm")
        .annotate(typical_kind=own_kind)
        .annotate(
            typical_clients=Subquery(typical),
            visit_days_told=JsonRows(days, "day", "items"),
            **{f"has_{name}": Exists(rows) for name, rows in _parts().items()},
        )
    )


def _receipts() -> Any:
    receipts = Purchase.written.filter(client=Given("client", BigAutoField())).order_by("-sold_on", "-pk")
    return receipts.select_related("store", "wearer")[: SHOWN + 1]


def _pieces() -> Any:
    newest = Purchase.written.filter(client=Given("client", BigAutoField())).order_by("-sold_on", "-pk").values("pk")
    return Piece.objects.filter(purchase__in=newest[: SHOWN + 1]).order_by("pk")


_CARD: Prepared[Any] = Prepared(_card)
_RECEIPTS: Prepared[Purchase] = Prepared(_receipts)
_PIECES: Prepared[Piece] = Prepared(_pieces)


class Told(NamedTuple):
    """A day on which the client came, and how many pieces they kept of it."""

    day: date
    items: int


def card_of(pk: int, day: date) -> Any:
    """The card as of a day of the chain, or None. One query."""
    return _CARD.one(client=pk, day=day)


def visit_days(card: Any) -> list[Told]:
    """When the client came, the first day first; no query."""
    return [Told(date.fromisoformat(day), items) for day, items in json.loads(card.visit_days_told or "[]")]


def newest_receipts(client: int) -> list[Purchase]:
    """The newest receipts with their pieces, voided ones too: one more than are shown, if there are. Two queries."""
    receipts = _RECEIPTS.rows(client=client)
    pieces: dict[int, list[Piece]] = {}
    for piece in _PIECES.rows(client=client) if receipts else []:
        pieces.setdefault(piece.purchase_id, []).append(piece)
    for receipt in receipts:
        receipt.lines = pieces.get(receipt.pk, [])  # type: ignore[attr-defined]
        receipt.kept_sum = sum(piece.price for piece in receipt.lines if piece.returned_on is None)  # type: ignore[attr-defined]
    return receipts

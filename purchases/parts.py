"""What purchases keep about clients."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from clients import moving
from messaging.models import Errand, Hold, Message
from portal.models import Review
from purchases import holdings
from purchases.listing import waiting
from purchases.models import Purchase
from visits import derived
from workshop import telling
from workshop.models import PriceOffer, ServiceRequest

TABLES = (Purchase, ServiceRequest, Review)


class PurchasesPart:
    """The ``ClientPart`` of purchases: what a client bought and brought in, and lines that wait for their card."""

    def appeared(self, clients: Collection[int]) -> None:
        """Give these cards the lines that waited for them. One query when nothing waits."""
        waiting.attach(clients)

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Clients with purchases or services."""
        held = {pk: "services" for (pk,) in ServiceRequest.objects.filter(client__in=clients).values_list("client")}
        return held | {pk: "purchases" for (pk,) in Purchase.objects.filter(client__in=clients).values_list("client")}

    def counted(self, client: int) -> dict[str, int]:
        """One query each."""
        return {
            _("purchases"): Purchase.objects.filter(client=client).count(),
            _("services"): ServiceRequest.objects.filter(client=client).count(),
        }

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Everything moves; the derived rows of both are made anew."""
        moved = moving.move_rows(TABLES, absorbed, survivor)
        derived.refresh([absorbed, survivor])
        return moved

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """What was bought and brought in since stays where it was written down, but for what is clearly the absorbed card's."""
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        _give_what_came_since(absorbed, survivor)
        derived.refresh([absorbed, survivor])

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return holdings.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        return holdings.reason_not_to_erase(client)

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        waiting.forget(client, contacts)
        return holdings.erase(client)


def _give_what_came_since(absorbed: int, survivor: int) -> None:
    """Pieces that came back under a warranty of the absorbed card's, receipts for its people, and what was said of all these."""
    while ServiceRequest.objects.filter(client=survivor, warranty_of__client=absorbed).update(client=absorbed):
        pass  # a piece may have come back more than once
    Purchase.objects.filter(client=survivor, wearer__client=absorbed).update(client=absorbed)
    Review.objects.filter(Q(request__client=absorbed) | Q(purchase__client=absorbed), client=survivor).update(client=absorbed)
    reviews = Review.objects.filter(client=absorbed)
    Hold.objects.filter(pk__in=reviews.values("hold"), client=survivor).update(client=absorbed)
    requests = ServiceRequest.objects.filter(client=absorbed).values_list("pk", flat=True)
    beginnings = [f"{about}:{pk}:" for pk in requests for about in ("ready", "waits")]
    beginnings += [telling.about_price(offer) for offer in PriceOffer.objects.filter(request__client=absorbed)]
    about = Q(occasion_key__in=[f"review:{pk}" for pk in reviews.values_list("pk", flat=True)])
    for beginning in beginnings:
        about |= Q(occasion_key__startswith=beginning)
    for table in (Message, Errand):
        table.objects.filter(about, client=survivor).update(client=absorbed)

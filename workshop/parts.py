"""What the service desk keeps about clients."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from messaging.models import Errand, Message
from visits import derived
from workshop import holdings, telling
from workshop.models import PriceOffer, ServiceRequest

TABLES = (ServiceRequest,)


class WorkshopPart:
    """The ``ClientPart`` of the service desk: what a client brought in."""

    stays: ClassVar[Mapping[str, str | Promise]] = {"services": gettext_lazy("the card stays: it has service requests")}

    def appeared(self, clients: Collection[int]) -> None:
        """Lines of lists wait with the receipts."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        return {pk: "services" for (pk,) in ServiceRequest.objects.filter(client__in=clients).values_list("client")}

    def counted(self, client: int) -> dict[str, int]:
        """One query."""
        return {_("services"): ServiceRequest.objects.filter(client=client).count()}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Everything moves; the derived rows of both are made anew."""
        moved = moving.move_rows(TABLES, absorbed, survivor)
        derived.refresh([absorbed, survivor])
        return moved

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """What was brought in since stays where it was written down, but for what is clearly the absorbed card's."""
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        _give_what_came_since(absorbed, survivor)
        derived.refresh([absorbed, survivor])

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return holdings.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        return holdings.reason_not_to_erase(client)

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        return holdings.erase(client)


def _give_what_came_since(absorbed: int, survivor: int) -> None:
    """Pieces that came back under a warranty of the absorbed card's, and what was said of all these."""
    while ServiceRequest.objects.filter(client=survivor, warranty_of__client=absorbed).update(client=absorbed):
        pass  # a piece may have come back more than once
    requests = ServiceRequest.objects.filter(client=absorbed).values_list("pk", flat=True)
    beginnings = [f"{about}:{pk}:" for pk in requests for about in ("ready", "waits")]
    beginnings += [telling.about_price(offer) for offer in PriceOffer.objects.filter(request__client=absorbed)]
    about = Q(pk__in=[])
    for beginning in beginnings:
        about |= Q(occasion_key__startswith=beginning)
    for table in (Message, Errand):
        table.objects.filter(about, client=survivor).update(client=absorbed)

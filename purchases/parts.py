"""What purchases keep about clients."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext as _

from clients import moving
from purchases import derived, holdings, waiting
from purchases.models import Purchase, Review, ServiceRequest

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
        """What was bought and brought in since the merge stays where it was written down."""
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        derived.refresh([absorbed, survivor])

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return holdings.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        return holdings.reason_not_to_erase(client)

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        waiting.forget(client, contacts)
        return holdings.erase(client)

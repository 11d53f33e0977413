"""What receipts keep about clients."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from purchases import holdings
from purchases.listing import waiting
from purchases.models import Order, Purchase
from visits import derived

TABLES = (Purchase, Order)


class PurchasesPart:
    """The ``ClientPart`` of receipts: what a client bought and ordered, and lines that wait for their card."""

    stays: ClassVar[Mapping[str, str | Promise]] = {
        "purchases": gettext_lazy("the card stays: it has purchases"),
        "orders": gettext_lazy("the card stays: it has orders"),
    }

    def appeared(self, clients: Collection[int]) -> None:
        """Give these cards the lines that waited for them. One query when nothing waits."""
        waiting.attach(clients)

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        ordered = {pk: "orders" for (pk,) in Order.objects.filter(client__in=clients).values_list("client")}
        return ordered | {pk: "purchases" for (pk,) in Purchase.written.filter(client__in=clients).values_list("client")}

    def counted(self, client: int) -> dict[str, int]:
        """Two queries."""
        bought, ordered = Purchase.objects.filter(client=client).count(), Order.objects.filter(client=client).count()
        return {_("purchases"): bought, _("orders"): ordered}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Everything moves; the derived rows of both are made anew."""
        moved = moving.move_rows(TABLES, absorbed, survivor)
        derived.refresh([absorbed, survivor])
        return moved

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """What was bought since stays where it was written down, but for what was for the absorbed card's people."""
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        Purchase.written.filter(client=survivor, wearer__client=absorbed).update(client=absorbed)
        derived.refresh([absorbed, survivor])

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return holdings.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        """Receipts never stand against it."""
        return holdings.reason_not_to_erase(client)

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        waiting.forget(client, contacts)
        return holdings.erase(client)

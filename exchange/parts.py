"""What documents of tills say of clients."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clients import moving
from exchange.documents import intake
from exchange.models import TillDocument


class ExchangePart:
    """The ``ClientPart`` of documents: they belong to receipts, and say a phone or the number of a card."""

    stays: ClassVar[Mapping[str, str | Promise]] = {}

    def appeared(self, clients: Collection[int]) -> None:
        """A sale that waited for its client is given them by a task."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """What documents made is the receipts'."""
        return {}

    def counted(self, client: int) -> dict[str, int]:
        """One query."""
        return {_("documents of tills"): _of(client, []).count()}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Documents go where their receipts go."""
        return {}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Nothing was moved."""

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return {_("Documents of tills"): moving.describe_rows(_of(client, []).order_by("pk"), ("at", "operation", "raw"))}

    def reason_not_to_erase(self, client: int) -> str:
        """Documents never stand against it."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """The texts stay, for the books, and say nothing of the client any more."""
        theirs = list(_of(client, contacts))
        for document in theirs:
            document.raw, document.phone = intake.without_the_client(document.raw), ""
        TillDocument.objects.bulk_update(theirs, ["raw", "phone"])
        return {"documents": len(theirs)}


def _of(client: int, contacts: Collection[str]) -> Any:
    return TillDocument.objects.filter(Q(purchase__client=client) | Q(phone__in=[one for one in contacts if one]))

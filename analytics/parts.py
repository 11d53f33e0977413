"""What the figures keep about clients: nothing of their own but the names of record holders."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise

from analytics.models import Snapshot

# Tells whose the records are.
NAMING = "breakdown"


class AnalyticsPart:
    """The ``ClientPart`` of analytics. Figures follow receipts by the stale days; only names have to be forgotten here."""

    stays: ClassVar[Mapping[str, str | Promise]] = {}

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing waits here for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        return {}

    def counted(self, client: int) -> dict[str, int]:
        return {}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return {}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Nothing was moved."""

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return {}

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Figures that name clients are computed anew when somebody looks, or by night."""
        Snapshot.objects.filter(figure=NAMING).delete()
        return {}

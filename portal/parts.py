"""What clients said of what they got."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clients import moving
from messaging.models import Errand, Message, Pause
from portal.models import Review

TABLES = (Review,)


class PortalPart:
    """The ``ClientPart`` of the client's page: reviews."""

    stays: ClassVar[Mapping[str, str | Promise]] = {}

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing here waits for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """A review is of a purchase or a request, which hold the card already."""
        return {}

    def counted(self, client: int) -> dict[str, int]:
        return {}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return moving.move_rows(TABLES, absorbed, survivor)

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """What was said since of the absorbed card's receipts and requests goes with them, and what it set going."""
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        about_theirs = Q(request__client=absorbed) | Q(purchase__client=absorbed)
        Review.objects.filter(about_theirs, client=survivor).update(client=absorbed)
        reviews = Review.objects.filter(client=absorbed)
        Pause.objects.filter(pk__in=reviews.values("pause"), client=survivor).update(client=absorbed)
        asked = [f"review:{pk}" for pk in reviews.values_list("pk", flat=True)]
        for table in (Message, Errand):
            table.objects.filter(occasion_key__in=asked, client=survivor).update(client=absorbed)

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Answers alone. One query."""
        answered = Review.objects.filter(client=client, score__isnull=False).order_by("pk")
        return {_("Reviews"): moving.describe_rows(answered, ("answered_at", "score", "words"))}

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Scores stay for the figures; words go."""
        Review.objects.filter(client=client).update(words="")
        return {}

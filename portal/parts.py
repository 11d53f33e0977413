"""What clients said of what they got, and what they typed on their own phones."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clients import moving
from messaging.models import Errand, Message, Pause
from portal.models import ASKED, GUEST_KEYS, SIGNED, Arrival, Review

TABLES = (Review, Arrival)
TYPED = ("came_at", "last_name", "first_name", "middle_name", "birth_date", "phone", "email")


class PortalPart:
    """The ``ClientPart`` of the client's page: reviews, and forms from their phone, which go after a day by themselves."""

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
        """Answers, and what was typed on the client's phone today. Two queries."""
        answered = Review.objects.filter(client=client, score__isnull=False).order_by("pk")
        typed = Arrival.objects.filter(client=client).order_by("pk")
        return {
            _("Reviews"): moving.describe_rows(answered, ("answered_at", "score", "words")),
            _("Forms from the client's phone"): moving.describe_rows(typed, TYPED),
        }

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Scores stay for the figures; words go, and open sessions forget whose they were. Forms go, those that wait too."""
        Review.objects.filter(client=client).update(words="")
        Arrival.objects.filter(Q(client=client) | Q(phone__in=contacts) | Q(email__in=contacts)).delete()
        _forget_guest(client, contacts)
        return {}


def _forget_guest(client: int, contacts: list[str]) -> None:
    """What an open session holds of the client, signed in or waiting for a code; an employee's own in it stays."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        said = session.get_decoded()
        is_theirs = said.get(SIGNED, {}).get("client") == client or (said.get(ASKED) or {}).get("recipient") in contacts
        if is_theirs:
            kept = {key: value for key, value in said.items() if key not in GUEST_KEYS}
            Session.objects.filter(pk=session.pk).update(session_data=SessionStore().encode(kept))

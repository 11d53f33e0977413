"""What a seller who invites by call should know: when it is, whether seats are free, how many guests may come along."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.evenings import holding
from campaigns.evenings.answering import in_words
from campaigns.evenings.holding import Row
from campaigns.models import Evening, Invitation
from clients.models import Client
from messaging.beside import Fact


def facts(clients: Collection[Client]) -> dict[int, list[Fact]]:
    """Of evenings to come, for who is invited to one. Two queries at most, one where there is none."""
    coming = Evening.objects.coming(timezone.now()).values("pk")
    invited = list(Invitation.objects.filter(client__in=clients, evening__in=coming).values_list("client", "evening"))
    if not invited:
        return {}
    evenings = Evening.objects.filter(pk__in={evening for _client, evening in invited}).select_related("store")
    told = {row.evening.pk: _told(row) for row in holding.listed(evenings)}
    found: dict[int, list[Fact]] = {}
    for client, evening in invited:
        found.setdefault(client, []).extend(told[evening])
    return found


def _told(row: Row) -> list[Fact]:
    free, plus = max(row.evening.seats - row.taken, 0), row.evening.plus
    seats = ngettext("%(n)s seat is free", "%(n)s seats are free", free) % {"n": free} if free else _("full: the waiting list")
    guests = ngettext("%(n)s guest may come along", "%(n)s guests may come along", plus) % {"n": plus} if plus else _("no guests")
    return [
        Fact(_("Evening"), f"{in_words(row.evening)} · {row.evening.store}"),
        Fact(_("Seats"), f"{seats}; {guests}", "good" if free else "warn"),
    ]

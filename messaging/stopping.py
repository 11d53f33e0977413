"""The stop list as an admin keeps it: who stands on it, a phone or address by hand, one taken off and put back."""

from typing import Any, NamedTuple

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from clients.models import Client
from clients.writing import phones
from messaging import services
from messaging.models import StopEntry
from stores.models import Employee

SALT = "messaging.stopping"
CAN_BE_PUT_BACK = 24 * 60 * 60


class Stopped(NamedTuple):
    """A line of the list; ``clients``: whose card has this contact; ``by``: who put it there by hand."""

    entry: StopEntry
    clients: list[Client]
    by: Employee | None


def found(text: str) -> QuerySet[StopEntry]:
    """Entries by any part of an address or reason, or by four and more digits of a phone in any writing."""
    text = text.strip()
    if not text:
        return StopEntry.objects.all()
    digits = (phones.normalise(text) or "".join(sign for sign in text if sign.isdigit())).lstrip("+")
    by_digits = Q(recipient__contains=digits) if len(digits) >= 4 else Q()
    return StopEntry.objects.filter(Q(recipient__icontains=text) | Q(reason__icontains=text) | by_digits)


def told(entries: list[StopEntry]) -> list[Stopped]:
    """Entries with whose they are and who wrote them. Two queries."""
    contacts = [entry.recipient for entry in entries]
    holders: dict[str, list[Client]] = {}
    for client in Client.objects.live().filter(Q(phone__in=contacts) | Q(email__in=contacts)):
        for contact in {str(client.phone or ""), client.email or ""} & set(contacts):
            holders.setdefault(contact, []).append(client)
    logged = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(StopEntry),
        action_flag=ADDITION,
        object_id__in=[str(e.pk) for e in entries],
    )
    by: dict[str | None, Any] = {entry.object_id: entry.user for entry in logged.select_related("user")}
    return [Stopped(entry, holders.get(entry.recipient, []), by.get(str(entry.pk))) for entry in entries]


@transaction.atomic
def add(recipient: str, *, reason: str, by: Employee) -> bool:
    """As if the client had said stop: consents go too. Whether it was not there yet."""
    is_new = services.stop(recipient, reason=reason, now=timezone.now())
    if is_new:
        _log(StopEntry.objects.get(recipient=recipient), ADDITION, by)
    return is_new


@transaction.atomic
def lift(entry: StopEntry, *, by: Employee) -> str:
    """Takes it off the list; returns what puts it back. The consents that it withdrew stay withdrawn."""
    sealed = {"recipient": entry.recipient, "reason": entry.reason, "at": entry.at.isoformat()}
    _log(entry, DELETION, by)
    entry.delete()
    return signing.dumps(sealed, salt=SALT)


@transaction.atomic
def put_back(sealed: str, *, by: Employee) -> str:
    """The entry stands again as it was, from its own day. Returns its contact; raises signing.BadSignature."""
    was = signing.loads(sealed, salt=SALT, max_age=CAN_BE_PUT_BACK)
    entry, is_new = StopEntry.objects.get_or_create(recipient=was["recipient"], defaults={"reason": was["reason"]})
    if is_new:
        StopEntry.objects.filter(pk=entry.pk).update(at=parse_datetime(was["at"]))
        _log(entry, ADDITION, by)
    return entry.recipient


def _log(entry: StopEntry, flag: int, by: Employee) -> None:
    """Who did it; the contact itself is not written down a second time."""
    LogEntry.objects.log_actions(by.pk, [entry], flag, single_object=True, change_message="")
    LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(entry), object_id=str(entry.pk)).update(
        object_repr="—"
    )

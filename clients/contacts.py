"""Further phones and e-mails of a card: written down, corrected, removed with an undo, made the main one. Public.

Messages go to the main phone and e-mail alone; a further one is for finding the card and for people who call.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from clients import locking, services
from clients.models import Client, ContactBeside
from stores import opened
from stores.models import Employee
from stores.opened import Edit

UNDO = timedelta(days=1)


class HeldError(Exception):
    """The card has this contact already."""


@transaction.atomic
def keep(contact: ContactBeside, *, by: Employee, edit: Edit | None = None) -> ContactBeside:
    """Write a further contact down, or what a person changed of it; it is a person's from then on, not the list's.

    Raises HeldError if the card has the contact already, GoneError if the person was erased, ChangedMeanwhileError where
    somebody else changed the same.
    """
    client = locking.standing(contact.client)
    if edit:
        contact = opened.lock(contact)
        for name, value in edit.onto(opened.standing(contact, list(edit.wanted))).items():
            setattr(contact, name, value)
    if client is None or contact.value in (client.phone, client.email):
        raise HeldError
    contact.client, contact.kind = client, ContactBeside.kind_of(contact.value)
    contact.by, contact.at, contact.list_import = by, timezone.now(), None
    _save(contact, by)
    return contact


def _save(contact: ContactBeside, by: Employee) -> None:
    contact._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError:
        raise HeldError from None


@transaction.atomic
def remove(contact: ContactBeside, *, by: Employee, now: datetime) -> None:
    """The contact is the client's no more: gone for good after a day, until then ``bring_back`` undoes it."""
    locking.lock(contact.client)
    if contact.removed_at is None:
        contact.removed_at = now
        _save(contact, by)


@transaction.atomic
def bring_back(contact: ContactBeside, *, by: Employee) -> None:
    """It was a slip. Raises HeldError if the card has the contact again by now."""
    client = locking.lock(contact.client)
    if client and contact.value in (client.phone, client.email):
        raise HeldError
    contact.removed_at = None
    _save(contact, by)


@transaction.atomic
def make_main(contact: ContactBeside, *, by: Employee) -> Client:
    """The client is written to at this contact from now on; the former main one stays beside it.

    Raises PhoneTakenError if the phone is the main one of another card; nothing is changed then.
    """
    locking.lock(contact.client)
    client = Client.objects.live().get(pk=contact.client_id)
    former = getattr(client, contact.kind)
    client = services.correct_card(client, edit=opened.edit_now(client, **{contact.kind: contact.value}), by=by)
    if former:
        keep(ContactBeside(client=client, value=former), by=by)
    return client


def sweep(now: datetime) -> int:
    """Delete what nobody brought back within a day. Returns how many."""
    return ContactBeside.objects.filter(removed_at__lte=now - UNDO).delete()[1].get("clients.ContactBeside", 0)


def shared(client: Client, beside_it: Iterable[ContactBeside]) -> dict[str, list[Client]]:
    """Contacts of a card, main or beside, that stand on other cards too, in either way: contact → those cards. Two queries."""
    mine = {client.phone, client.email, *(contact.value for contact in beside_it)} - {None}
    others = Client.objects.live().exclude(pk=client.pk)
    main = others.filter(Q(phone__in=mine) | Q(email__in=mine))
    met = [(value, card) for card in main for value in (card.phone, card.email)]
    beside = ContactBeside.objects.kept().filter(value__in=mine, client__in=others).select_related("client")
    return _by_contact([*met, *((contact.value, contact.client) for contact in beside)], mine)


def _by_contact(met: Iterable[tuple[str | None, Client]], mine: set[str | None]) -> dict[str, list[Client]]:
    found: dict[str, list[Client]] = {}
    for value, card in met:
        if value and value in mine and card not in found.setdefault(value, []):
            found[value].append(card)
    return found

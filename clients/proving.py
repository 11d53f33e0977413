"""What is known about a card's contacts: confirmed by a code, or doubtful since messages do not arrive. Public."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from clients.models import Client, ContactProof
from stores.models import Employee

State = ContactProof.State


class Contact(NamedTuple):
    """A contact of a card."""

    client: int
    field: str
    value: str


def newest(client: Client) -> dict[str, ContactProof]:
    """The newest word about each of the card's present contacts, by field. One query."""
    known: dict[str, ContactProof] = {}
    for proof in client.proofs.all():
        if proof.value == getattr(client, proof.field):
            known.setdefault(proof.field, proof)
    return known


def confirm(client: Client, field: str, *, by: Employee, now: datetime) -> ContactProof:
    """The client read out the code that was sent to the contact."""
    value = getattr(client, field)
    return ContactProof.objects.create(client=client, field=field, value=value, state=State.CONFIRMED, by=by, at=now)


def doubt(contacts: Collection[Contact], *, reason: str, now: datetime) -> int:
    """Messages to these do not arrive: written down once until somebody confirms. Returns how many were news. Two queries."""
    if not contacts:
        return 0
    told = ContactProof.objects.filter(client__in={contact.client for contact in contacts}).order_by("pk")
    states = {Contact(p.client_id, p.field, p.value): p.state for p in told}
    fresh = [contact for contact in dict.fromkeys(contacts) if states.get(contact) != State.DOUBTFUL]
    ContactProof.objects.bulk_create(
        ContactProof(
            client_id=contact.client, field=contact.field, value=contact.value, state=State.DOUBTFUL, reason=reason[:200], at=now
        )
        for contact in fresh
    )
    return len(fresh)


def doubt_no_more(client: Client, field: str, *, since: datetime) -> None:
    """A doubt about the card's contact that was written down at a moment was a slip."""
    value = getattr(client, field)
    client.proofs.filter(field=field, value=value, state=State.DOUBTFUL, at=since).delete()


def believe(client: Client, field: str, value: str) -> None:
    """What was doubted of a contact of the client is doubted no more."""
    client.proofs.filter(field=field, value=value, state=State.DOUBTFUL).delete()


def doubted(field: str, *, of: str, value: str) -> Exists:
    """Whether a contact is in doubt, as an expression; ``of`` leads from the rows to the client, ``value`` to the contact."""
    doubts = ContactProof.objects.filter(client=OuterRef(of), field=field, value=OuterRef(value), state=State.DOUBTFUL)
    newer = ContactProof.objects.filter(
        client=OuterRef("client"), field=field, value=OuterRef("value"), state=State.CONFIRMED, pk__gt=OuterRef("pk")
    )
    return Exists(doubts.filter(~Exists(newer)))

"""Letters on paper: what waits is printed in batches, and a person says which of them went to the post. Public.

A printed letter is claimed as a message is by a worker: judged by the same rules, and counted into the cap from then on. What
did not go after all waits again; what went bears its day and what it cost.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum

from clients import proving
from clients.models import Client, Consent, ContactProof
from messaging.models import PAPER, Message, MessageEvent, MessageState, Reason
from messaging.outbox import claiming, rules
from stores.models import Employee

Kind = MessageEvent.Kind
State = MessageState
# A batch that a printer and a person can keep in order.
MOST = 500
BY_HAND, ADDRESS = "paper", ContactProof.Field.POSTAL


class SettledError(Exception):
    """Somebody has said of this batch already whether it went."""


class Printed(NamedTuple):
    """A batch: ``letters`` of it, so many of them ``sent`` on a day for ``cost`` all together, ``back`` of which came back."""

    batch: UUID
    at: datetime
    letters: int
    sent: int
    sent_at: datetime | None
    cost: Decimal
    back: int = 0

    @property
    def is_open(self) -> bool:
        return self.sent_at is None


def of_source(source: str) -> "QuerySet[Message]":
    return Message.objects.filter(source=source, channel=PAPER)


def waiting(source: str, now: datetime) -> int:
    """Letters that are to be printed, those among them that a hold or the cap puts off till later not counted. One query."""
    return _due(source, now).count()


def _due(source: str, now: datetime) -> "QuerySet[Message]":
    return of_source(source).filter(state=State.PENDING, send_after__lte=now, expires_at__gt=now)


@transaction.atomic
def take(source: str, *, by: Employee, now: datetime) -> UUID | None:
    """A batch of what may go now, for the printer; what the rules forbid is put off or suppressed. None where nothing is left.

    Two people at once get letters of their own: each waits for the other's rows, and finds them taken.
    """
    keys = list(_due(source, now).order_by("pk").values_list("client", flat=True)[:MOST])
    list(Client.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
    messages = list(_due(source, now).filter(client__in=keys).select_for_update(of=("self",)).order_by("pk"))
    verdicts = rules.judge(messages, now)
    claiming.put_aside([verdict for verdict in verdicts if not verdict.goes], now)
    goes = [verdict for verdict in verdicts if verdict.goes]
    if not goes:
        return None
    batch = uuid4()
    for verdict in goes:
        verdict.message.recipient = verdict.recipient
    Message.objects.bulk_update([verdict.message for verdict in goes], ["recipient"])
    mine = Message.objects.filter(pk__in=[verdict.message.pk for verdict in goes])
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=OuterRef("purpose")).order_by("-pk")
    mine.update(
        state=State.SENDING, reason="", claim=batch, claimed_at=now, attempts=F("attempts") + 1, gateway=BY_HAND,
        consent=Subquery(newest.values("pk")[:1]),
    )  # fmt: skip
    _note(messages=[verdict.message for verdict in goes], kind=Kind.CLAIMED, now=now, by=by)
    return batch


def letters_of(source: str, batch: UUID) -> "QuerySet[Message]":
    """The letters of a batch in the order of their envelopes; those that were taken out of it since are gone."""
    return of_source(source).filter(claim=batch).exclude(state=State.PENDING).select_related("client", "store").order_by("pk")


def postage() -> Decimal | None:
    """What the newest letter that went to the post cost; None where none did. One query."""
    went = Message.objects.filter(channel=PAPER, state=State.SENT, cost__gt=0).order_by("-sent_at")
    return went.values_list("cost", flat=True).first()


def batches(source: str) -> list[Printed]:
    """The newest first. One query."""
    rows = (
        of_source(source).exclude(claim=None).exclude(state=State.PENDING).order_by().values("claim")
        .annotate(at=Min("claimed_at"), letters=Count("pk"), sent=Count("pk", filter=Q(state=State.SENT)),
                  back=Count("pk", filter=Q(state=State.FAILED, reason=Reason.UNDELIVERED)),
                  went=Min("sent_at"), paid=Sum("cost"))
    )  # fmt: skip
    told = [
        Printed(row["claim"], row["at"], row["letters"], row["sent"], row["went"], row["paid"], row["back"])
        for row in rows
        if row["claim"]
    ]
    return sorted(told, key=lambda one: one.at, reverse=True)


@transaction.atomic
def sent(source: str, batch: UUID, *, on: datetime, each: Decimal, by: Employee, now: datetime) -> int:
    """A person took the batch to the post, ``each`` letter for so much. Returns how many. Raises SettledError."""
    mine = _open(source, batch)
    Message.objects.filter(pk__in=[one.pk for one in mine]).update(state=State.SENT, sent_at=on, cost=each)
    _note(messages=mine, kind=Kind.SENT, now=now, by=by)
    return len(mine)


@transaction.atomic
def not_sent(source: str, batch: UUID, *, by: Employee, now: datetime) -> int:
    """It did not go after all: the letters wait to be printed again, or are over with their occasion. Raises SettledError."""
    mine = _open(source, batch)
    Message.objects.filter(pk__in=[one.pk for one in mine]).update(
        state=State.PENDING, claim=None, claimed_at=None, consent=None, gateway="", reason=""
    )
    _note(messages=mine, kind=Kind.DECIDED, now=now, by=by)
    return len(mine)


@transaction.atomic
def came_back(source: str, letter: int, *, by: Employee, now: datetime) -> bool:
    """The post brought a letter back: no further one goes to that address until it is mended. False where it was said already."""
    found = of_source(source).filter(pk=letter, state=State.SENT).select_for_update(of=("self",)).first()
    if found is None or found.client_id is None:
        return False
    Message.objects.filter(pk=found.pk).update(state=State.FAILED, reason=Reason.UNDELIVERED)
    proving.doubt([proving.Contact(found.client_id, ADDRESS, found.recipient)], reason="", now=now)
    _note(messages=[found], kind=Kind.RECEIPT, now=now, by=by)
    return True


@transaction.atomic
def did_not_come_back(source: str, letter: int, *, by: Employee, now: datetime) -> bool:
    """That was a slip: the address holds as before. False where nothing of the kind was said."""
    mine = of_source(source).filter(pk=letter, state=State.FAILED, reason=Reason.UNDELIVERED)
    found = mine.select_for_update(of=("self",)).select_related("client").first()
    if found is None or found.client is None:
        return False
    Message.objects.filter(pk=found.pk).update(state=State.SENT, reason="")
    proving.believe(found.client, ADDRESS, found.recipient)
    _note(messages=[found], kind=Kind.DECIDED, now=now, by=by)
    return True


def _open(source: str, batch: UUID) -> list[Message]:
    found = list(of_source(source).filter(claim=batch, state=State.SENDING).select_for_update().order_by("pk"))
    if not found:
        raise SettledError
    return found


def _note(*, messages: Sequence[Message], kind: MessageEvent.Kind, now: datetime, by: Employee) -> None:
    MessageEvent.objects.bulk_create(
        MessageEvent(
            message=one, at=now, kind=kind, gateway=BY_HAND, reason=Reason.DECIDED if kind == Kind.DECIDED else "", by=by
        )
        for one in messages
    )

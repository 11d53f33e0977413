"""The client has come, brought something back, complained or said no: what was to call or write to them is called off. Public.

Called in the transaction of what happened, with the client's row locked, so that the claim reads messaging alone.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Client, Consent, Purpose
from messaging.models import Errand, ErrandStep, Message, MessageEvent, MessageState, Pause, Reason, StopEntry
from stores.chain_day import day_of

# Of what happened longer ago than this, as of an old receipt typed in later, nobody is told.
FRESH = timedelta(days=7)
AFTER_RETURN = timedelta(days=14)


def is_fresh(day: date, now: datetime) -> bool:
    """Whether what happened on a day can change what is under way."""
    return day >= day_of(now) - FRESH


def halt(clients: Collection[int], *, now: datetime) -> int:
    """Messages that this makes needless do not go, and open advertising errands are withdrawn. Returns how many of both.

    Two queries where there is nothing, whatever the number of clients.
    """
    messages = suppress(Message.objects.filter(client__in=clients, drop_when_bought=True), Reason.BOUGHT, now=now)
    return messages + withdraw(Errand.objects.filter(client__in=clients), now=now)


def suppress(messages: "QuerySet[Message]", reason: Reason, *, now: datetime) -> int:
    """Of these, what waits does not go; its story says why. Returns how many. One query where nothing waits."""
    waiting = list(messages.filter(state=MessageState.PENDING).values_list("pk", flat=True))
    if waiting:
        still = Message.objects.filter(pk__in=waiting, state=MessageState.PENDING)
        still.update(state=MessageState.SUPPRESSED, reason=reason)
        MessageEvent.objects.bulk_create(
            MessageEvent(message_id=pk, at=now, kind=MessageEvent.Kind.SUPPRESSED, reason=reason) for pk in waiting
        )
    return len(waiting)


def withdraw(errands: "QuerySet[Errand]", *, now: datetime) -> int:
    """Of these the open advertising ones are no more to do; their story says so. Returns how many."""
    mine = list(errands.filter(is_service=False, outcome=Errand.Outcome.OPEN).values_list("pk", flat=True))
    if mine:
        Errand.objects.filter(pk__in=mine).update(
            outcome=Errand.Outcome.DROPPED, result=ErrandStep.Kind.DROPPED, agreed_on=None, done_at=now
        )
        ErrandStep.objects.bulk_create(ErrandStep(errand_id=pk, kind=ErrandStep.Kind.DROPPED, at=now) for pk in mine)
    return len(mine)


def returned(client: int, *, on: date, now: datetime) -> None:
    """Something came back: for two weeks nothing is offered."""
    if not is_fresh(on, now):
        return
    until = on + AFTER_RETURN
    if not Pause.objects.live(until).filter(client=client).exists():
        Pause.objects.create(client_id=client, reason=_came_back(), until=until)
    halt([client], now=now)


def return_undone(client: int, *, now: datetime) -> None:
    """It had not come back after all."""
    Pause.objects.filter(client=client, by=None, reason=_came_back(), ended_at=None).update(ended_at=now)


def _came_back() -> str:
    """In the language of the chain."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("a piece came back")


def sweep(now: datetime) -> int:
    """Errands of those who were asked not to be called meanwhile, by whatever way, are withdrawn. Returns how many."""
    newest = Consent.objects.filter(client=OuterRef("client"), purpose=Purpose.CALLS).order_by("-pk").values("given")
    stopped = StopEntry.objects.filter(recipient=OuterRef("client__phone"))
    held = Pause.objects.live(day_of(now)).filter(client=OuterRef("client"))
    open_now = Errand.objects.filter(is_service=False, outcome=Errand.Outcome.OPEN).alias(
        said=Subquery(newest[:1]), stopped=Exists(stopped), held=Exists(held)
    )  # fmt: skip
    unwanted = [open_now.filter(said=False), open_now.filter(stopped=True), open_now.filter(held=True)]
    return sum(withdraw(some, now=now) for some in unwanted)


def lock(client: Client) -> None:
    """The client's row before any other, so that whoever plans at this moment sees what happens."""
    list(Client.objects.select_for_update().filter(pk=client.pk).values_list("pk"))

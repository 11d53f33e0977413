"""A client confirms at a till a spend above the terms' bound: a code goes to their phone, they read it out, the till sends it.

As at the counter: the same codes, tries and limits (``messaging.codes``). The till does not learn the phone.
"""

from datetime import datetime, timedelta

from django.db import transaction

from clients.models import LIVE, Client
from exchange.documents.quotes import ExpiredError
from exchange.models import Source
from loyalty import reservations
from loyalty import selectors as loyalty_selectors
from loyalty.models import Reservation
from messaging import codes
from messaging.models import Channel, CodePurpose, OneTimeCode
from stores.chain_day import day_of

# A till that asks once more within this moment, having had no answer, is told of the code that is on its way.
ON_ITS_WAY = timedelta(seconds=45)


class NotNeededError(Exception):
    """So few bonuses are spent without a code, or this client has confirmed them."""


class NoCodeError(Exception):
    """No code can go to this client now: no phone, a stop, or asked for too often."""


class WrongCodeError(Exception):
    """Another code, one that is over or used, or tried too often."""


@transaction.atomic
def ask(source: Source, quote: str, *, now: datetime) -> tuple[OneTimeCode, bool]:
    """Note that the client of a quote is to get a code. Returns it, and whether it is new: then the caller has it sent.

    Raises ExpiredError, NotNeededError, NoCodeError.
    """
    promise = _promise(source, quote, now)
    client = _client(promise)
    if not needs_code(promise, now):
        raise NotNeededError
    if not client.phone:
        raise NoCodeError
    there = codes.asked(CodePurpose.SPEND, client.phone, browser=promise.basket, subject=str(client.pk), now=now)
    if there and there.created_at > now - ON_ITS_WAY:
        return there, False
    row = codes.ask(
        CodePurpose.SPEND, Channel.SMS, client.phone, client=client, browser=promise.basket, subject=str(client.pk), now=now
    )
    if row is None:
        raise NoCodeError
    return row, True


def prove(source: Source, quote: str, code: str, *, now: datetime) -> None:
    """The code that the client read out confirms what is promised; said again it confirms it again.

    Not in one transaction: a wrong code is to stay counted. Raises ExpiredError, WrongCodeError.
    """
    with transaction.atomic():
        promise = _promise(source, quote, now)
    client = _client(promise)
    if promise.spends and promise.proven >= promise.spends:
        return
    if codes.check(CodePurpose.SPEND, client.phone or "", code, browser=promise.basket, subject=str(client.pk), now=now) is None:
        raise WrongCodeError
    if not reservations.prove(quote, now=now):
        raise ExpiredError


def needs_code(promise: Reservation, now: datetime) -> bool:
    """Whether more is promised than goes without a code and than the client has confirmed."""
    terms = loyalty_selectors.terms_on(day_of(now))
    return terms is not None and terms.wants_code(promise.spends) and promise.proven < promise.spends


def _promise(source: Source, quote: str, now: datetime) -> Reservation:
    """A quote of this source that holds, locked: of two who ask at once, the second sees the code of the first."""
    mine = Reservation.objects.filter(key=quote, basket__startswith=f"{source.pk}:", until__gte=now)
    promise = mine.select_for_update(of=("self",)).select_related("member__client").first()
    if promise is None:
        raise ExpiredError
    return promise


def _client(promise: Reservation) -> Client:
    """Who spends. Raises ExpiredError where they have no share in the account any more, NotNeededError where nobody does."""
    member = promise.member
    if member is None:
        raise NotNeededError
    if member.until is not None or member.client.state not in LIVE:
        raise ExpiredError
    return member.client

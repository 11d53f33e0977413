"""Bonuses that come without a purchase, and what clients are told of theirs. Public: ``tell_spent``.

An occasion is given once: its key holds the client, and the birthday's year.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from clients import locking
from clients import selectors as clients_selectors
from clients.models import CardState, Client
from loyalty import selectors, services
from loyalty.ledger import Birth
from loyalty.models import Certificate, Lot, Member, Source, Terms
from messaging import service_texts
from stores import quiet_hours
from stores.chain_day import day_of
from stores.texts import writing

# A card that a night has missed is welcomed by a later one.
WELCOMED_WITHIN = timedelta(days=14)
# So long before its end the buyer of a certificate is told, if it was sold before that; a night that slept is made up for.
BEFORE, MADE_UP, LAST_OF_CODE = timedelta(days=14), timedelta(days=3), 4


def give(day: date) -> int:
    """Birthday and welcome sums that are due, each once; safe to run at any time. Returns how many lots."""
    terms = selectors.terms_on(day)
    if terms is None or not terms.gives_bonuses:
        return 0
    return _birthdays(terms, day) + _welcomes(terms, day)


def _birthdays(terms: Terms, day: date) -> int:
    """Whose birthday is kept within the days before it that the terms say, today included."""
    if not terms.birthday:
        return 0
    last = day + timedelta(days=terms.birthday_before_days)
    due = _complete().filter(clients_selectors.birthdays_between(day, last))
    birth = Birth(Source.BIRTHDAY, day, day + timedelta(days=terms.birthday_life_days), terms)
    return sum(_once(client, terms.birthday, birth, f"birthday:{_year_of(client, day)}:{client.pk}") for client in _each(due))


def _year_of(client: Client, day: date) -> int:
    """Of the client's next birthday; one of 29 February is kept on the 28th at the latest."""
    month, kept = divmod(client.birthday or 0, 100)
    return day.year + ((month, 28 if (month, kept) == (2, 29) else kept) < (day.month, day.day))


def _welcomes(terms: Terms, day: date) -> int:
    """Cards registered under these terms, from the next day on."""
    if not terms.welcome:
        return 0
    first = max(terms.since, day - WELCOMED_WITHIN)
    due = _complete().filter(registered_on__gte=first, registered_on__lt=day)
    birth = Birth(Source.WELCOME, day, day + timedelta(days=terms.welcome_life_days), terms)
    return sum(_once(client, terms.welcome, birth, f"welcome:{client.pk}") for client in _each(due))


def _complete() -> "QuerySet[Client]":
    return Client.objects.filter(state=CardState.COMPLETE)


def _each(due: "QuerySet[Client]") -> list[Client]:
    return list(due.only("pk", "birthday").order_by("pk"))


def _once(client: Client, amount: int, birth: Birth, key: str) -> bool:
    """Whether it was given now; the client is locked, so that two runs give it once."""
    if Lot.objects.filter(occasion_key=key).exists():
        return False
    with transaction.atomic():
        locked = locking.lock(client)
        if locked is None or locked.pk != client.pk or Lot.objects.filter(occasion_key=key).exists():
            return False
        account = services.open_account(client.pk, on=birth.from_on)
        services.earn(account, amount, birth=birth, key=key, on=birth.from_on, by=None)
    return True


def tell_came(now: datetime) -> int:
    """Tell who may spend bonuses that can be spent from today on, after the quiet hours. Returns how many messages."""
    day = day_of(now)
    terms = selectors.terms_on(day)
    if terms is None or not terms.tells_came:
        return 0
    came: defaultdict[int, list[Lot]] = defaultdict(list)
    for lot in Lot.objects.filter(from_on=day, left__gt=0).order_by("until_on"):
        came[lot.account_id].append(lot)
    members = Member.objects.present().filter(account__in=came, may_spend=True).select_related("client__home_store")
    return sum(_tell_came(member, came[member.account_id], day, now) for member in members)


def _tell_came(member: Member, lots: list[Lot], day: date, now: datetime) -> bool:
    client = member.client
    values = {
        "bonuses": writing.count(sum(lot.left for lot in lots)), "balance": writing.count(selectors.spendable(member, day)),
        "until": writing.day_in_words(lots[0].until_on, client.language),
    }  # fmt: skip
    key = f"bonuses-came:{day}:{client.pk}"
    told = service_texts.tell(client, "bonuses-came", occasion_key=key, values=values, now=morning_of(client, day, now))
    return told is not None


def morning_of(client: Client, day: date, now: datetime) -> datetime:
    """When a client is told of what the night found: after the quiet hours of their home store, and not before now."""
    zone = client.home_store.zone if client.home_store else ZoneInfo(settings.CHAIN_TIME_ZONE)
    return max(now, quiet_hours.morning(datetime.combine(day, time.min, tzinfo=zone), zone))


def tell_ending(now: datetime) -> int:
    """Tell the buyers of certificates that end in two weeks, where the terms say so. Returns how many messages.

    It is the client's own money: a service message, once for each last day that the certificate is given.
    """
    day = day_of(now)
    terms = selectors.terms_on(day)
    if terms is None or not terms.tells_ends:
        return 0
    soon = Certificate.objects.holding(day).filter(until_on__range=(day + BEFORE - MADE_UP, day + BEFORE))
    mine = soon.filter(client__isnull=False, sold_on__lte=day - BEFORE).select_related("client__home_store").order_by("pk")
    return sum(_tell_ending(one, one.client, day, now) for one in mine if one.client)


def _tell_ending(one: Certificate, client: Client, day: date, now: datetime) -> bool:
    """The code is not written out: whoever reads it could pay by it."""
    values = {
        "code": one.code_key[-LAST_OF_CODE:], "sum": writing.money(one.left),
        "until": writing.day_in_words(one.until_on, client.language),
    }  # fmt: skip
    key = f"certificate-ends:{one.pk}:{one.until_on}"
    at = morning_of(client, day, now)
    return service_texts.tell(client, "certificate-ends", occasion_key=key, values=values, now=at) is not None


def tell_spent(client: Client, terms: Terms, spent: int, *, key: str, on: date, now: datetime) -> None:
    """Tell a client what they have just spent and what is left, where the terms say so."""
    if spent and terms.tells_spent:
        left = selectors.spendable(selectors.member_of(client.pk), on)
        values = {"bonuses": writing.count(spent), "balance": writing.count(left)}
        service_texts.tell(client, "bonuses-spent", occasion_key=f"bonuses-spent:{key}", values=values, now=now)

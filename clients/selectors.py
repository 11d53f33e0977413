"""Cards for a screen: found, counted, with the state of their consents."""

import re
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from clients import names, phones
from clients.models import Client, Consent, ContactConflict, Purpose
from stores.models import Store

FOUND_LIMIT = 20
# From so many digits on it is a whole phone, not its end and no card.
FULL = 10
# Fewer digits than this may be the number of a card.
PHONE_LIKE = 8
PHONES_BEGIN = "789"
# What a result shows; the rest of a card is not read for it.
SHOWN = ("state", "last_name", "first_name", "middle_name", "birth_date", "phone", "email")
DIGITS = re.compile(r"^[\d\s()+\-–.#№]+$")


def find_clients(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards that the search box means: digits are a phone or a card number, ``@`` an e-mail, letters a name.

    At most two queries, each on an index; nearest names first.
    """
    text = text.strip()
    if not text or (len(text) < 2 and not text.isdecimal()):
        return []
    live = Client.objects.live().only(*SHOWN)
    if "@" in text:
        return list(live.filter(email__startswith=text.lower()).order_by("email")[:limit])
    if DIGITS.match(text):
        return _by_digits(live, text, limit)
    return _by_name(live, names.key(text), limit)


def _by_digits(live: QuerySet[Client], text: str, limit: int) -> list[Client]:
    typed = re.sub(r"\D", "", text)
    if len(typed) < 3:
        return list(live.filter(pk=int(typed))) if typed else []
    found = list(live.filter(_phone_or_card(text, typed))[:limit])
    if not found and len(typed) > 3:
        found = list(live.filter(phone__contains=typed)[:limit])
    return sorted(found, key=lambda client: client.name)


def _phone_or_card(text: str, typed: str) -> Q:
    """What digits can be: the beginning of a phone where phones begin so, its end, or a card's number.

    Each alternative left out is an index that is not asked: seconds count at the counter.
    """
    beginning = Q(phone__startswith=f"+{phones.search_digits(text)}")
    if len(typed) >= FULL or text.lstrip().startswith("+"):
        return beginning
    ending = Q(phone_reversed__startswith=typed[::-1])
    condition = ending | beginning if typed[0] in PHONES_BEGIN else ending
    return condition | Q(pk=int(typed)) if len(typed) < PHONE_LIKE else condition


def _by_name(live: QuerySet[Client], key: str, limit: int) -> list[Client]:
    found = list(live.filter(name_key__startswith=key).order_by("name_key")[:limit])
    words = key.split()
    if not found and len(words) > 1:
        turned = " ".join([*words[1:], words[0]])
        found = list(live.filter(name_key__startswith=turned).order_by("name_key")[:limit])
    return found


class ConsentState(NamedTuple):
    """The newest word of a client on one purpose; ``given`` is None if they were never asked."""

    purpose: str
    label: str
    given: bool | None
    at: datetime | None


def consent_states(client: Client) -> list[ConsentState]:
    """Where each purpose stands, every purpose listed. One query."""
    newest: dict[str, Consent] = {}
    for consent in client.consents.order_by("pk"):
        newest[consent.purpose] = consent
    return [
        ConsentState(
            purpose.value,
            str(purpose.label),
            newest[purpose].given if purpose in newest else None,
            newest[purpose].at if purpose in newest else None,
        )
        for purpose in Purpose
    ]


def to_complete(stores: QuerySet[Store] | list[Store]) -> QuerySet[Client]:
    """Incomplete cards of the stores, and those whose home nobody knows, the newest first."""
    return (
        Client.objects.incomplete()
        .filter(Q(home_store__in=stores) | Q(home_store=None))
        .select_related("home_store")
        .order_by("-pk")
    )


def open_conflicts(client: Client) -> QuerySet[ContactConflict]:
    return client.conflicts.filter(decision=ContactConflict.Decision.OPEN).select_related("by")


def birthdays_on(day: date) -> Q:
    """Whose birthday is kept on a day; those of 29 February on the 28th in common years."""
    keys = [day.month * 100 + day.day]
    if (day.month, day.day) == (2, 28) and not _is_leap(day.year):
        keys.append(229)
    return Q(birthday__in=keys)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class Completeness(NamedTuple):
    """How many live cards there are and how many of them lack something."""

    cards: int
    incomplete: int


def completeness(stores: QuerySet[Store] | list[Store]) -> Completeness:
    """Counts over the cards of the stores and those without a home. One query."""
    cards = Client.objects.live().filter(Q(home_store__in=stores) | Q(home_store=None))
    return Completeness(**cards.aggregate(cards=Count("pk"), incomplete=Count("pk", filter=Q(state="incomplete"))))

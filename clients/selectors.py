"""Cards for a screen: found, counted, with the state of their consents."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from clients.models import LIVE, CardState, Client, Consent, ContactConflict, Pair, Purpose
from clients.searching import cards
from clients.writing import emails, phones
from stores.models import Store
from stores.texts import writing


def find_clients(text: str, *, limit: int = cards.FOUND_LIMIT) -> list[Client]:
    """Cards that a text means, by any of its readings; how they were found tells ``searching.cards.find``."""
    return cards.find(text, limit=limit).cards


class ConsentState(NamedTuple):
    """The newest word of a client on one purpose; ``given`` is None if they were never asked."""

    purpose: str
    label: str
    given: bool | None
    at: datetime | None


def consent_states(client: Client) -> list[ConsentState]:
    """Where each purpose stands, every purpose listed. One query, none where the consents are prefetched."""
    newest: dict[str, Consent] = {}
    for consent in client.consents.all():
        newest.setdefault(consent.purpose, consent)
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
    """Cards of the stores, and of those whose home nobody knows, that lack a fact or the consent to data, the newest first."""
    return Client.objects.lacking().of_stores(stores).select_related("home_store").with_data_word().order_by("-pk")


def open_conflicts(client: Client) -> QuerySet[ContactConflict]:
    return client.conflicts.filter(decision=ContactConflict.Decision.OPEN).select_related("by")


def pairs(stores: QuerySet[Store] | list[Store], state: str = Pair.State.OPEN) -> QuerySet[Pair]:
    """Pairs of live cards, the likeliest first: one of them is at home in the stores, or nobody knows where."""
    at_home = Q()
    for card in ("first", "second"):
        at_home |= Q(**{f"{card}__home_store__in": stores}) | Q(**{f"{card}__home_store": None})
    live = Q(first__state__in=LIVE, second__state__in=LIVE)
    return Pair.objects.filter(live & at_home, state=state).select_related("first__home_store", "second__home_store")


def days_kept_on(day: date) -> list[int]:
    """Days of the year, month × 100 + day, that are kept on a day: 29 February on the 28th in common years."""
    keys = [day.month * 100 + day.day]
    if (day.month, day.day) == (2, 28) and not _is_leap(day.year):
        keys.append(229)
    return keys


def birthdays_on(day: date) -> Q:
    """Whose birthday is kept on a day."""
    return Q(birthday__in=days_kept_on(day))


def birthdays_between(first: date, last: date) -> Q:
    """Whose birthday is kept on a day of first..last, both included: one or two ranges of the index."""
    if (last - first).days >= 365:
        return Q(birthday__isnull=False)
    start, end = min(days_kept_on(first)), max(days_kept_on(last))
    return Q(birthday__range=(start, end)) if start <= end else Q(birthday__gte=start) | Q(birthday__lte=end)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class Completeness(NamedTuple):
    """How many live cards there are and how many of them lack a fact or the consent to personal data."""

    cards: int
    incomplete: int


def completeness(stores: QuerySet[Store] | list[Store]) -> Completeness:
    """Counts over the cards of the stores and those without a home. Two queries: one for both conditions is five times slower."""
    live = Client.objects.live().of_stores(stores)
    counted = live.aggregate(cards=Count("pk"), incomplete=Count("pk", filter=Q(state="incomplete")))
    unasked = live.complete().without_data_consent().count()
    return Completeness(counted["cards"], counted["incomplete"] + unasked)


def facts_of_card(pk: int) -> dict[str, str]:
    """A card as a list would write it, by the names of the list's columns; empty for none. One query."""
    client = Client.objects.select_related("home_store", "heard_from").filter(pk=pk).first()
    if client is None:
        return {}
    return {
        "full_name": client.full_name,
        "last_name": client.last_name,
        "first_name": client.first_name,
        "middle_name": client.middle_name,
        "birth_date": writing.short_day(client.birth_date),
        "phone": client.phone_shown,
        "email": client.email or "",
        "postal_address": client.postal_address,
        "store": str(client.home_store or ""),
        "registered_on": writing.short_day(client.registered_on),
        "heard_from": str(client.heard_from or ""),
        "note": client.note,
    }


def formerly(contact: str) -> Client | None:
    """Who had this phone or e-mail on a card that became part of theirs; None where it is nobody's. One query, then a few."""
    phone, email = phones.normalise(contact), emails.normalise(contact) if "@" in contact else None
    if not phone and not email:
        return None
    # The digits backwards are indexed whatever a card's state is.
    which = Q(phone=phone, phone_reversed=phone[:0:-1]) if phone else Q(email=email)
    merged = Client.objects.filter(which, state=CardState.MERGED)
    found = merged.order_by("-pk").values_list("pk", flat=True).first()
    return standing_for(found) if found else None


def standing_for(pk: int) -> Client | None:
    """The live card, or the one that it was merged into; None where there is none."""
    client = Client.objects.filter(pk=pk).first()
    for _step in range(10):
        if client is None or client.state != CardState.MERGED:
            break
        client = client.merged_into
    return client if client and client.state in LIVE else None

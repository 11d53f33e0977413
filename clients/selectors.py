"""Cards for a screen: found, counted, with the state of their consents."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from clients.models import LIVE, CardState, Client, Consent, ContactConflict, Pair, Purpose
from clients.sameness import surnames
from clients.writing import emails, names, phones
from imports.bulk import batched
from stores import writing
from stores.models import Store
from stores.visible import visible

FOUND_LIMIT = 20
# Similar surnames asked for at once.
TOGETHER = 8
SHORTEST_PHONE = 3
# From so many digits on it is a whole phone, neither its end nor a card; more digits than the other are no card.
WHOLE_PHONE, LONGEST_CARD = 10, 7
PHONES_BEGIN = "789"
DIGITS = re.compile(r"^[\d\s()+\-–.#№]+$")


# Cards by a further phone or e-mail.
BESIDE = "id IN (SELECT client_id FROM clients_contactbeside WHERE removed_at IS NULL AND value LIKE %s)"


def find_clients(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards that the search box means: digits are a phone or a card number, ``@`` an e-mail, letters a name.

    At most three queries, each on an index; names in their order. Who has the contact as a further one comes where nobody
    has it as the main one.
    """
    text = visible(text).strip()
    if not text or (len(text) < 2 and not text.isdecimal()):
        return []
    if "@" in text:
        beginning = f"{_plain(text.lower())}%"
        return _cards({"email LIKE %s": beginning}, limit) or _cards({BESIDE: beginning}, limit)
    if DIGITS.match(said := phones.spoken(text)):
        return _by_digits(said, limit)
    return _by_name(names.key(text), limit)


def _cards(alternatives: Mapping[str, str | int], limit: int) -> list[Client]:
    """Live cards that meet one of the conditions, by name. One query.

    Written by hand, because composing it takes the ORM as long as the database takes to answer it.
    """
    conditions = " OR ".join(alternatives)
    sql = f"{_LIVE} AND ({conditions}) ORDER BY name_key LIMIT %s"
    return list(Client.objects.raw(sql, [*alternatives.values(), limit]))


_LIVE = """SELECT id, state, last_name, first_name, middle_name, birth_date, phone, email
FROM clients_client WHERE state IN ('complete', 'incomplete')"""


def _plain(text: str) -> str:
    """A text without what LIKE reads as a pattern."""
    return re.sub(r"[%_\\]", "", text)


def _by_digits(text: str, limit: int) -> list[Client]:
    typed = re.sub(r"\D", "", text)
    if len(typed) < SHORTEST_PHONE:
        return _cards({"id = %s": int(typed)}, limit) if typed else []
    found = _cards(_phone_or_card(text, typed), limit) or _cards({BESIDE: f"+{phones.search_digits(text)}%"}, limit)
    if not found and len(typed) > SHORTEST_PHONE:
        found = _cards({"(phone || '') LIKE %s": f"%{typed}%", BESIDE: f"%{typed}%"}, limit)
    return found


def _phone_or_card(text: str, typed: str) -> dict[str, str | int]:
    """What digits can be: the beginning of a phone where phones begin so, its end, or a card's number.

    Each alternative left out is an index that is not asked: seconds count at the counter.
    """
    beginning: dict[str, str | int] = {"phone LIKE %s": f"+{phones.search_digits(text)}%"}
    if len(typed) >= WHOLE_PHONE or text.lstrip().startswith("+"):
        return beginning
    alternatives: dict[str, str | int] = {"phone_reversed LIKE %s": f"{typed[::-1]}%"}
    if typed[0] in PHONES_BEGIN:
        alternatives |= beginning
    if len(typed) <= LONGEST_CARD:
        alternatives["id = %s"] = int(typed)
    return alternatives


def _by_name(key: str, limit: int) -> list[Client]:
    words = _plain(key).split()
    found = _cards({"name_key LIKE %s": f"{' '.join(words)}%"}, limit) if words else []
    if not found and len(words) > 1:
        turned = " ".join([*words[1:], words[0]])
        found = _cards({"name_key LIKE %s": f"{turned}%"}, limit)
    return found


def find_alike(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards whose surname is nearly the first word, the other words as they are: for a search that found nothing.

    One query for the surnames and one for each few of them until the page is full: those with fewer slips come first.
    """
    words = [] if "@" in text or DIGITS.match(text.strip()) else _plain(names.key(text)).split()
    near = surnames.alike(words[0]) if words else {}
    if not near:
        return []
    found: list[Client] = []
    beginnings = [" ".join([key, *words[1:]]) + "%" for key in near]
    for some in batched(beginnings, TOGETHER):
        if len(found) < limit:
            found += _cards_beginning(some, limit - len(found))
    return list(dict.fromkeys(found))


def _cards_beginning(beginnings: list[str], limit: int) -> list[Client]:
    """Live cards of several surnames, by name. One query."""
    sql = f"{_LIVE} AND ({' OR '.join(['name_key LIKE %s'] * len(beginnings))}) ORDER BY name_key LIMIT %s"
    return list(Client.objects.raw(sql, [*beginnings, limit]))


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
    return Client.objects.incomplete().of_stores(stores).select_related("home_store").order_by("-pk")


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
    """How many live cards there are and how many of them lack something."""

    cards: int
    incomplete: int


def completeness(stores: QuerySet[Store] | list[Store]) -> Completeness:
    """Counts over the cards of the stores and those without a home. One query."""
    cards = Client.objects.live().of_stores(stores)
    return Completeness(**cards.aggregate(cards=Count("pk"), incomplete=Count("pk", filter=Q(state="incomplete"))))


def facts_of_card(pk: int) -> dict[str, str]:
    """A card as a list would write it, by the names of the list's columns; empty for none. One query."""
    client = Client.objects.select_related("home_store").filter(pk=pk).first()
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
        "store": str(client.home_store or ""),
        "registered_on": writing.short_day(client.registered_on),
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

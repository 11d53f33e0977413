"""Contacts that were typed to have typed something: found over the whole base, and settled by a manager. Public.

A row is a contact, with why it is thought to be invented, the cards that it stands on and who typed it. «It is real» and «ask
again» become words about the contact of each card (``proving``): one that somebody has said a word about is not asked about.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from clients.models import Client, ContactProof
from stores.models import Employee, Store

# On so many cards, or typed so many times by one seller, a contact is no accident; a couple often has one e-mail.
MANY = 3
SHOWN = 5  # cards and sellers of a row
MOST = 10_000  # rows of the page
HISTORY = timedelta(days=90)

REASONS = {
    "looks": _("typed to have typed something"),
    "own": _("a contact of our own staff or store"),
    "again": _("one seller types it again and again"),
    "many": _("one contact on many cards"),
}
# The reason of a word about a contact that was settled here.
REAL, ASK = "real, a manager says", ContactProof.INVENTED

# Names of addresses that say that there is none; under mail.ru each short one is somebody's.
WORDS = ("0", "1", "11", "12", "123", "1234", "12345", "aa", "aaa", "asd", "email", "mail", "net", "netpochty", "no", "noemail",
         "nomail", "none", "nopochta", "otkaz", "qwe", "qwerty", "test", "xx", "xxx", "нет", "почта", "тест")  # fmt: skip
# How phones end that nobody was given: seven equal digits, and those in their order.
ENDINGS = (*(digit * 7 for digit in "0123456789"), "1234567", "4567890", "7654321", "9876543")

_AT = "{at}({value}, '@')"
_LOOKS = f"""CASE WHEN {{value}} LIKE '+%%'
    THEN CASE WHEN substr({{value}}, length({{value}}) - 6) IN ({{endings}}) THEN 1 ELSE 0 END
    WHEN substr({{value}}, {_AT} + 1, {_AT}) = substr({{value}}, 1, {_AT} - 1) || '.' THEN 1
    WHEN substr({{value}}, 1, {_AT} - 1) IN ({{words}}) AND {{value}} NOT LIKE '%%@mail.ru' THEN 1 ELSE 0 END"""
# Contacts of our own: of employees, of stores, and of the cards of those who bear an employee's name.
_OWN = """
namesakes AS (
    SELECT c.id, c.phone, c.email FROM clients_client c
    JOIN stores_employee e ON e.last_name = c.last_name AND e.first_name = c.first_name
    WHERE c.state IN ('complete', 'incomplete') AND c.last_name <> ''
), own AS (
    SELECT value, MIN(client) AS client FROM (
        SELECT LOWER(email) AS value, 0 AS client FROM stores_employee WHERE email <> ''
        UNION ALL SELECT phone, 0 FROM stores_store WHERE phone <> ''
        UNION ALL SELECT phone, id FROM namesakes WHERE phone IS NOT NULL
        UNION ALL SELECT email, id FROM namesakes WHERE email IS NOT NULL
    ) ours GROUP BY value
)"""
# What can be suspected at all, by indexes alone: the rows of most cards are not read.
_CANDIDATES = """
candidates AS (
    SELECT email AS value FROM clients_client WHERE email IS NOT NULL GROUP BY email HAVING COUNT(*) > 1 OR {looks_email} = 1
    UNION SELECT value FROM clients_contactbeside GROUP BY value HAVING COUNT(*) > 1 OR {looks_value} = 1
    UNION SELECT phone FROM clients_client WHERE {phone_ends}
    UNION SELECT h.phone FROM clients_client c JOIN clients_client h ON h.id = c.reached_through_id WHERE h.phone IS NOT NULL
    UNION SELECT offered FROM clients_contactconflict WHERE field IN ('phone', 'email') AND decision = 'open'
    UNION SELECT value FROM own
)"""
_SAID = "candidates (value) AS (VALUES {values})"
# Who typed it on which card of the stores: as its own, as a further one, as the phone of the card through which it is reached, in
# place of its own. A phone is some card's own (again 0): only what comes beside that counts. A word about it settles it.
_HERE = "JOIN clients_client c ON c.state IN ('complete', 'incomplete') AND {home} AND"
_TYPED = f"""
typed AS (
    SELECT client, value, by_id, again FROM (
        SELECT c.id AS client, s.value, c.registered_by_id AS by_id, 1 AS again FROM candidates s {_HERE} c.email = s.value
        UNION ALL SELECT c.id, s.value, c.registered_by_id, 0 FROM candidates s {_HERE} c.phone = s.value
        UNION ALL SELECT c.id, s.value, b.by_id, 1 FROM candidates s
            JOIN clients_contactbeside b ON b.value = s.value AND b.removed_at IS NULL {_HERE} c.id = b.client_id
        UNION ALL SELECT c.id, s.value, c.registered_by_id, 1 FROM candidates s
            JOIN clients_client h ON h.phone = s.value AND h.state IN ('complete', 'incomplete')
            {_HERE} c.reached_through_id = h.id AND c.phone IS NULL
        UNION ALL SELECT c.id, s.value, k.by_id, 1 FROM candidates s
            JOIN clients_contactconflict k ON k.offered = s.value AND k.field IN ('phone', 'email') AND k.decision = 'open'
            {_HERE} c.id = k.client_id
    ) said WHERE NOT EXISTS (SELECT 1 FROM clients_contactproof p WHERE p.client_id = said.client AND p.value = said.value)
)"""
_SUSPECTS = f"""
WITH {_OWN}, {_CANDIDATES}, {_TYPED}, by_seller AS (
    SELECT t.value, t.by_id, SUM(t.again) AS times, MAX(CASE WHEN own.value IS NULL THEN 0 ELSE 1 END) AS is_own
    FROM typed t LEFT JOIN own ON own.value = t.value AND own.client <> t.client GROUP BY t.value, t.by_id
), told AS (
    SELECT value, SUM(times) AS times, MAX(is_own) AS is_own, MAX(CASE WHEN by_id IS NULL THEN 0 ELSE times END) AS most,
        MAX({{looks_value}}) AS looks FROM by_seller GROUP BY value
)
SELECT value, CASE WHEN looks = 1 THEN 'looks' WHEN is_own = 1 THEN 'own'
    WHEN most >= {MANY} AND value LIKE '+%%' THEN 'again' ELSE 'many' END
FROM told WHERE looks = 1 OR is_own = 1 OR times >= {MANY}
ORDER BY CASE WHEN looks = 1 THEN 0 WHEN is_own = 1 THEN 1 ELSE 2 END, times DESC, value LIMIT %s"""
_CARDS = f"""
WITH {_SAID}, {_TYPED} SELECT value, client, times FROM (
    SELECT value, client, ROW_NUMBER() OVER (PARTITION BY value ORDER BY client DESC) AS place,
        COUNT(*) OVER (PARTITION BY value) AS times
    FROM (SELECT DISTINCT value, client FROM typed) cards) ranked WHERE place <= {SHOWN} ORDER BY value, place"""
_SELLERS = f"""
WITH {_SAID}, {_TYPED} SELECT value, by_id, COUNT(DISTINCT client) AS times FROM typed
WHERE by_id IS NOT NULL GROUP BY value, by_id ORDER BY times DESC, by_id"""
_CLIENTS = f"WITH {_SAID}, {_TYPED} SELECT DISTINCT client FROM typed"


class Seller(NamedTuple):
    """Who typed a contact, and on how many cards."""

    name: str
    times: int

    def __str__(self) -> str:
        name = self.name.replace(" ", "\N{NO-BREAK SPACE}")
        return f"{name}\N{NO-BREAK SPACE}({self.times})" if self.times > 1 else name


class Invented(NamedTuple):
    """A contact that looks invented: on how many ``cards``, the newest ``clients`` of them, and ``sellers`` who typed it most."""

    value: str
    reason: str
    cards: int
    clients: list[Client]
    sellers: list[Seller]

    @property
    def why(self) -> str:
        return str(REASONS[self.reason])

    @property
    def more(self) -> int:
        """How many cards are not shown."""
        return self.cards - len(self.clients)


class Settled(NamedTuple):
    """What a manager decided about a contact at a moment, on how many cards."""

    value: str
    is_real: bool
    by: str
    at: datetime
    cards: int


class Suspects:
    """Rows of the page, the surest first, as a paginator asks for them. One query for the count, four more for a page."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = [store.pk for store in stores]

    @cached_property
    def _found(self) -> list[tuple[str, str]]:
        return self._fetch(_SUSPECTS, MOST)

    def count(self) -> int:
        return len(self._found)

    def __getitem__(self, place: slice) -> list[Invented]:
        return self._shown(dict(self._found[place])) if self._found else []

    def _shown(self, reasons: dict[str, str]) -> list[Invented]:
        values = list(reasons)
        on, typed = self._of(_CARDS, values), self._of(_SELLERS, values)
        cards = Client.objects.in_bulk([client for _value, client, _times in on])
        names = Employee.objects.in_bulk({by for _value, by, _times in typed})
        return [
            Invented(
                value, reasons[value], max((times for told, _client, times in on if told == value), default=0),
                [cards[client] for told, client, _times in on if told == value],
                [Seller(names[by].short_name, times) for told, by, times in typed if told == value][:SHOWN],
            )
            for value in values
        ]  # fmt: skip

    def clients_with(self, value: str) -> list[int]:
        """Cards of the stores on which the contact is not settled. One query."""
        return [client for (client,) in self._of(_CLIENTS, [value])]

    def _of(self, sql: str, values: list[str]) -> list[Any]:
        return self._fetch(sql.replace("{values}", ", ".join(["(%s)"] * len(values))), *values)

    def _fetch(self, sql: str, *params: Any) -> list[Any]:
        at = "strpos" if connection.vendor == "postgresql" else "instr"
        looks = {
            f"looks_{value}": _LOOKS.format(value=value, at=at, endings=_quoted(ENDINGS), words=_quoted(WORDS))
            for value in ("email", "value")
        }
        ends = " OR ".join(f"phone_reversed LIKE '{ending[::-1]}%%'" for ending in ENDINGS)
        home = f"(c.home_store_id IN ({', '.join(map(str, self.stores)) or 'NULL'}) OR c.home_store_id IS NULL)"
        with connection.cursor() as cursor:
            cursor.execute(sql.format(home=home, phone_ends=ends, **looks), params)
            rows: list[Any] = cursor.fetchall()
        return rows


def _quoted(words: Sequence[str]) -> str:
    """Our own words, in which there is no quotation mark."""
    return ", ".join(f"'{word}'" for word in words)


@transaction.atomic
def settle(value: str, stores: Sequence[Store], *, is_real: bool, by: Employee, now: datetime) -> int:
    """A manager says that the contact is real, or that it is to be asked for again at the next visit, of each card that has it.

    Returns of how many; what was said before stays.
    """
    clients = Suspects(stores).clients_with(value)
    state = ContactProof.State.CONFIRMED if is_real else ContactProof.State.DOUBTFUL
    ContactProof.objects.bulk_create(
        [
            ContactProof(
                client_id=pk, field="email" if "@" in value else "phone", value=value, state=state,
                reason=REAL if is_real else ASK, by=by, at=now,
            )
            for pk in clients
        ],
        batch_size=1_000,
    )  # fmt: skip
    return len(clients)


def unsettle(value: str, at: datetime, stores: Sequence[Store]) -> int:
    """What was decided about the contact at that moment was a slip: it is asked about again. Returns on how many cards."""
    return _words(stores).filter(value=value, at=at).delete()[0]


def settled(stores: Sequence[Store], *, now: datetime) -> list[Settled]:
    """What was decided in the last ninety days, the newest first. Two queries."""
    told = _words(stores).filter(at__gte=now - HISTORY).order_by().values("value", "at", "state")
    rows = list(told.annotate(cards=Count("pk"), who=Min("by")).order_by("-at", "value")[:100])
    names = Employee.objects.in_bulk({row["who"] for row in rows if row["who"]})
    return [
        Settled(
            row["value"], row["state"] == ContactProof.State.CONFIRMED,
            names[row["who"]].short_name if row["who"] else "", row["at"], row["cards"],
        )
        for row in rows
    ]  # fmt: skip


def _words(stores: Sequence[Store]) -> QuerySet[ContactProof]:
    cards = Client.objects.of_stores(list(stores))
    return ContactProof.objects.filter(reason__in=(REAL, ASK), client__in=cards)

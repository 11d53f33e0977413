"""What the search box found: cards, service requests, articles and who bought one; and in words why, where that is not plain."""

from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from django.utils.translation import gettext as _

from catalogue import selectors as catalogue_selectors
from catalogue.models import Article
from clients import selectors as clients_selectors
from clients.models import Client
from clients.searching import anywhere, cards, layouts, spellings, understood
from clients.searching.cards import Way
from clients.writing import identities, names
from crm_site.pages import remembered
from loyalty import selectors as loyalty_selectors
from purchases import selectors as purchases_selectors
from purchases.models import Order
from stores.models import Store
from stores.texts import writing
from stores.texts.visible import visible
from visits import selectors as visits_selectors
from workshop import selectors as workshop_selectors
from workshop.models import ServiceRequest


class Last(StrEnum):
    """Ways that come where a card's own readings found nobody, in this order."""

    PLASTIC = "plastic"
    ARTICLE = "article"
    FORMER = "former"
    REMEMBERED = "remembered"
    IN_LATIN = "in Latin"
    ALIKE = "alike"


class FoundClient(NamedTuple):
    """A card in the search results with its last visit, and why it is there: empty where the card shows it."""

    client: Client
    last_visit: date | None
    why: str = ""


class SearchResults(NamedTuple):
    """Cards, service requests and orders that a text means; ``told`` says how it was understood, ``offer`` whom to register."""

    clients: list[FoundClient]
    services: list[ServiceRequest]
    articles: list[Article] = []
    orders: list[Order] = []
    way: Way | Last = Way.AS_WRITTEN
    told: str = ""
    offer: str = ""

    def __bool__(self) -> bool:
        return bool(self.clients or self.services or self.articles or self.orders)

    @property
    def is_certain(self) -> bool:
        """Whether one card alone is surely the one that was meant: it may open by itself."""
        return self.way not in (Last.ALIKE, Last.REMEMBERED, Last.ARTICLE) and not (self.services or self.articles or self.orders)


class _Meant(NamedTuple):
    """Cards by one way of reading, with what is said of them together and of each."""

    cards: list[Client]
    way: Way | Last
    told: str = ""
    why: Callable[[Client], str] = lambda client: ""


def search(text: str, stores: Collection[Store] = ()) -> SearchResults:
    """What the search box found, by the first reading that finds anybody; orders of these stores alone.

    A constant number of queries for each reading: articles one, cards at most seven, then an article, a former contact, what one
    remembers and similar surnames, each one to three; the last visits one.
    """
    text = visible(text).strip()
    services, articles = workshop_selectors.find_services(text), catalogue_selectors.begun(text)
    orders = purchases_selectors.find_orders(text, stores)
    meant = _found(text) or (None if services or orders else _found_at_last(text)) or _Meant([], Way.AS_WRITTEN)
    last = visits_selectors.last_visits(meant.cards) if meant.cards else {}
    found = [FoundClient(client, last.get(client.pk), meant.why(client)) for client in meant.cards]
    is_named = not all(one.why for one in found) or not found
    offer = understood.offer(text) if meant.way != Last.REMEMBERED or is_named else ""
    return SearchResults(found, services, articles, orders, meant.way, meant.told, offer)


def _found(text: str) -> _Meant | None:
    """By what stands on a card as it was typed, or in the other layout or alphabet."""
    found = cards.find(text)
    if not found.cards:
        return None
    told = {
        Way.LAYOUT: _("Read in the other keyboard layout: “%(text)s”.") % {"text": found.read_as},
        Way.SPELLING: _("Written in other letters:"),
        Way.BIRTH_DATE: _("Born on %(day)s:") % {"day": found.read_as},
        Way.FURTHER_CONTACT: _("By a further phone or e-mail of the client:"),
    }
    typed = found.read_as if found.way == Way.LAYOUT else text
    return _Meant(found.cards, found.way, told.get(found.way, ""), lambda client: _by_email(client, typed))


def _by_email(client: Client, typed: str) -> str:
    """The e-mail where it is what was found by: the results do not show it."""
    is_it = typed.isascii() and client.email and client.email.startswith(typed.lower())
    return client.email or "" if is_it else ""


def _found_at_last(text: str) -> _Meant | None:
    """What is tried where no card has what was typed; a typing error comes last, for nothing is written so."""
    ways = (_by_plastic, _by_article, _by_former_contact, _remembered, _in_latin, _alike)
    return next(filter(None, (way(text) for way in ways)), None)


def _by_plastic(text: str) -> _Meant | None:
    found = loyalty_selectors.clients_of_card(text)
    if found is None or not found[1]:
        return None
    card, clients = found
    told = _("By card %(number)s (%(status)s):") % {"number": card, "status": card.get_status_display()}
    return _Meant(clients, Last.PLASTIC, told)


def _by_article(text: str) -> _Meant | None:
    typed = [text, layouts.other_layout(text)]
    bought = purchases_selectors.buyers_of(identities.writings(filter(None, typed)), begun=[one.upper() for one in typed if one])
    if not bought:
        return None
    why = {
        one.client.pk: _("bought %(article)s on %(day)s") % {"article": one.article, "day": writing.day(one.on)} for one in bought
    }
    told = _("Who bought this article, the newest first:")
    return _Meant([one.client for one in bought], Last.ARTICLE, told, lambda client: why[client.pk])


def _by_former_contact(text: str) -> _Meant | None:
    former = clients_selectors.formerly(text)
    return _Meant([former], Last.FORMER, _("By a contact of a card that became part of this one:")) if former else None


def _remembered(text: str) -> _Meant | None:
    """As it was typed, else as it was meant in the other layout or alphabet."""
    meant = layouts.meant(text)
    for read in dict.fromkeys([text, meant, spellings.in_cyrillic(meant)]):
        if found := remembered.find_remembered(read):
            told = _("“%(text)s” somewhere on the card, those seen last first:") % {"text": read}
            return _Meant(found, Last.REMEMBERED, told, partial(_where, read=read))
    return None


def _where(client: Client, read: str) -> str:
    """Where on the card the text stands, if not in the name that the results show."""
    if names.key(read) in names.full_key(client.name):
        return ""
    if client.email and read.lower() in client.email:
        return client.email
    return _("note: %(words)s") % {"words": anywhere.excerpt(read, f"{client.note} {client.likes}".strip())}


def _in_latin(text: str) -> _Meant | None:
    found = cards.find_in_latin(text)
    return _Meant(found, Last.IN_LATIN, _("Written in other letters:")) if found else None


def _alike(text: str) -> _Meant | None:
    found = cards.find_alike(text)
    return _Meant(found, Last.ALIKE, _("No exact match. Similar:")) if found else None

"""Cards that a text in the search box means, and by which reading it does."""

import re
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from clients.models import Client, Surname
from clients.sameness import surnames
from clients.searching import beginnings, days, layouts, spellings
from clients.writing import phones, spelling
from imports.bulk import batched
from stores.texts.visible import visible

FOUND_LIMIT = 20
# Similar surnames asked for at once.
TOGETHER = 8
SHORTEST_PHONE = 3
# From so many digits on it is a whole phone, neither its end nor a card; more digits than the other are no card.
WHOLE_PHONE, LONGEST_CARD = 10, 7
PHONES_BEGIN = "789"
DIGITS = re.compile(r"^[\d\s()+\-–.#№]+$")
# Letters that the beginning of an address may have, and no name with digits has.
LOCAL_PART = re.compile(r"[A-Za-z0-9][\w.+-]{2,}", re.ASCII)
# More surnames of one spelling than this would not be read.
SPELLED = 20
LIVE_CARDS = """SELECT id, state, last_name, first_name, middle_name, birth_date, phone, email
FROM clients_client WHERE state IN ('complete', 'incomplete')"""
# Cards by a further phone or e-mail.
BESIDE = "id IN (SELECT client_id FROM clients_contactbeside WHERE removed_at IS NULL AND value LIKE %s)"
Alternative = tuple[str, object]


class Way(StrEnum):
    """By which reading of the text cards were found."""

    AS_WRITTEN = ""
    FURTHER_CONTACT = "further"
    BIRTH_DATE = "birth date"
    LAYOUT = "layout"
    SPELLING = "spelling"


class Found(NamedTuple):
    """Cards, how they were found, and what the text was understood as."""

    cards: list[Client]
    way: Way = Way.AS_WRITTEN
    read_as: str = ""


def find(text: str, *, limit: int = FOUND_LIMIT) -> Found:
    """Live cards for what was typed; where there are none, for the same keys in the other layout.

    Seven queries at most, each on an index.
    """
    text = visible(text).strip()
    if not text or (len(text) < 2 and not text.isdecimal()):
        return Found([])
    found = _as_typed(text, limit)
    other = "" if found.cards else layouts.other_layout(text)
    if not other or not (layouts.is_like_a_name(other) or re.search(r"[\d@]", other)):
        return found
    read = _as_typed(other, limit)
    return Found(read.cards, Way.LAYOUT, other) if read.cards else found


def _as_typed(text: str, limit: int) -> Found:
    if "@" in text:
        return _by_contact(f"{beginnings.plain(text.lower())}%", limit)
    if born := days.birth_date(text, timezone.localdate()):
        return _born(born, limit)
    if DIGITS.match(said := phones.spoken(text)):
        return _by_digits(said, limit)
    return _by_letters(text, limit)


def _by_contact(beginning: str, limit: int) -> Found:
    """Who has the e-mail; where nobody has it as the main one, who has it as a further one."""
    cards = _cards([("email LIKE %s", beginning)], limit)
    return Found(cards) if cards else Found(_cards([(BESIDE, beginning)], limit), Way.FURTHER_CONTACT)


def _born(born: days.Born, limit: int) -> Found:
    said = beginnings.words(born.beside)
    named: list[Alternative] = [
        ("birth_date = %s AND name_key LIKE %s", (born.day, pattern)) for pattern in beginnings.patterns(said)
    ]
    cards = _cards(named or [("birth_date = %s", born.day)], limit)
    return Found(cards, Way.BIRTH_DATE, f"{born.day:%d.%m.%Y}")


def _by_digits(text: str, limit: int) -> Found:
    typed = re.sub(r"\D", "", text)
    if len(typed) < SHORTEST_PHONE:
        return Found(_cards([("id = %s", int(typed))], limit) if typed else [])
    if cards := _cards(_phone_or_card(text, typed), limit):
        return Found(cards)
    if cards := _cards([(BESIDE, f"+{phones.search_digits(text)}%")], limit):
        return Found(cards, Way.FURTHER_CONTACT)
    if (born := days.short_birth_date(text, timezone.localdate())) and (read := _born(born, limit)).cards:
        return read
    if len(typed) == SHORTEST_PHONE:
        return Found([])
    return Found(_cards([("(phone || '') LIKE %s", f"%{typed}%"), (BESIDE, f"%{typed}%")], limit))


def _phone_or_card(text: str, typed: str) -> list[Alternative]:
    """What digits can be: the beginning of a phone where phones begin so, its end, or a card's number.

    Each alternative left out is an index that is not asked: seconds count at the counter.
    """
    beginning: list[Alternative] = [("phone LIKE %s", f"+{phones.search_digits(text)}%")]
    if len(typed) >= WHOLE_PHONE or text.lstrip().startswith("+"):
        return beginning
    alternatives: list[Alternative] = [("phone_reversed LIKE %s", f"{typed[::-1]}%")]
    if typed[0] in PHONES_BEGIN:
        alternatives += beginning
    if len(typed) <= LONGEST_CARD:
        alternatives.append(("id = %s", int(typed)))
    return alternatives


def _by_letters(text: str, limit: int) -> Found:
    """A name, or in Latin letters the beginning of an e-mail too; there also a name of Cyrillic letters."""
    said = beginnings.words(text)
    alternatives = [] if re.search(r"\d", text) else _named(said)
    if LOCAL_PART.fullmatch(text):
        alternatives.append(("email LIKE %s", f"{beginnings.plain(text.lower())}%"))
    found = _cards(alternatives, limit)
    is_latin_name = spelling.is_latin(text) and layouts.is_like_a_name(text)
    spelled = _cards(_spelled(said), limit) if is_latin_name and not found else []
    return Found(spelled, Way.SPELLING) if spelled else Found(found)


def _named(said: list[str]) -> list[Alternative]:
    return [("name_key LIKE %s", pattern) for pattern in beginnings.patterns(said)]


def find_in_latin(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards in Latin letters for a name typed in Cyrillic: ``Смит`` is Smith. Two queries at most."""
    said = beginnings.words(visible(text))
    return _cards(_spelled(said), limit) if said and layouts.is_like_a_name(text) and not spelling.is_latin(said[0]) else []


def _spelled(said: list[str]) -> list[Alternative]:
    """Cards whose surname is the first word, or the last, in the other alphabet. One query."""
    turns = [(said[0], said[1:]), (said[-1], said[:-1])][: len(said)]
    begun = [(fold, given) for surname, given in turns for fold in spellings.folds(surname) if len(fold) > 2]
    is_latin = spelling.is_latin(said[0])
    return [
        ("name_key LIKE %s", beginnings.begun([key, *rest]))
        for key, folded in _surnames_in([fold for fold, _given in begun])
        for fold, given in begun
        if folded.startswith(fold) and spelling.is_latin(key) != is_latin
        for rest in _in_both(given)
    ]


def _surnames_in(folds: list[str]) -> list[tuple[str, str]]:
    """Surnames whose plain Latin letters begin so, with these. One query, none for none."""
    condition = Q()
    for fold in folds:
        condition |= Q(fold__startswith=fold)
    return list(Surname.objects.filter(condition).order_by("key").values_list("key", "fold")[:SPELLED]) if folds else []


def _in_both(given: list[str]) -> list[list[str]]:
    """First names as they are written and as the other alphabet has them."""
    if not given:
        return [[]]
    first, *rest = given
    firsts = {first, *(spellings.first_names(first) or [spellings.in_cyrillic(first)])}
    return [[one, *map(spellings.in_cyrillic, rest)] for one in sorted(firsts)]


def _cards(alternatives: list[Alternative], limit: int) -> list[Client]:
    """Live cards that meet one of the conditions, by name. One query, none for none.

    Written by hand, because composing it takes the ORM as long as the database takes to answer it.
    """
    if not alternatives:
        return []
    conditions = " OR ".join(condition for condition, _value in alternatives)
    values = [one for _condition, value in alternatives for one in (value if isinstance(value, tuple) else (value,))]
    sql = f"{LIVE_CARDS} AND ({conditions}) ORDER BY name_key LIMIT %s"
    return list(Client.objects.raw(sql, [*values, limit]))


def find_alike(text: str, *, limit: int = FOUND_LIMIT) -> list[Client]:
    """Cards whose surname is nearly the first word, the other words as they are: for a search that found nothing.

    One query for the surnames and one for each few of them until the page is full: those with fewer slips come first.
    """
    meant = layouts.meant(visible(text).strip())
    said = [spellings.in_cyrillic(word) for word in beginnings.words(meant)]
    near = surnames.alike(said[0]) if said else {}
    found: list[Client] = []
    for some in batched([beginnings.begun([key, *said[1:]]) for key in near], TOGETHER):
        if len(found) < limit:
            found += _cards([("name_key LIKE %s", beginning) for beginning in some], limit - len(found))
    return list(dict.fromkeys(found))

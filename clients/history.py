"""What was done to a card, by whom and when, in words for people; and what of it can be put back. Public."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from clients import services
from clients.models import LIVE, CardState, Client, ContactBeside
from clients.writing import phones
from clients.writing.person import REQUIRED
from imports.models import ListImport
from stores import opened
from stores.texts import writing
from stores.texts.writing import NONE

# What the history of a card tells of it, in the order of the card.
FACTS = ("state", "last_name", "first_name", "middle_name", "birth_date", "phone", "email", "postal_address", "home_store",
         "registered_on", "heard_from", "ring_size", "language", "metal", "likes", "note", "reached_through")  # fmt: skip
POINTERS = ("home_store", "heard_from", "reached_through")
# What stands in every new card without anybody's word.
UNSAID = ("state", "language")
LIST = re.compile(r"list (\d+)")


class PutBack(NamedTuple):
    """Which former state of the card holds a value, and the seal of what stands there now."""

    state: int
    seal: str


class Change(NamedTuple):
    """One fact of an entry; ``was`` is "" where it began, ``put_back`` is there where the former value can be had again."""

    field: str
    label: str
    was: str
    now: str
    put_back: PutBack | None = None


class Entry(NamedTuple):
    """One act; ``origin`` as the card keeps it, ``file`` the name of the list that it came with."""

    at: datetime
    by: object | None
    act: str
    changes: list[Change]
    origin: str = ""
    file: str = ""


def history_of(client: Client) -> list[Entry]:
    """All that is known of what was done to a card, the newest first. Nine queries at most, however long it is."""
    sources = list(client.sources.select_related("by"))
    entries = [*_of_card(client), *_of_contacts(client), *_of_consents(client), *_of_people_and_days(client), *_of_merges(client)]
    entries += _of_lists(sources, {entry.origin for entry in entries})
    return sorted(_with_files(entries, sources), key=lambda entry: entry.at)[::-1]


def _of_card(client: Client) -> Iterator[Entry]:
    states = client.history.select_related("history_user", *POINTERS).order_by("history_date", "history_id")
    acts = {"+": _("Card made"), "~": _("Card changed"), "-": _("Card removed")}
    offers = _Offers(client)
    for was, now in pairwise([None, *states]):
        changes = list(_changes(was, now, offers)) if now.history_type != "-" else []
        if changes or now.history_type != "~":
            reason = now.history_change_reason or ""
            yield Entry(now.history_date, now.history_user, acts[now.history_type], changes, reason)


class _Offers:
    """What of the former values a card can have again: not what stands there, nor what would leave it incomplete."""

    def __init__(self, client: Client) -> None:
        self.now = opened.standing(client, list(services.CORRECTED)) if client.state in LIVE else {}
        self.seals = {field: opened.seal(client, {field: value}) for field, value in self.now.items()}
        self.needed = REQUIRED if client.state == CardState.COMPLETE else ()

    def of(self, field: str, state: Any) -> PutBack | None:
        value = getattr(state, field)
        if field not in self.now or opened.plain(value) == opened.plain(self.now[field]) or (field in self.needed and not value):
            return None
        return PutBack(state.history_id, self.seals[field])


def _changes(was: Any, now: Any, offers: _Offers) -> Iterator[Change]:
    for field in FACTS:
        before, after = (_kept(state, field) for state in (was, now))
        said = before != after if was else after and field not in UNSAID
        if said:
            told = (in_words(was, field) if was else "", in_words(now, field))
            yield Change(field, _label(Client, field), *told, offers.of(field, was) if was else None)


def _kept(state: Any, field: str) -> Any:
    return opened.plain(getattr(state, f"{field}_id" if field in POINTERS else field)) if state else ""


def in_words(state: Any, field: str) -> str:
    """A fact of a card as people write it; a dash for none."""
    value = getattr(state, field)
    if value in (None, ""):
        return NONE
    if field == "phone":
        return phones.national(value)
    if field in ("birth_date", "registered_on"):
        return writing.short_day(value)
    if field == "ring_size":
        return writing.shortest(value)
    display = getattr(state, f"get_{field}_display", None)
    return str(display() if display else value)


def _label(model: Any, field: str) -> str:
    label = str(model._meta.get_field(field).verbose_name)
    return label[:1].upper() + label[1:]


def _of_contacts(client: Client) -> Iterator[Entry]:
    """Further contacts; those that a list brought have no history before a person touches them."""
    contacts = list(client.contacts_beside.select_related("by"))
    mine = Q(client=client.pk) | Q(id__in=[contact.pk for contact in contacts])
    last: dict[int, Any] = {}
    for state in ContactBeside.history.filter(mine).select_related("history_user").order_by("history_date", "history_id"):
        if state.history_type != "-":
            yield Entry(state.history_date, state.history_user, *_contact_act(last.get(state.id), state))
        last[state.id] = state
    for contact in contacts:
        if contact.pk not in last:
            origin = f"list {contact.list_import_id}" if contact.list_import_id else ""
            yield Entry(contact.at, contact.by, *_contact_act(None, contact), origin)


def _contact_act(was: Any, now: Any) -> tuple[str, list[Change]]:
    shown = _contact(now)
    if was is None:
        return _("Further contact written down"), [Change("", _label(ContactBeside, "value"), "", shown)]
    if bool(was.removed_at) != bool(now.removed_at):
        act = _("Further contact removed") if now.removed_at else _("Further contact brought back")
        return act, [Change("", _label(ContactBeside, "value"), *((shown, NONE) if now.removed_at else ("", shown)))]
    pairs = [("value", _contact(was), shown), ("words", was.words or NONE, now.words or NONE)]
    changes = [Change("", _label(ContactBeside, field), before, after) for field, before, after in pairs if before != after]
    return _("Further contact corrected"), changes


def _contact(state: Any) -> str:
    return phones.national(state.value) if state.kind == ContactBeside.Kind.PHONE else str(state.value)


def _of_consents(client: Client) -> Iterator[Entry]:
    for word in client.consents.select_related("by"):
        act = _("Consent given: %(purpose)s") if word.given else _("Consent taken back: %(purpose)s")
        yield Entry(word.at, word.by, act % {"purpose": word.get_purpose_display()}, [])


def _of_people_and_days(client: Client) -> Iterator[Entry]:
    """Those whom the client buys for and the days that they keep: as they stand, for they keep no former values."""
    for wearer in client.wearers.select_related("by"):
        yield Entry(wearer.at, wearer.by, _("Somebody the client buys for: %(who)s") % {"who": wearer}, [])
        if wearer.forgotten_at:
            yield Entry(wearer.forgotten_at, None, _("Nobody the client buys for any more: %(who)s") % {"who": wearer}, [])
    for day in client.occasions.select_related("kind", "by"):
        told = {"kind": day.kind, "day": day.shown}
        yield Entry(day.at, day.by, _("Day to remember: %(kind)s, %(day)s") % told, [])


def _of_merges(client: Client) -> Iterator[Entry]:
    acts = {
        True: _("Card %(number)s became part of this one"),
        False: _("This card became part of card %(number)s"),
    }
    made = client.merges.model.objects.filter(Q(survivor=client) | Q(absorbed=client)).select_related("by", "undone_by")
    for merge in made:
        is_survivor = merge.survivor_id == client.pk
        told = {"number": merge.absorbed_id if is_survivor else merge.survivor_id}
        yield Entry(merge.at, merge.by, acts[is_survivor] % told, [])
        if merge.undone_at:
            yield Entry(merge.undone_at, merge.undone_by, _("Two cards again: this one and %(number)s") % told, [])


def _of_lists(sources: Iterable[Any], told: set[str]) -> Iterator[Entry]:
    """Lists that filled a card which has become part of this one, of which this card's own history knows nothing."""
    for source in sources:
        if (found := LIST.match(source.origin)) and found[0] not in told:
            yield Entry(source.at, source.by, _("Filled from a list"), [], source.origin)


def _with_files(entries: Iterable[Entry], sources: Iterable[Any]) -> Iterator[Entry]:
    """Names of the lists, and the row where only one of a list was about the card."""
    rows: dict[str, set[str]] = {}
    for source in sources:
        if found := LIST.match(source.origin):
            rows.setdefault(found[0], set()).add(source.origin)
    kept = [(entry, LIST.search(entry.origin)) for entry in entries]
    names = dict(
        ListImport.objects.filter(pk__in={int(found[1]) for _entry, found in kept if found}).values_list("pk", "file_name")
    )
    for entry, found in kept:
        only = rows.get(entry.origin, set())
        origin = next(iter(only)) if len(only) == 1 else entry.origin
        yield entry._replace(origin=origin, file=names.get(int(found[1]), "") if found else "")

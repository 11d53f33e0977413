"""The rights of the person: all that we hold, and to be forgotten.

An erased card stays as a number without a person, so that sums hold. Each erasure has an act (``Erasure``) and a line in a
journal outside the database, from which it is done again in a base restored from a copy.
"""

import json
import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, NamedTuple

import structlog
from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients import forgotten, households, moving, origins, parts, scrubbing
from clients.models import (
    LIVE,
    CardState,
    Client,
    ClientKey,
    Consent,
    ContactBeside,
    ContactConflict,
    Erasure,
    FactSource,
    Occasion,
    Pair,
    Purpose,
    Surname,
    Wearer,
)
from clients.writing import names
from stores.models import Employee

log = structlog.get_logger(__name__)
JOURNAL = "erasures.jsonl"
# Federal Law 152-FZ, article 21, part 5: from the day on which the consent was taken back.
ERASED_WITHIN = timedelta(days=30)
BLANK: dict[str, Any] = {
    "last_name": "", "first_name": "", "middle_name": "", "birth_date": None, "phone": None, "email": None, "ring_size": None,
    "no_email": "", "no_email_at": None, "no_email_by": None,
    "postal_address": "", "metal": "", "likes": "", "note": "", "as_written": {}, "reached_through": None,
}  # fmt: skip
KEYS: dict[str, Any] = {"name_key": "", "person_key": "", "phone_reversed": "", "birthday": None}
CARD = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "no_email", "postal_address", "home_store",
        "registered_on", "heard_from", "ring_size", "metal", "likes", "note", "language")  # fmt: skip
# What rows keep for machines, as the person whom they are about reads it.
DAY_IN_WORDS = {"day": attrgetter("day_shown")}
FIELD_IN_WORDS = {"field": lambda row: origins.field_name(row.field)}
SOURCE_IN_WORDS = {
    "fields": lambda row: ", ".join(map(origins.field_name, filter(None, row.fields.split(",")))),
    "origin": lambda row: origins.in_words(row.origin),
}


class ToErase(NamedTuple):
    """A card whose owner took back the consent to keep it, and the last day to erase it."""

    client: Client
    until: date


def taken_back() -> "models.QuerySet[Consent]":
    """The newest words of those who took back the consent to keep their data."""
    newer = Consent.objects.filter(client=OuterRef("client"), purpose=OuterRef("purpose"), pk__gt=OuterRef("pk"))
    return Consent.objects.filter(~Exists(newer), purpose=Purpose.PERSONAL_DATA, given=False)


def live_taken_back() -> "models.QuerySet[Consent]":
    """The same of live cards: those that must go."""
    return taken_back().filter(client__state__in=LIVE)


def to_erase() -> list[ToErase]:
    """Live cards that must go, the most pressing first. Two queries."""
    found = live_taken_back().select_related("client__home_store").order_by("pk")
    return [ToErase(consent.client, erase_until(consent.at, consent.client)) for consent in found]


def count_to_erase() -> int:
    """How many live cards must go. One query."""
    return live_taken_back().count()


def erase_until(taken_back_at: datetime, client: Client) -> date:
    zone = client.home_store.zone if client.home_store else None
    return localtime(taken_back_at, zone).date() + ERASED_WITHIN


class NotErasableError(Exception):
    """Something is still open with the person; the words say what."""


def everything_about(client: Client) -> dict[str, list[dict[str, Any]]]:
    """All that Carat keeps about a person: heading → rows of label → value, empty headings left out.

    A number of queries that does not depend on the person.
    """
    told: dict[str, list[dict[str, Any]]] = {
        pgettext("of a client", "Card"): moving.describe_rows([client], CARD),
        _("Further contacts"): moving.describe_rows(client.contacts_beside.kept(), ("kind", "value", "words", "at")),
        _("Consents"): moving.describe_rows(
            client.consents.order_by("pk").select_related("where"), ("purpose", "given", "at", "where")
        ),
        _("Days to remember"): [{str(o.kind): o.shown} for o in client.occasions.select_related("kind")],
        _("People they buy for"): moving.describe_rows(
            client.wearers.kept(), ("first_name", "relation", "occasion", "day", "ring_size", "note"), DAY_IN_WORDS
        ),
        _("Household"): households.described(client),
        _("Where this came from"): moving.describe_rows(
            client.sources.order_by("pk"), ("at", "fields", "origin"), SOURCE_IN_WORDS
        ),
        _("What differed"): moving.describe_rows(
            client.conflicts.order_by("pk"), ("at", "field", "offered", "decision"), FIELD_IN_WORDS
        ),
        _("Words about contacts"): moving.describe_rows(client.proofs.order_by("pk"), ("at", "value", "state")),
    }
    for part in parts.every():
        told |= {heading: list(rows) for heading, rows in part.describe(client.pk).items()}
    return {heading: rows for heading, rows in told.items() if rows}


def _words_of(client: Client) -> "models.QuerySet[Consent]":
    return client.consents.order_by("pk").select_related("where")


@transaction.atomic
def erase(client: Client, *, basis: str, by: Employee | None) -> Erasure:
    """Take the person out of everything that is kept; receipts and sums stay with a card that is nobody's.

    Cards that became part of this one go with it. Raises NotErasableError with the reason.
    """
    locked = Client.objects.select_for_update().get(pk=client.pk)
    if done := Erasure.objects.filter(card=client.pk).first():
        return done
    if locked.state not in LIVE:
        raise NotErasableError(_("This card has become part of another meanwhile: erase that one."))
    cards = [locked, *_absorbed(locked)]
    if words := next(filter(None, (parts.reason_not_to_erase(card.pk) for card in cards)), ""):
        raise NotErasableError(words)
    kept: dict[str, int] = {}
    for card in cards:
        kept = {word: kept.get(word, 0) + times for word, times in _take_out(card, timezone.now()).items()}
    number = f"ER-{timezone.localdate().year}-{client.pk:06d}"
    act = Erasure.objects.create(card=client.pk, number=number, basis=basis, kept=kept, by=by, at=timezone.now())
    for card in cards:
        _note(act, card)
    return act


def _absorbed(client: Client) -> list[Client]:
    """Cards that became part of a card, and those that had become part of them."""
    found: list[Client] = []
    ring = list(Client.objects.filter(merged_into=client))
    while ring:
        found += ring
        ring = list(Client.objects.filter(merged_into__in=ring))
    return found


def _take_out(card: Client, at: datetime) -> dict[str, int]:
    """Everything about one card; that somebody was erased is known ``at`` that moment. Safe to run twice."""
    former = [(card.phone, card.email, card.last_name)]
    former += Client.history.filter(id=card.pk).values_list("phone", "email", "last_name")
    beside = set(card.contacts_beside.values_list("value", flat=True))
    contacts = _own({contact for phone, email, _name in former for contact in (phone, email) if contact} | beside, card)
    surnames = {names.key(name) for _phone, _email, name in former}
    forgotten.keep(card, contacts, at)
    kept: dict[str, int] = {}
    for part in parts.every():
        kept |= part.erase(card.pk, contacts)
    contacts_written = list(card.contacts_beside.values_list("pk", flat=True))
    for table in (Occasion, Wearer, ClientKey, ContactConflict, ContactBeside):
        table._default_manager.filter(client=card).delete()
    ContactBeside.history.filter(Q(client=card.pk) | Q(id__in=contacts_written)).delete()
    card.proofs.all().delete()
    FactSource.objects.filter(client=card).update(fields="", by=None)
    Pair.objects.filter(Q(first=card) | Q(second=card)).delete()
    households.rows_of(card.pk).delete()
    _forget_facts_of_merges(card)
    Client.objects.filter(reached_through=card).update(reached_through=None)
    Client.history.filter(Q(id=card.pk)).update(**BLANK)
    Client.history.filter(reached_through=card.pk).update(reached_through=None)
    scrubbing.scrub(card, contacts)
    state = {} if card.state == CardState.MERGED else {"state": CardState.ERASED}
    Client.objects.filter(pk=card.pk).update(**BLANK, **KEYS, **state)
    _forget_surnames(surnames)
    return kept


def _own(contacts: set[str], card: Client) -> list[str]:
    """Without those that somebody else has by now, alone or as well: what is kept about them is not this person's."""
    others = Client.objects.live().exclude(pk=card.pk).filter(Q(phone__in=contacts) | Q(email__in=contacts))
    held = {contact for pair in others.values_list("phone", "email") for contact in pair}
    beside = ContactBeside.objects.kept().filter(value__in=contacts).exclude(client=card)
    held |= set(beside.values_list("value", flat=True))
    return sorted(contacts - held)


def _forget_surnames(keys: Iterable[str]) -> None:
    """Surnames that nobody else has are not looked for any more."""
    for key in filter(None, keys):
        if not Client.objects.live().filter(name_key__startswith=key).exists():
            Surname.objects.filter(key=key).delete()


def _forget_facts_of_merges(card: Client) -> None:
    """A merge keeps both cards as they were: what was this person's goes, and with it the way back."""
    merges = models.Q(survivor=card) | models.Q(absorbed=card)
    card.merges.model.objects.filter(merges).update(
        facts={}, moved={}, undone_at=models.functions.Coalesce("undone_at", timezone.now())
    )


def _note(act: Erasure, card: Client) -> None:
    """A line of the journal, on disk before the erasure counts: a line too many erases once more what is gone already."""
    line = json.dumps({"card": card.pk, "made": card.created_at.isoformat(), "act": act.number, "at": act.at.isoformat()})
    with (settings.DATA_DIR / JOURNAL).open("a", encoding="utf-8") as journal:
        journal.write(line + "\n")
        journal.flush()
        os.fsync(journal.fileno())


def erase_again() -> int:
    """In a base restored from a copy: erase what the journal says was erased. Returns cards taken out again.

    For the time before workers start. Twice is as once.
    """
    again = 0
    for card, made, number, at in _journal():
        # Somebody else may have got the number after the restore.
        client = Client.objects.filter(pk=card, created_at=datetime.fromisoformat(made)).first()
        if client is None or _is_out(client):
            continue
        try:
            _erase_one_again(client, number, datetime.fromisoformat(at))
        except Exception:  # one card that resists must not keep the others in the base
            log.exception("erasure.failed", card=card, act=number)
        else:
            again += 1
    return again


@transaction.atomic
def _erase_one_again(client: Client, number: str, at: datetime) -> None:
    """A card that had been part of another has its act's number with its own behind it: the copy may be of before the merge."""
    kept = _take_out(Client.objects.select_for_update().get(pk=client.pk), at)
    if client.state == CardState.MERGED:
        return
    taken = Erasure.objects.filter(number=number).exclude(card=client.pk).exists()
    defaults = {"basis": _("done again after a restore"), "kept": kept, "at": at}
    Erasure.objects.get_or_create(card=client.pk, defaults={**defaults, "number": f"ER-{client.pk}" if taken else number})


def _is_out(client: Client) -> bool:
    return not (client.last_name or client.first_name or client.phone or client.email or client.birth_date)


def _journal() -> Iterable[tuple[int, str, str, str]]:
    path = settings.DATA_DIR / JOURNAL
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        said = json.loads(line)
        yield said["card"], said["made"], said["act"], said["at"]

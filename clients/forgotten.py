"""Who was erased: known again by a keyed hash, so that a list brings them back by somebody's decision only.

The key is made from SECRET_KEY: a copy of the base alone tells nothing. What a mark is made of is gone with the person.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.timezone import localdate

from clients.models import Client, ClientKey, ErasedMark
from clients.writing.names import PersonName, person_key
from clients.writing.person import Person
from imports import intake
from imports.models import RUNNING, ImportState, ListImport, Outcome, StagedRow

SALT = "clients.forgotten"
# The reason of a row about somebody who was erased, before the day: «erased on: 2026-11-28».
REASON = "erased on"
ROWS_KEPT = timedelta(days=30)


def keep(card: Client, contacts: Collection[str], at: datetime) -> None:
    """Remember by hashes whom the card was about, before it is emptied. Twice is as once."""
    said = [("phone" if contact.startswith("+") else "email", contact) for contact in contacts]
    facts = Client.history.filter(id=card.pk).values_list("last_name", "first_name", "middle_name", "birth_date")
    former = [*facts, (*card.name, card.birth_date)]
    said += [("person", key) for *name, born in former if (key := person_key(PersonName(*name), born))]
    said += [(f"code {source}", key) for source, key in ClientKey.objects.filter(client=card).values_list("source", "key")]
    marks = {_digest(kind, value, settings.SECRET_KEY) for kind, value in said}
    ErasedMark.objects.bulk_create([ErasedMark(digest=digest, at=at) for digest in sorted(marks)], ignore_conflicts=True)


def erased_on(people: Sequence[Person | None], source: str) -> list[date | None]:
    """For each person of a list, the day on which their data were erased, or None. One query, two where anybody was."""
    if not ErasedMark.objects.exists():
        return [None] * len(people)
    digests = [_digests(person, source) if person else [] for person in people]
    wanted = {digest for some in digests for digest in some}
    days = {mark.digest: localdate(mark.at) for mark in ErasedMark.objects.filter(digest__any=wanted)}
    return [max((days[digest] for digest in some if digest in days), default=None) for some in digests]


def _digests(person: Person, source: str) -> list[str]:
    said = [("phone", person.phone), ("email", person.email), ("person", person.key)]
    said += [(f"code {source}", person.code), ("code row", person.fingerprint)]
    return [_digest(kind, value, key) for kind, value in said if value for key in _keys()]


def _keys() -> Iterable[str]:
    """The key that marks are made with, and those that it replaced."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]


def _digest(kind: str, value: str, key: str) -> str:
    return salted_hmac(SALT, f"{kind}\x1f{value}", secret=key, algorithm="sha256").hexdigest()


def sweep(now: datetime) -> int:
    """Rows about erased people that nobody decided in time lose their text, and their lists' files go. Returns rows."""
    old = StagedRow.objects.filter(
        outcome=Outcome.CONFLICT, reason__startswith=REASON, list_import__created_at__lt=now - ROWS_KEPT
    ).exclude(raw=[])
    lists = ListImport.objects.filter(pk__in=old.values("list_import")).exclude(state__in=[*RUNNING, ImportState.PAUSED])
    for found in lists.exclude(file=""):
        intake.forget_file(found)
    return old.update(raw=[], changes={})

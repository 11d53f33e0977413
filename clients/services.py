"""Writes about cards: register, complete, settle what differs, take a consent."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from simple_history.utils import update_change_reason

from clients import forgotten, parts
from clients.models import (
    CardState,
    Client,
    Consent,
    ConsentText,
    ContactConflict,
    FactSource,
    HeardFrom,
    Occasion,
    OccasionKind,
    Purpose,
)
from clients.writing import names
from clients.writing.person import REQUIRED, Person
from stores import opened
from stores.models import Employee, Store
from stores.opened import Edit

FILLABLE = (*REQUIRED, "middle_name", "postal_address", "ring_size", "metal", "likes", "note")
# Facts of which none is null, not an empty text.
NULLABLE = ("birth_date", "phone", "email", "ring_size", "heard_from")
# What a person corrects on a card, and can put back.
CORRECTED = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "postal_address", "heard_from",
             "ring_size", "language", "metal", "likes", "note")  # fmt: skip


class PhoneTakenError(Exception):
    """The phone is on another live card, ``holder``."""

    def __init__(self, holder: Client) -> None:
        super().__init__(f"phone is on card {holder.pk}")
        self.holder = holder


class NeededError(Exception):
    """Without ``field`` the card would be complete no more."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class ContactDetails(NamedTuple):
    """What a visitor says about themselves; an empty fact was not said."""

    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    birth_date: date | None = None
    phone: str | None = None
    email: str | None = None

    @property
    def name(self) -> names.PersonName:
        return names.PersonName(self.last_name, self.first_name, self.middle_name)


class OwnHand(NamedTuple):
    """Consents that the client gave by their own hand: when, and to which texts, by purpose. No employee stands for them."""

    at: datetime
    texts: Mapping[str, int]


def erased_on(details: ContactDetails) -> date | None:
    """The day on which the data of this person were erased, if they were: whoever comes again is asked anew. Two queries."""
    key = names.person_key(details.name, details.birth_date)
    person = Person(details.name, details.birth_date, details.phone, details.email, key=key)
    return forgotten.erased_on([person], "")[0]


class Completion(NamedTuple):
    """Fields that were filled, and those where the visitor's word differs from the card's."""

    filled: list[str]
    differing: list[str]


def register(
    details: ContactDetails, *, by: Employee, store: Store | None, consents: Mapping[str, bool], no_email: str = "",
    heard_from: HeardFrom | None = None, origin: str = "counter", own: OwnHand | None = None,
) -> Client:  # fmt: skip
    """Make a complete card, or one that lacks the e-mail alone, with the reason. ``own``: typed by the client themselves.

    Raises PhoneTakenError, with the card that has the phone, and makes none then.
    """
    client = Client(
        **details._asdict(), home_store=store, registered_by=by, registered_on=store.today() if store else timezone.localdate(),
        heard_from=heard_from,
    )  # fmt: skip
    _note_no_email(client, no_email, by)
    if client.no_email:
        client.state = CardState.INCOMPLETE
    _save_new(client, by=by, origin=origin, consents=consents, store=store, own=own)
    return client


def register_behind(
    holder: Client,
    details: ContactDetails,
    *,
    by: Employee,
    store: Store | None,
    consents: Mapping[str, bool],
    no_email: str = "",
    heard_from: HeardFrom | None = None,
    origin: str = "counter",
    own: OwnHand | None = None,
) -> Client:
    """Make a card for a second person behind the phone of ``holder``: incomplete until they have their own."""
    client = Client(
        **details._replace(phone=None)._asdict(),
        state=CardState.INCOMPLETE,
        reached_through=holder,
        home_store=store,
        registered_by=by,
        registered_on=store.today() if store else timezone.localdate(),
        heard_from=heard_from,
    )
    _note_no_email(client, no_email, by)
    _save_new(client, by=by, origin=origin, consents=consents, store=store, own=own)
    return client


def _note_no_email(client: Client, reason: str, by: Employee) -> None:
    """The client was asked and has no e-mail, or keeps it to themselves; an e-mail on the card says more."""
    if reason and not client.email:
        client.no_email, client.no_email_at, client.no_email_by = reason, timezone.now(), by


def _save_new(
    client: Client, *, by: Employee, origin: str, consents: Mapping[str, bool], store: Store | None, own: OwnHand | None
) -> None:
    try:
        with transaction.atomic():
            client._history_user = by  # type: ignore[attr-defined]
            client.save()
            update_change_reason(client, origin)
            _note_source(client, [f for f in FILLABLE if getattr(client, f)], by=by, origin=origin)
            record_consents(client, consents, by=by, where=store, own=own)
            parts.tell_appeared([client.pk])
    except IntegrityError:
        holder = Client.objects.live().filter(phone=client.phone).first() if client.phone else None
        if holder is None:
            raise
        raise PhoneTakenError(holder) from None


def same_person(client: Client, details: ContactDetails) -> bool:
    """Whether the visitor can be the card's person: a compatible name and no other birth date."""
    same_day = not (client.birth_date and details.birth_date) or client.birth_date == details.birth_date
    return names.compatible(client.name, details.name) and same_day


@transaction.atomic
def complete_card(
    client: Client, *, found: ContactDetails, by: Employee, no_email: str = "", origin: str = "counter"
) -> Completion:
    """Fill what the card lacks; never overwrite what it has. ``no_email``: why there is none, where the client was asked.

    Returns the fields that were filled and those that differ: contacts wait as conflicts for a person to decide.
    Raises PhoneTakenError, with the other card, if the phone is somebody else's.
    """
    locked = Client.objects.live().select_for_update().get(pk=client.pk)
    filled, differing = [], []
    for field, value in found._asdict().items():
        held = getattr(locked, field)
        if not value or held == value:
            continue
        if not held or (field == "first_name" and names.is_initial(held)):
            setattr(locked, field, value)
            locked.as_written.pop(field, None)
            filled.append(field)
        elif not field.endswith("_name") or names.key(held) != names.key(str(value)):
            differing.append(field)
            _offer(locked, field, str(value), by=by, origin=origin)
    if no_email and not locked.email and locked.no_email != no_email:
        _note_no_email(locked, no_email, by)
        filled.append("no_email")
    if filled:
        _save_filled(locked, filled, by=by, origin=origin)
    client.refresh_from_db()
    return Completion(filled, differing)


def accept_email(pk: int, email: str, origin: str, by: Employee) -> None:
    """A person says that a broken address of a list meant this one; a card that has an address keeps it."""
    complete_card(Client.objects.get(pk=pk), found=ContactDetails(email=email), by=by, origin=origin)


def _save_filled(client: Client, filled: list[str], *, by: Employee, origin: str) -> None:
    if client.state == CardState.INCOMPLETE and not client.missing:
        client.state, client.reached_through = CardState.COMPLETE, None
    client._history_user = by  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            client.save()
    except IntegrityError:
        holder = Client.objects.live().filter(phone=client.phone).exclude(pk=client.pk).first()
        if holder is None:
            raise
        raise PhoneTakenError(holder) from None
    # What is a main contact by now is none beside it.
    client.contacts_beside.filter(value__in=[value for value in (client.phone, client.email) if value]).delete()
    update_change_reason(client, origin)
    _note_source(client, filled, by=by, origin=origin)
    parts.tell_appeared([client.pk])


def _offer(client: Client, field: str, value: str, *, by: Employee, origin: str) -> None:
    ContactConflict.objects.get_or_create(
        client=client,
        field=field,
        offered=value,
        decision=ContactConflict.Decision.OPEN,
        defaults={"origin": origin, "by": by, "at": timezone.now()},
    )


def _note_source(client: Client, fields: list[str], *, by: Employee | None, origin: str) -> None:
    FactSource.objects.create(client=client, fields=",".join(fields), origin=origin, by=by, at=timezone.now())


@transaction.atomic
def correct_card(client: Client, *, edit: Edit, by: Employee, origin: str = "corrected") -> Client:
    """Save what a person changed on the card on purpose, and no more; the history keeps what was there.

    Raises ChangedMeanwhileError where somebody else changed the same, PhoneTakenError if the new phone is on another card,
    Client.DoesNotExist where the card was erased or merged meanwhile; nothing is saved then.
    """
    locked = Client.objects.live().select_for_update().get(pk=client.pk)
    changes = edit.onto(opened.standing(locked, list(edit.wanted)))
    for field, value in changes.items():
        setattr(locked, field, value or None if field in NULLABLE else value)
    locked.as_written = {field: text for field, text in locked.as_written.items() if field not in changes}
    if locked.state == CardState.INCOMPLETE and not locked.missing:
        locked.state = CardState.COMPLETE
    if changes:
        _save_filled(locked, list(changes), by=by, origin=origin)
    return locked


@transaction.atomic
def put_back(client: Client, field: str, value: Any, *, seen: Mapping[str, Any], by: Employee) -> Client:
    """Give a field of the card a former value again; ``seen`` is what the person saw in its place.

    Raises NeededError where a complete card would lack something then, and whatever ``correct_card`` does; nothing is saved then.
    """
    locked = Client.objects.live().select_for_update().get(pk=client.pk)
    setattr(locked, field, value)
    if locked.state == CardState.COMPLETE and field in locked.missing:
        raise NeededError(field)
    return correct_card(client, edit=Edit(seen, {field: value}), by=by, origin="put back")


@transaction.atomic
def decide_conflict(conflict: ContactConflict, *, take: bool, by: Employee) -> Client:
    """Settle a conflict: the card keeps its value or takes the offered one. Raises PhoneTakenError."""
    locked = ContactConflict.objects.select_for_update().select_related("client").get(pk=conflict.pk)
    client = locked.client
    if locked.decision != ContactConflict.Decision.OPEN:
        return client
    if take:
        value = date.fromisoformat(locked.offered) if locked.field == "birth_date" else locked.offered
        setattr(client, locked.field, value)
        _save_filled(client, [locked.field], by=by, origin=f"decided: {locked.origin}")
    decision = ContactConflict.Decision.TAKEN if take else ContactConflict.Decision.KEPT
    locked.decision, locked.decided_by, locked.decided_at = decision, by, timezone.now()
    locked.save(update_fields=["decision", "decided_by", "decided_at"])
    return client


@transaction.atomic
def record_consents(
    client: Client, words: Mapping[str, bool], *, by: Employee | None, where: Store | None, own: OwnHand | None = None
) -> int:
    """Add the client's word on each purpose where it differs from the newest. Returns how many were added.

    Who takes back the consent to keep their data takes back all that rests on it.
    """
    newest = {consent.purpose: consent.given for consent in client.consents.order_by("pk")}
    if words.get(Purpose.PERSONAL_DATA) is False and newest.get(Purpose.PERSONAL_DATA):
        words = dict.fromkeys(newest, False)
    changed = {p: given for p, given in words.items() if newest.get(p) != given and (given or p in newest)}
    texts = dict(own.texts) if own else {purpose: text.pk for purpose, text in (current_texts() if changed else {}).items()}
    for purpose, given in changed.items():
        Consent.objects.create(
            client=client, purpose=purpose, given=given, at=own.at if own else timezone.now(), by=None if own else by,
            where=where, text_version_id=texts.get(purpose),
        )  # fmt: skip
    return len(changed)


@transaction.atomic
def change_consents(client: Client, edit: Edit, *, by: Employee, where: Store | None) -> int:
    """As ``record_consents``, of the boxes that a person changed: a word that somebody else took meanwhile stays.

    Raises ChangedMeanwhileError where nobody knows what the person saw.
    """
    locked = Client.objects.live().select_for_update(of=("self",)).get(pk=client.pk)
    return record_consents(locked, edit.onto(words_of(locked)), by=by, where=where)


def words_of(client: Client) -> dict[str, bool]:
    """Whether the client agrees, by purpose; not asked is no. One query."""
    newest: dict[str, bool] = {}
    for consent in client.consents.all():
        newest.setdefault(consent.purpose, consent.given)
    return {purpose.value: newest.get(purpose, False) for purpose in Purpose}


@transaction.atomic
def answer_about_data(client: Client, *, agrees: bool, by: Employee, where: Store | None) -> None:
    """The client's first word on whether their data may be kept; a no is a no from now on, and the card is to be erased.

    Who was asked before has answered: nothing is added then.
    """
    locked = Client.objects.live().select_for_update().get(pk=client.pk)
    if not locked.asked_for_data:
        Consent.objects.create(
            client=locked, purpose=Purpose.PERSONAL_DATA, given=agrees, at=timezone.now(), by=by, where=where,
            text_version=current_texts().get(Purpose.PERSONAL_DATA),
        )  # fmt: skip


def current_texts() -> dict[str, ConsentText]:
    """The wording in force, by purpose. Two queries."""
    newest = ConsentText.objects.values("purpose").annotate(newest=Max("version"))
    versions = {row["purpose"]: row["newest"] for row in newest}
    return {t.purpose: t for t in ConsentText.objects.all() if versions.get(t.purpose) == t.version}


@transaction.atomic
def keep_occasion(
    client: Client, kind: OccasionKind, *, day: int, year: int | None, by: Employee | None, seen: Mapping[str, Any] | None = None
) -> Occasion:
    """Write down a day that the client keeps (month × 100 + day); a new one of its kind takes the place of the former.

    ``seen`` are the days that the page showed: raises ChangedMeanwhileError where there is another by now.
    """
    if seen is not None:
        locked = Client.objects.select_for_update(of=("self",)).get(pk=client.pk)
        now = {str(kind.pk): None} | days_of(locked)
        Edit({str(kind.pk): "", **seen} if seen else {}, {str(kind.pk): (day, year)}).onto(now)
    occasion, _made = Occasion.objects.update_or_create(
        client=client, kind=kind, defaults={"day": day, "year": year, "by": by, "at": timezone.now()}
    )
    return occasion


def days_of(client: Client) -> dict[str, tuple[int, int | None]]:
    """The days that a client keeps, by the key of their kind. One query."""
    return {str(kept.kind_id): (kept.day, kept.year) for kept in client.occasions.all()}


def forget_occasion(pk: int) -> None:
    """The client keeps the day no more; forgotten twice is forgotten once."""
    Occasion.objects.filter(pk=pk).delete()

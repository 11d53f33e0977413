"""One person – one card: two cards become one, and two again.

The absorbed card stays as a row that points to the survivor; what hangs on it moves by the parts of the apps
(``clients.parts``). A ``Merge`` keeps both cards as they were and what moved, so that nothing of it is final.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from simple_history.utils import update_change_reason

from clients import households, moving, parts
from clients.models import (
    LIVE,
    CardState,
    Client,
    ClientKey,
    Consent,
    ContactBeside,
    ContactConflict,
    ContactProof,
    FactSource,
    Merge,
    Occasion,
    Pair,
    Purpose,
    Wearer,
)
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from stores.models import Employee

# What a person chooses between, side by side.
FACTS = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "postal_address", "home_store_id",
         "ring_size", "metal", "language")  # fmt: skip
# What nobody need choose: both are kept.
JOINED = ("likes", "note")
# Why the client has no e-mail goes with the e-mail: taken over where the survivor was never asked.
ASKED = ("no_email", "no_email_at", "no_email_by_id")
KEPT = (*FACTS, *JOINED, *ASKED, "heard_from_id", "registered_on", "state", "reached_through_id", "as_written")
TABLES = (ClientKey, FactSource, ContactProof, Wearer)
PART = "clients"


class MergeError(Exception):
    """These two cannot be made one, or not be parted; the words say why."""


class Word(NamedTuple):
    """Where a purpose will stand on the one card, and where it stood; None is "never asked"."""

    purpose: str
    label: str
    survivor: bool | None
    absorbed: bool | None
    rests: bool = True

    @property
    def given(self) -> bool | None:
        """The stricter word wins: a withdrawal on either card stands; asked on one card alone, that word counts.

        Nothing is agreed to where the consent to personal data, on which it ``rests``, was taken back.
        """
        said = [word for word in (self.survivor, self.absorbed) if word is not None]
        return all(said) and self.rests if said else None


@transaction.atomic
def merge(survivor: Client, absorbed: Client, *, chosen: Mapping[str, str], by: Employee | None) -> Merge:
    """Make two cards one. ``chosen``: fact → "absorbed" where the survivor takes the other card's; an empty fact is filled.

    Raises MergeError if one of them is no live card any more.
    """
    survivor, absorbed = _locked(survivor, absorbed)
    if survivor.pk == absorbed.pk or survivor.state not in LIVE or absorbed.state not in LIVE:
        raise MergeError("one of the cards is no live card any more")
    facts: dict[str, Any] = {"survivor": _facts(survivor), "absorbed": _facts(absorbed)}
    words = consents_together(survivor, absorbed)
    _save(absorbed, by, "merged", state=CardState.MERGED, merged_into=survivor)
    facts["set"] = _take_facts(survivor, absorbed, chosen, by)
    moved = {PART: _move(absorbed, survivor)}
    for part in parts.every():
        moved[parts.name_of(part)] = dict(part.move(absorbed.pk, survivor.pk))
    joint = {word.purpose: word.given for word in words if word.given is not None}
    moved[PART]["words"] = _say(survivor, joint, by, of=absorbed)
    made = Merge.objects.create(survivor=survivor, absorbed=absorbed, facts=facts, moved=moved, by=by, at=timezone.now())
    _settle_pairs(survivor, absorbed, by)
    parts.tell_appeared([survivor.pk])
    return made


def consents_together(survivor: Client, absorbed: Client) -> list[Word]:
    """What each purpose will be on the one card. Two queries."""
    mine, theirs = _newest(survivor), _newest(absorbed)
    rests = False not in (mine.get(Purpose.PERSONAL_DATA), theirs.get(Purpose.PERSONAL_DATA))
    return [Word(p.value, str(p.label), mine.get(p.value), theirs.get(p.value), rests) for p in Purpose]


def _newest(client: Client) -> dict[str, bool]:
    return dict(client.consents.order_by("pk").values_list("purpose", "given"))


def _say(client: Client, words: Mapping[str, bool], by: Employee | None, of: Client | None = None) -> list[int]:
    """Write down the words that differ from the newest. Returns the keys of their rows.

    A word taken over from another card keeps when, where, to whom and to which text it was given: that is its proof.
    """
    newest, said = _newest(client), []
    sources = {consent.purpose: consent for consent in of.consents.order_by("pk")} if of else {}
    for purpose, given in words.items():
        if newest.get(purpose) == given:
            continue
        row, source = Consent(client=client, purpose=purpose, given=given, at=timezone.now(), by=by), sources.get(purpose)
        if source and source.given == given:
            row.at, row.by, row.where, row.text_version = source.at, source.by, source.where, source.text_version
        row.save()
        said.append(row.pk)
    return said


def _locked(*clients: Client) -> list[Client]:
    """The cards as they now are, locked in the order of their keys, in the order asked for."""
    keys = sorted(client.pk for client in clients)
    found = {client.pk: client for client in Client.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [found[client.pk] for client in clients]


def _facts(client: Client) -> dict[str, Any]:
    return {field: plain(getattr(client, field)) for field in KEPT}


def plain(value: Any) -> Any:
    """A fact as JSON keeps it."""
    return str(value) if isinstance(value, date | Decimal) else value


def value_of(field: str, kept: Any) -> Any:
    """The fact that ``plain`` made of it."""
    if kept is None:
        return None
    if field in ("birth_date", "registered_on"):
        return date.fromisoformat(kept)
    if field == "no_email_at":
        return datetime.fromisoformat(kept)
    return Decimal(kept) if field == "ring_size" else kept


def _take_facts(survivor: Client, absorbed: Client, chosen: Mapping[str, str], by: Employee | None) -> dict[str, Any]:
    """Give the survivor what was chosen or lacked. Returns field → the value that it has now, of those that changed."""
    before = _facts(survivor)
    for field in FACTS:
        if chosen.get(field) == "absorbed" or not getattr(survivor, field):
            setattr(survivor, field, getattr(absorbed, field) or getattr(survivor, field))
    if not survivor.email and not survivor.no_email:
        for field in ASKED:
            setattr(survivor, field, getattr(absorbed, field))
    survivor.heard_from_id = survivor.heard_from_id or absorbed.heard_from_id
    for field in JOINED:
        both = dict.fromkeys(filter(None, (getattr(survivor, field), getattr(absorbed, field))))
        setattr(survivor, field, ("\n" if field == "note" else "; ").join(both)[: Client._meta.get_field(field).max_length])  # type: ignore[union-attr]
    days = [day for day in (survivor.registered_on, absorbed.registered_on) if day]
    survivor.registered_on = min(days) if days else None
    survivor.as_written = {
        f: text for f, text in survivor.as_written.items() if f in survivor.missing or not getattr(survivor, f)
    }
    if survivor.reached_through_id == absorbed.pk or survivor.phone:
        survivor.reached_through = None
    if survivor.state == CardState.INCOMPLETE and not survivor.missing:
        survivor.state = CardState.COMPLETE
    _save(survivor, by, "merged")
    return {field: value for field, value in _facts(survivor).items() if value != before[field]}


def _save(client: Client, by: Employee | None, why: str, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(client, name, value)
    client._history_user = by  # type: ignore[attr-defined]
    client.save()
    update_change_reason(client, why)


def _move(absorbed: Client, survivor: Client) -> dict[str, Any]:
    """What this app itself keeps about a card; a day or an open question that the survivor has too stays behind."""
    kinds = Occasion.objects.filter(client=survivor).values("kind")
    days = list(absorbed.occasions.exclude(kind__in=kinds).values_list("pk", flat=True))
    Occasion.objects.filter(pk__in=days).update(client=survivor)
    held = {survivor.phone, survivor.email, *survivor.contacts_beside.kept().values_list("value", flat=True)}
    beside = [contact.pk for contact in absorbed.contacts_beside.all() if contact.value not in held]
    ContactBeside.objects.filter(pk__in=beside).update(client=survivor)
    asked = {(c.field, c.offered) for c in survivor.conflicts.filter(decision=ContactConflict.Decision.OPEN)}
    doubts = [c.pk for c in absorbed.conflicts.order_by("pk") if (c.field, c.offered) not in asked]
    ContactConflict.objects.filter(pk__in=doubts).update(client=survivor)
    reached = list(Client.objects.filter(reached_through=absorbed).exclude(pk=survivor.pk).values_list("pk", flat=True))
    Client.objects.filter(pk__in=reached).update(reached_through=survivor)
    return {
        **moving.move_rows(TABLES, absorbed.pk, survivor.pk),
        "days": days,
        "beside": beside,
        "doubts": doubts,
        "reached": reached,
        "kin": households.move(absorbed.pk, survivor.pk),
    }


def _settle_pairs(survivor: Client, absorbed: Client, by: Employee | None) -> None:
    """The question about these two is answered; those about the absorbed card and others are asked of the survivor by night."""
    first, second = sorted((survivor.pk, absorbed.pk))
    now = timezone.now()
    Pair.objects.update_or_create(
        first_id=first, second_id=second,
        defaults={"state": Pair.State.MERGED, "decided_by": by, "decided_at": now},
        create_defaults={"state": Pair.State.MERGED, "decided_by": by, "decided_at": now, "score": 1, "kind": Pair.Kind.SAME,
                         "found_at": now},
    )  # fmt: skip
    Pair.objects.filter(Q(first=absorbed) | Q(second=absorbed), state=Pair.State.OPEN).delete()


@transaction.atomic
def undo(made: Merge, *, by: Employee | None) -> list[str]:
    """Part the cards again. Returns the facts that the absorbed card could not get back (its phone is somebody's by now).

    What was written on the one card since stays there. Raises MergeError if it was undone before, if a later merge stands
    on it, or if the card is gone.
    """
    made = Merge.objects.select_for_update().get(pk=made.pk)
    survivor, absorbed = _locked(made.survivor, made.absorbed)
    _may_part(made, survivor, absorbed)
    lost = _return_facts(survivor, made.facts, by)
    lost += _revive(absorbed, made.facts["absorbed"], by)
    _say_no_to_both(made, survivor, absorbed, by)
    _restore(made.moved.get(PART, {}), absorbed, survivor, by)
    for part in parts.every():
        part.restore(made.moved.get(parts.name_of(part), {}), absorbed.pk, survivor.pk)
    made.undone_by, made.undone_at = by, timezone.now()
    made.save(update_fields=["undone_by", "undone_at"])
    first, second = sorted((survivor.pk, absorbed.pk))
    Pair.objects.filter(first=first, second=second).update(state=Pair.State.OPEN, decided_by=None, decided_at=None)
    return lost


def _may_part(made: Merge, survivor: Client, absorbed: Client) -> None:
    if made.undone_at or absorbed.state != CardState.MERGED:
        raise MergeError("undone before")
    if survivor.state not in LIVE:
        raise MergeError("the card is part of another by now, or erased")
    if Merge.objects.filter(survivor=survivor, undone_at=None, pk__gt=made.pk).exists():
        raise MergeError("a later merge comes first")


def _say_no_to_both(made: Merge, survivor: Client, absorbed: Client, by: Employee | None) -> None:
    """Who said no while the cards were one said it as either: the absorbed card does not come back with its old yes."""
    since = survivor.consents.filter(at__gte=made.at, given=False).exclude(pk__in=made.moved.get(PART, {}).get("words", []))
    agreed = {purpose for purpose, given in _newest(absorbed).items() if given}
    _say(absorbed, dict.fromkeys(agreed & set(since.values_list("purpose", flat=True)), False), by)


def _return_facts(survivor: Client, facts: Mapping[str, Any], by: Employee | None) -> list[str]:
    """What the merge set and nobody changed since is as it was; the rest is a later decision about the survivor.

    Returns the facts that it could not get back: its former phone is somebody's by now.
    """
    former, given = facts["survivor"], facts["set"]
    for field, value in given.items():
        if field != "state" and plain(getattr(survivor, field)) == value:
            setattr(survivor, field, value_of(field, former[field]))
        elif field in JOINED and facts["absorbed"][field]:
            setattr(survivor, field, _without(getattr(survivor, field), facts["absorbed"][field], field))
    taken = Client.objects.live().filter(phone=survivor.phone).exclude(pk=survivor.pk).exists() if survivor.phone else False
    if taken:
        survivor.phone = None
    if survivor.missing and survivor.state == CardState.COMPLETE:
        survivor.state = CardState.INCOMPLETE
    _save(survivor, by, "merge undone")
    return ["phone"] if taken else []


def _without(text: str, part: str, field: str) -> str:
    """Words of both cards without those of the absorbed one; what was added since stays."""
    between = "\n" if field == "note" else "; "
    return text.replace(f"{between}{part}", "", 1) if f"{between}{part}" in text else text


def _revive(absorbed: Client, former: Mapping[str, Any], by: Employee | None) -> list[str]:
    """The absorbed card as it was; without its phone where that is on another card by now."""
    for field, value in former.items():
        setattr(absorbed, field, value_of(field, value))
    absorbed.merged_into = None
    try:
        with transaction.atomic():
            _save(absorbed, by, "merge undone")
    except IntegrityError:
        absorbed.phone, absorbed.state = None, CardState.INCOMPLETE
        _save(absorbed, by, "merge undone")
        return ["phone"]
    return []


def _restore(moved: Mapping[str, Any], absorbed: Client, survivor: Client, by: Employee | None) -> None:
    moving.restore_rows(TABLES, moved, absorbed.pk, survivor.pk)
    Occasion.objects.filter(pk__in=moved.get("days", []), client=survivor).update(client=absorbed)
    ContactBeside.objects.filter(pk__in=moved.get("beside", []), client=survivor).update(client=absorbed)
    ContactConflict.objects.filter(pk__in=moved.get("doubts", []), client=survivor).update(client=absorbed)
    Client.objects.filter(pk__in=moved.get("reached", []), reached_through=survivor).update(reached_through=absorbed)
    households.restore(moved.get("kin", []), absorbed.pk, survivor.pk)
    _take_words_back(moved.get("words", []), survivor, by)


def _take_words_back(written: list[int], survivor: Client, by: Employee | None) -> None:
    """Consents only grow: where the merge's word is still the newest, the client's word before it is said again.

    Who had never been asked is written down as not agreeing, which is what it meant.
    """
    said = {}
    for consent in Consent.objects.filter(pk__in=written):
        newest = list(survivor.consents.filter(purpose=consent.purpose).order_by("-pk").values_list("pk", "given")[:2])
        if newest[0][0] == consent.pk:
            if len(newest) > 1:
                said[consent.purpose] = newest[1][1]
            elif consent.purpose != Purpose.PERSONAL_DATA:  # a "no" to that would ask for an erasure
                said[consent.purpose] = False
    _say(survivor, said, by)


def last_merge_of(client: Client) -> Merge | None:
    """The merge that can be undone from a card: the newest that stands. One query."""
    return client.merges.filter(undone_at=None).select_related("absorbed", "by").first()


def propose(one: Client, other: Client, *, by: Employee) -> Pair:
    """Somebody at the counter thinks that two cards are one person's: asked about like a pair that the night found."""
    first, second = sorted((one.pk, other.pk))
    said = likeness.compare(*(Facts(card.name, card.birth_date, card.phone, card.email) for card in (one, other)))
    pair, _made = Pair.objects.update_or_create(
        first_id=first, second_id=second,
        defaults={"state": Pair.State.OPEN, "decided_by": None, "decided_at": None},
        create_defaults={
            "score": said.score, "kind": Pair.Kind.LIKELY, "found_at": timezone.now(),
            "reasons": [["seller", 0], *([reason.key, reason.weight] for reason in said.reasons)],
        },
    )  # fmt: skip
    return pair


def tell_apart(one: Client, other: Client, *, by: Employee) -> Pair:
    """Two cards are different people's: not asked about again, until somebody opens the question anew."""
    first, second = sorted((one.pk, other.pk))
    decided = {"state": Pair.State.DIFFERENT, "decided_by": by, "decided_at": timezone.now()}
    made = {**decided, "score": 0, "kind": Pair.Kind.LIKELY, "found_at": timezone.now()}
    return Pair.objects.update_or_create(first_id=first, second_id=second, defaults=decided, create_defaults=made)[0]


def ask_again(pair: Pair) -> None:
    """The question about two cards is open again."""
    Pair.objects.filter(pk=pair.pk, state=Pair.State.DIFFERENT).update(state=Pair.State.OPEN, decided_by=None, decided_at=None)

"""A clients' list taken back: cards that nothing else has touched go, filled facts go back, the rest stays and says why."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from simple_history.utils import bulk_update_with_history

from clients import parts
from clients.models import (
    CardState,
    Client,
    ClientKey,
    Consent,
    ContactBeside,
    ContactConflict,
    FactSource,
    Occasion,
    OccasionKind,
    Surname,
)
from clients.writing import names
from imports import bulk
from imports.models import Outcome, StagedRow
from imports.specs import BACK, ListContext
from stores.models import Employee

MADE = (Outcome.CREATED, Outcome.INCOMPLETE)
ATTRIBUTES = {"store": "home_store_id", "heard_from": "heard_from_id"}
# Further phones and e-mails, rows of their own.
BESIDE = ("phone2", "email2")
DAYS = ("birth_date", "registered_on")
CHANGEABLE = ["last_name", "first_name", "middle_name", "birth_date", "phone", "email", "home_store", "registered_on",
              "heard_from", "postal_address", "note", "state", "name_key", "person_key", "phone_reversed",
              "birthday"]  # fmt: skip


def take_back(rows: Sequence[StagedRow], context: ListContext) -> list[str]:
    """Undo what the rows did to cards, from the last row to the first; for each ``BACK``, "" or what stays.

    Inside the caller's transaction. A number of queries that does not depend on the number of rows.
    """
    made = {row.subject for row in rows if row.outcome in MADE and row.subject}
    changed = [row for row in rows if row.changes and row.subject and _has_written(row)]
    cards = {card.pk: card for card in Client.objects.select_for_update().filter(pk__in={*made, *(r.subject for r in changed)})}
    held = _holders(changed)
    words = {row.pk: _take_facts_back(cards.get(row.subject or 0), row, held) for row in changed}
    used = _touched(made & cards.keys(), context)
    going = (made & cards.keys()) - used.keys()
    _save([card for pk, card in cards.items() if pk not in going and any(r.subject == pk for r in changed)], context)
    _forget_traces(rows, context)
    _delete(going, context)
    words |= {row.pk: used.get(row.subject or 0, BACK) for row in rows if row.outcome in MADE and row.subject}
    return [words.get(row.pk, "") for row in rows]


def _has_written(row: StagedRow) -> bool:
    """A row that filled a card; with a conflict about its e-mail it still filled the rest."""
    return row.outcome == Outcome.UPDATED or (row.outcome == Outcome.CONFLICT and row.reason == "email")


def _holders(rows: Sequence[StagedRow]) -> dict[str, int]:
    """Who has by now the phones that would be put back. One query."""
    phones = {row.changes["phone"][0] for row in rows if row.changes.get("phone", [None])[0]}
    return {phone: pk for pk, phone in Client.objects.live().filter(phone__in=phones).values_list("pk", "phone") if phone}


def _take_facts_back(card: Client | None, row: StagedRow, held: Mapping[str, int]) -> str:
    """Put back what the row changed, where it still stands; what a person changed since stays, and so does a phone
    whose former number is somebody else's by now."""
    if card is None:
        return BACK
    stays = []
    for field, (was, brought) in row.changes.items():
        if field in BESIDE:
            _take_contacts_back(card, brought, row)
            continue
        attribute = ATTRIBUTES.get(field, field)
        now = _plain(getattr(card, attribute))
        if field == "phone" and was and held.get(was, card.pk) != card.pk:
            stays.append(field)
        elif now == _plain(brought):
            setattr(card, attribute, _value(field, was))
        elif now != _plain(was):
            stays.append(field)
    if card.state == CardState.COMPLETE and card.missing:
        card.state = CardState.INCOMPLETE
    return "changed since: " + ", ".join(stays) if stays else BACK


def _take_contacts_back(card: Client, brought: str, row: StagedRow) -> None:
    """Further contacts that the row brought go, unless a person has written them down since."""
    ContactBeside.objects.filter(client=card, value__in=brought.split(", "), list_import=row.list_import_id).delete()


def _plain(value: Any) -> Any:
    return (value.isoformat() if isinstance(value, date) else value) or None


def _value(field: str, was: Any) -> Any:
    if field in DAYS:
        return date.fromisoformat(was) if was else None
    return was if was is not None or field in ("phone", "email", "store", "heard_from") else ""


def _save(cards: list[Client], context: ListContext) -> None:
    for card in cards:
        card.prepare()
    if cards:
        bulk_update_with_history(
            cards, Client, CHANGEABLE, batch_size=200, default_user=_user(context), default_change_reason=_origin(context)
        )
        Surname.objects.note(names.key(card.last_name) for card in cards)
        FactSource.objects.bulk_create(
            FactSource(client=card, fields="", origin=_origin(context), by_id=context.actor_id, at=context.now) for card in cards
        )


def _touched(made: Collection[int], context: ListContext) -> dict[int, str]:
    """Cards that something besides this list has touched, with what it was."""
    if not made:
        return {}
    ours = [context.origin, _origin(context)]
    # The later of these words wins, so the plainest comes last.
    signs: list[tuple[str, Any]] = [
        ("changed since", Client.history.filter(id__in=made).exclude(history_change_reason__in=ours).values_list("id")),
        ("another list", ClientKey.objects.filter(client__in=made).exclude(list_import=context.import_id).values_list("client")),
        (
            "changed since",
            ContactBeside.objects.filter(client__in=made).exclude(list_import=context.import_id).values_list("client"),
        ),
        ("a decision", _decided(made)),
        ("reached through", Client.objects.filter(reached_through__in=made).exclude(pk__in=made).values_list("reached_through")),
        ("merged", Client.objects.filter(merged_into__in=made).values_list("merged_into")),
        ("an occasion", Occasion.objects.filter(client__in=made).exclude(_brought_by_a_list()).values_list("client")),
        ("consents", Consent.objects.filter(client__in=made).values_list("client")),
    ]
    touched = {pk: f"stays: {word}" for word, found in signs for (pk,) in found}
    return touched | {pk: f"stays: {word}" for pk, word in parts.holdings(made).items()}


def _brought_by_a_list() -> Q:
    """Birthdays without a year that came with a card, from nobody's hand."""
    return Q(kind=OccasionKind.objects.birthday(), by=None)


def _decided(made: Collection[int]) -> Any:
    return ContactConflict.objects.filter(client__in=made).exclude(decision=ContactConflict.Decision.OPEN).values_list("client")


def _forget_traces(rows: Sequence[StagedRow], context: ListContext) -> None:
    """Conflicts that the rows opened and nobody decided, and the codes that this list gave, are no longer known."""
    origins = [f"{context.origin} row {row.number}" for row in rows if row.outcome == Outcome.CONFLICT]
    if origins:
        subjects = {row.subject for row in rows if row.subject}
        ContactConflict.objects.filter(
            Q(client__in=subjects, origin__in=origins, decision=ContactConflict.Decision.OPEN)
        ).delete()
    unchanged = {row.subject for row in rows if row.subject}
    ClientKey.objects.filter(client__in=unchanged, list_import=context.import_id).delete()


def _delete(going: Collection[int], context: ListContext) -> None:
    """The cards and all that hangs on them; their history says that they were taken back."""
    if not going:
        return
    history = Client.history.model
    columns = [field.attname for field in history._meta.concrete_fields if field.attname != "history_id"]
    last = history.objects.filter(id__in=going).order_by("history_id").values_list(*columns)
    trail = {
        "history_date": context.now,
        "history_change_reason": _origin(context),
        "history_type": "-",
        "history_user_id": context.actor_id,
    }
    newest: dict[int, Mapping[str, Any]] = {row[0]: dict(zip(columns, row, strict=True)) | trail for row in last}
    bulk.insert(history, columns, [list(row.values()) for row in newest.values()])
    for model in (ClientKey, FactSource, ContactConflict, Occasion, ContactBeside):
        model._default_manager.filter(client__in=going).delete()
    cards = Client.objects.filter(pk__in=going)
    cards.update(reached_through=None)
    cards._raw_delete(using=cards.db)


def _origin(context: ListContext) -> str:
    return f"undo of list {context.import_id}"


def _user(context: ListContext) -> Employee | None:
    return Employee.objects.filter(pk=context.actor_id).first() if context.actor_id else None

"""What the desk offers, over time: who changed a term or a master, from what to what, and how the newest change is put back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stores.deciding.ruling import ChangedSinceError
from stores.models import Employee, Store
from stores.texts import writing
from workshop.models import Master, ServiceKind, ServiceTerm
from workshop.terms import usual

# By which column a row is known though it was withdrawn and said anew.
KEYS: dict[type[models.Model], str] = {ServiceTerm: "kind", Master: "id"}
TABLES: dict[str, type[models.Model]] = {"term": ServiceTerm, "master": Master}
SHOWN = {"term": ("is_offered", "days", "price", "asks_passport", "passport_from"), "master": ("name", "store_id", "is_active")}
LABELS = {
    "is_offered": gettext_lazy("We take it in"), "days": gettext_lazy("Days of work"), "price": gettext_lazy("Usual price"),
    "asks_passport": gettext_lazy("Always ask for a passport"),
    "passport_from": gettext_lazy("Ask for a passport from a declared value of"),
    "name": gettext_lazy("Name and surname"), "store_id": gettext_lazy("Works for"), "is_active": gettext_lazy("Works with us"),
}  # fmt: skip
# A state that stood before there was a history: what came after is told beside it, it is no change itself.
STOOD = "stood"


class Line(NamedTuple):
    """A column that a change wrote, in words."""

    label: Any
    was: str
    now: str


class Told(NamedTuple):
    """A change in words, without lines where a master was added. ``can_undo`` where nothing was changed after it."""

    table: str
    key: Any
    pk: int
    title: str
    lines: list[Line]
    by: Employee | None
    at: datetime
    can_undo: bool


def history() -> list[Told]:
    """What was changed in terms and masters, newest first. Three queries."""
    stores = dict(Store.objects.values_list("pk", "name"))
    found = [told for table in TABLES for told in _changes(table, stores)]
    return sorted(found, key=lambda told: (told.at, told.pk), reverse=True)


def _changes(table: str, stores: Mapping[int, str]) -> list[Told]:
    key_name = KEYS[TABLES[table]]
    stands: dict[Any, Any] = {}
    newest: dict[Any, Told] = {}
    found = []
    for record in _records(table).select_related("history_user").order_by("history_id"):
        key, before = getattr(record, key_name), stands.get(getattr(record, key_name))
        stands[key] = after = None if record.history_type == "-" else record
        if record.history_change_reason == STOOD:
            continue
        lines = _lines(table, before or _unsaid(table, key), after or _unsaid(table, key), stores)
        if not lines and (before or table == "term"):
            continue
        title = str(ServiceKind(key).label) if table == "term" else record.name
        newest[key] = Told(table, key, record.history_id, title, lines, record.history_user, record.history_date, can_undo=True)
        found.append(newest[key])
    return [told if newest[told.key] is told else told._replace(can_undo=False) for told in found]


def _records(table: str) -> Any:
    return TABLES[table].history.all()  # type: ignore[attr-defined]


def _unsaid(table: str, key: Any) -> Any:
    return usual(key) if table == "term" else None


def _lines(table: str, was: Any, now: Any, stores: Mapping[int, str]) -> list[Line]:
    if was is None or now is None:
        return []
    pairs = ((name, getattr(was, name), getattr(now, name)) for name in SHOWN[table])
    return [
        Line(LABELS[name], _in_words(name, before, stores), _in_words(name, after, stores))
        for name, before, after in pairs
        if before != after
    ]


def _in_words(name: str, value: Any, stores: Mapping[int, str]) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "store_id":
        return stores.get(value, "—") if value else _("all stores")
    if name in ("price", "passport_from"):
        return "—" if value is None else writing.money(value)
    return str(value)


@transaction.atomic
def undo(table: str, pk: int, *, by: Employee) -> None:
    """Put back what stood before a change: a term said for the first time goes, a master added works no more.

    Raises ChangedSinceError, DoesNotExist.
    """
    model = TABLES[table]
    key_name = KEYS[model]
    record = _records(table).get(history_id=pk)
    subject = {key_name: getattr(record, key_name)}
    row = model._base_manager.select_for_update(of=("self",)).filter(**subject).first()
    states = list(_records(table).filter(**subject, history_id__gte=pk).order_by("history_id"))
    values = [_values(table, state) for state in states]
    if record.history_change_reason == STOOD or any(value != values[0] for value in values):
        raise ChangedSinceError
    before = _records(table).filter(**subject, history_id__lt=pk).order_by("history_id").last()
    before = before if before and before.history_type != "-" else None
    _put(row, before, by) if row else _bring_back(before, by)


def _values(table: str, record: Any) -> list[Any]:
    """What a state of the history holds; of a term that was taken away, what holds by itself."""
    state = record if record.history_type != "-" else _unsaid(table, getattr(record, KEYS[TABLES[table]]))
    return [getattr(state, name, None) for name in SHOWN[table]]


def _put(row: Any, before: Any, by: Employee) -> None:
    row._history_user = by
    if before is not None:
        for name in SHOWN["term" if isinstance(row, ServiceTerm) else "master"]:
            setattr(row, name, getattr(before, name))
    elif isinstance(row, ServiceTerm):
        row.delete()
        return
    else:
        row.is_active = False
    row.save()


def _bring_back(before: Any, by: Employee) -> None:
    """What was taken away comes back as it was."""
    if before is not None:
        row = before.instance
        row._history_user = by
        row.save(force_insert=True)

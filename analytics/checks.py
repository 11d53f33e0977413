"""Do the figures still say what the raw rows say? Derived tables, snapshots and the ledger of bonuses, and where they differ."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from analytics import snapshots
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES
from analytics.models import FigureCheck, Snapshot
from clients.models import Client
from loyalty import nightly
from purchases import adding_up
from stores.models import Store
from visits import derived

CHUNK = 2_000
MOST_TOLD = 50
TABLES = ("visit", "clientactivity", "rhythm")


def check_figures(*, tell: Callable[[int, int], None] = lambda done, wrong: None) -> FigureCheck:
    """Compare chunk after chunk of clients, the ledger, every snapshot that is not stale; keeps and returns what was found."""
    check = FigureCheck.objects.create(started_at=timezone.now())
    found: list[str] = []
    for keys in _chunks():
        found += _clients_that_differ(keys)
        check.clients += len(keys)
        tell(check.clients, len(found))
    found += [*nightly.differences(), *adding_up.differences()]
    for snapshot in Snapshot.objects.filter(data__isnull=False).order_by("pk"):
        found += _snapshot_that_differs(snapshot)
        check.snapshots += 1
    check.wrong, check.differences, check.finished_at = len(found), found[:MOST_TOLD], timezone.now()
    check.save()
    FigureCheck.objects.exclude(pk__in=FigureCheck.objects.values("pk")[:30]).delete()
    return check


def _chunks() -> Iterator[list[int]]:
    last = 0
    while keys := list(Client.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = keys[-1]
        yield keys


def _clients_that_differ(keys: list[int]) -> list[str]:
    """Their rows as they stand against the same made anew from the receipts, in a transaction that is taken back."""
    with transaction.atomic():
        list(Client.objects.select_for_update().filter(pk__range=(keys[0], keys[-1])).values_list("pk", flat=True))
        before = {table: _rows(table, keys) for table in TABLES}
        derived.refresh(keys, days=[])
        after = {table: _rows(table, keys) for table in TABLES}
        transaction.set_rollback(True)
    return [words for table in TABLES for words in _differences(table, before[table], after[table])]


def _rows(table: str, keys: list[int]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM visits_{table} WHERE client_id BETWEEN %s AND %s", [keys[0], keys[-1]])
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


# What differs from night to night by its nature: keys, the day of the chance, and what follows from it.
_OF_ITSELF = ("id", "as_of", "chance", "stake")


def _differences(table: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[str]:
    def told(rows: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
        kept = [{name: _plain(value) for name, value in row.items() if name not in _OF_ITSELF} for row in rows]
        return {(row["client_id"], row.get("scope"), row.get("day")): row for row in kept}

    stands, should = told(before), told(after)
    for key in stands.keys() | should.keys():
        one, other = stands.get(key), should.get(key)
        if one == other:
            continue
        where = f"{table} client {key[0]}" + (f" scope {key[1]} {key[2]}" if key[2] else "")
        if one is None or other is None:
            yield f"{where}: {'missing' if one is None else 'too much'}"
        else:
            names = [name for name in one if one[name] != other[name]]
            yield f"{where}: " + ", ".join(f"{name} {one[name]} ≠ {other[name]}" for name in names)


def _plain(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value


def _snapshot_that_differs(snapshot: Snapshot) -> list[str]:
    figure = FIGURES[snapshot.figure]
    if snapshots.is_stale(snapshot) or figure.standing or figure.ages:
        return []  # what is as of a night is renewed every night, and says of when it is
    store = Store.objects.filter(pk=snapshot.scope).first()
    live = figure.compute(store, Period(snapshot.first, snapshot.last))
    if snapshot.data == live or snapshots.is_stale(snapshot):
        return []
    return [f"snapshot {snapshot}: {', '.join(name for name in live if (snapshot.data or {}).get(name) != live[name])}"]

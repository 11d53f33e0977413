"""Whoever chooses clients writes their touches here: once a round, each in the arm that a hash says.

    touching.write("campaign:17", chosen, phase="1", holdout=10)      # as often as you like, by as many workers
    for touch in touching.waiting("campaign:17")[:500]: …             # make its message or errand by touch.key(step)
    touching.done(touches)                                            # in the same transaction
    touching.write_all("campaign:17", table, …)                       # everybody of a query, without leaving the database

A message or errand is once by its occasion key, a touch by its constraint, so a run that died between the two is simply run
again: what waits is in the rows.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from campaigns.drawing import held_in_sql as held_in_sql
from campaigns.drawing import is_held as is_held
from campaigns.models import Arm, Touch, TouchState, WhyOut
from imports import bulk

BATCH = 5_000
COLUMNS = ("source", "round", "client_id", "store_id", "arm", "reason", "stratum", "counted_from", "way", "state", "made_at")

WRITE_ALL = """
{begins}, drawn AS MATERIALIZED (SELECT client, home, way, reason, {held} AS held FROM {name})
INSERT INTO {table} (source, round, client_id, store_id, arm, reason, stratum, counted_from, way, state, made_at)
SELECT %s, %s, client, home,
    CASE WHEN reason = 'quiet' THEN 'held' WHEN reason <> '' THEN 'out' WHEN held THEN 'held' ELSE 'treated' END,
    reason, %s, %s, way,
    CASE WHEN reason <> '' OR held THEN 'over' ELSE 'waits' END, %s
FROM drawn ORDER BY client"""


# Of which wording who is written to gets the second; another salt than that of the arms.
WORDINGS = "wordings"
SPLIT = """
UPDATE {table} SET variant = CASE WHEN {second} THEN 'b' ELSE 'a' END
WHERE source = %s AND arm = 'treated' AND way = %s AND variant = ''"""


class Chosen(NamedTuple):
    """A client as they were found: ``reason`` (of ``WhyOut``) leaves them out, empty lets the hash say the arm.

    Who is quiet (``WhyOut.QUIET``) is held, for that reason.
    """

    client: int
    round: str
    counted_from: date
    store: int | None = None
    way: str = ""
    reason: str = ""


class Table(NamedTuple):
    """Chosen clients as a query says it: ``begins`` (``WITH …``) names a table ``name`` (client, home, way, reason)."""

    begins: str
    name: str
    params: list[Any]


@transaction.atomic(savepoint=False)
def write(source: str, chosen: Iterable[Chosen], *, phase: str, holdout: int, is_made: bool = False) -> int:
    """A touch for each who has none in that round. Returns how many are new.

    ``is_made``: the same transaction makes the messages and errands of the treated, whose clients' rows it holds.
    """
    state = TouchState.MADE if is_made else TouchState.WAITS
    return sum(
        bulk.insert_new(Touch, COLUMNS, [_row(source, one, phase, holdout, state) for one in batch])
        for batch in bulk.batched(chosen, BATCH)
    )


@transaction.atomic
def write_all(source: str, found: Table, *, phase: str, holdout: int, round_: str, counted_from: date) -> int:
    """As ``write``, for everybody whom a table finds, in one statement. Returns how many are new."""
    held, drawn = held_in_sql(source, phase, "client", holdout)
    table = Touch._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE_ALL.format(begins=found.begins, name=found.name, held=held, table=table),
            [*found.params, *drawn, source, round_, _stratum(counted_from, holdout), *_prepared(counted_from, timezone.now())],
        )
        return int(cursor.rowcount)


@transaction.atomic
def split(source: str, *, phase: str, way: str) -> int:
    """One of two wordings for each of the treated who is contacted by a way, by lot. Returns how many got one now."""
    second, drawn = held_in_sql(source, f"{phase}:{WORDINGS}", "client_id", 50)
    with connection.cursor() as cursor:
        cursor.execute(SPLIT.format(table=Touch._meta.db_table, second=second), [*drawn, source, way])
        return int(cursor.rowcount)


def _row(source: str, one: Chosen, phase: str, holdout: int, treated: TouchState) -> list[object]:
    held = is_held(source, phase, one.client, holdout)
    is_held_at_all = one.reason == WhyOut.QUIET or (held and not one.reason)
    arm = Arm.HELD if is_held_at_all else Arm.OUT if one.reason else Arm.TREATED
    state = treated if arm == Arm.TREATED else TouchState.OVER
    stratum = _stratum(one.counted_from, holdout)
    return [source, one.round, one.client, one.store, arm, one.reason, stratum, one.counted_from, one.way, state, None]


def _prepared(counted_from: date, made_at: datetime) -> list[Any]:
    """As the base takes a day and a moment."""
    return [connection.ops.adapt_datefield_value(counted_from), connection.ops.adapt_datetimefield_value(made_at)]


def _stratum(day: date, holdout: int) -> str:
    return f"{day:%Y-%m}:{holdout}"


def waiting(source: str) -> "QuerySet[Touch]":
    """The treated whose message or errand is still to be made, the first chosen first."""
    return Touch.objects.waiting().filter(source=source).order_by("pk")


def done(touches: Sequence[Touch]) -> None:
    """Their message or errand is there."""
    keys = [touch.pk for touch in touches]
    Touch.objects.waiting().filter(pk__any=keys).update(state=TouchState.MADE)


def end(touches: "QuerySet[Touch]", reason: str) -> int:
    """Nothing more happens to these, for a reason; they stay in their arm. Returns how many had not ended."""
    return touches.exclude(state=TouchState.OVER).update(state=TouchState.OVER, reason=reason)

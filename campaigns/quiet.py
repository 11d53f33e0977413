"""The clients who get no advertising at all, to compare with: turned on for a year, asked by whoever chooses clients. Public.

Service messages, codes and care go to everybody. A program's own arms stay as they are: who is quiet is written down apart
(``WhyOut.QUIET``) and counted in neither.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from django.db import transaction

from campaigns.drawing import held_in_sql, is_held
from campaigns.models import Quiet
from stores.models import Employee

SOURCE = "everything"
YEAR = timedelta(days=365)
NOBODY = "1 = 0"


def current(day: date) -> Quiet | None:
    """What is in force on a day. One query."""
    return Quiet.objects.on(day).first()


def on_days(days: Iterable[date]) -> dict[date, Quiet | None]:
    """What is in force on each of the days. One query."""
    found = Quiet.objects.filter(is_standing=True).first()
    return {day: found if found and found.since <= day < found.until else None for day in days}


def is_quiet(quiet: Quiet | None, client: int) -> bool:
    return quiet is not None and is_held(SOURCE, quiet.salt, client, quiet.percent)


def among(clients: Collection[int], day: date) -> set[int]:
    """Those of the clients who are to get no advertising. One query."""
    quiet = current(day)
    return {client for client in clients if is_quiet(quiet, client)}


def in_sql(day: date, client: str) -> tuple[str, list[Any]]:
    """``is_quiet`` of the client that a column names, with its parameters. One query."""
    quiet = current(day)
    return (NOBODY, []) if quiet is None else of_in_sql(quiet, client)


def of_in_sql(quiet: Quiet, client: str) -> tuple[str, list[Any]]:
    return held_in_sql(SOURCE, quiet.salt, client, quiet.percent)


@transaction.atomic
def turn_on(*, percent: int, by: Employee, today: date) -> Quiet:
    """For a year from today, with other clients than the last time. One that stands stays as it is; one that is over is ended."""
    standing = Quiet.objects.select_for_update().filter(is_standing=True).first()
    if standing and standing.until > today:
        return standing
    if standing:
        turn_off(standing, by=by, today=today)
    return Quiet.objects.create(percent=percent, salt=token_hex(16), since=today, until=today + YEAR, by=by)


@transaction.atomic
def turn_off(quiet: Quiet, *, by: Employee, today: date) -> bool:
    """From now on everybody gets advertising again. Whether it was news."""
    ended = {"is_standing": False, "ended_on": min(today, quiet.until), "ended_by": by}
    return bool(Quiet.objects.filter(pk=quiet.pk, is_standing=True).update(**ended))

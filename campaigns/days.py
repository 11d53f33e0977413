"""Days on which a program did not run: they leave a trace, for what was missed is not made up for by itself.

A worker that stood still from a program's hour to the evening, a base that was away, an error in the program: each leaves the day
without a row. Days before a program was first seen to run, or was switched on last, are nobody's fault.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Min, QuerySet

from campaigns import planning
from campaigns.models import Program, ProgramDay

SHOWN = timedelta(days=30)


def note(programs: Iterable[Program], now: datetime) -> None:
    """These have just run; those whose hour in the chain's own zone has come had their turn of the day. One statement."""
    zone = ZoneInfo(settings.CHAIN_TIME_ZONE)
    turns = [(program, turn) for program in programs if (turn := planning.moment_in(zone, program, now))]
    ProgramDay.objects.bulk_create(
        [ProgramDay(program=program, day=turn.local.date()) for program, turn in turns], ignore_conflicts=True
    )


def note_between(programs: Iterable[Program], since: datetime, until: datetime) -> None:
    """Days that a restored base has forgotten: what they brought is in doubt, but they were not missed."""
    zone = ZoneInfo(settings.CHAIN_TIME_ZONE)
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    ProgramDay.objects.bulk_create(
        [ProgramDay(program=program, day=day) for program in programs for day in days], ignore_conflicts=True
    )


def missed(program: Program, today: date) -> list[date]:
    """Days of the last thirty before ``today`` on which a program that is on did not run, the newest first. Two queries."""
    return missed_of(Program.objects.filter(pk=program.pk), today).get(program.key, [])


def missed_of(programs: "QuerySet[Program]", today: date) -> dict[str, list[date]]:
    """The same of each of these that missed a day, by its key. Two queries."""
    known = programs.filter(is_on=True).annotate(first=Min("days_run__day")).order_by()
    told = known.values_list("pk", "key", "since", "first")
    ran: dict[int, set[date]] = {}
    for program, day in ProgramDay.objects.filter(program__in=programs, day__gte=today - SHOWN).values_list("program", "day"):
        ran.setdefault(program, set()).add(day)
    gaps = {key: _gaps(max(first, since or first), ran.get(pk, set()), today) for pk, key, since, first in told if first}
    return {key: days for key, days in gaps.items() if days}


def _gaps(begins: date, ran: set[date], today: date) -> list[date]:
    days = (today - timedelta(days=n) for n in range(1, (today - max(begins, today - SHOWN)).days + 1))
    return [day for day in days if day not in ran]

"""Running the programs that are on, and what to think of their messages in a restored base."""

from datetime import date, datetime
from typing import NamedTuple

import structlog
from django.db.models import QuerySet

from campaigns import days, planning
from campaigns.models import Program, Touch
from campaigns.standing import running
from imports import bulk
from messaging import halting
from messaging import services as messaging_services
from messaging.models import Errand, Message

log = structlog.get_logger(__name__)
# So many errands and messages may be most of their tables, of which the base would know nothing for a minute.
LARGE = 1_000


def run_programs(*, now: datetime) -> int:
    """Run every program that is on, in their order, as of ``now``. Returns messages queued and errands made.

    One that fails does not keep the others from running; its error is raised after them.
    """
    halting.sweep(now)
    queued, failed, ran = 0, None, []
    for program in _running():
        try:
            queued += planning.plan(program, now=now) if program.is_of_a_day else running.plan(program, now=now)
        except Exception as error:
            log.exception("program.failed", program=program.key)
            failed = error
        else:
            ran.append(program)
    days.note(ran, now)
    if queued >= LARGE:
        bulk.analyse([Touch, Errand, Message], queued)
    if failed:
        raise failed
    return queued


def _running() -> "QuerySet[Program]":
    return Program.objects.filter(is_on=True).select_related("template", "email_template", "occasion")


def begin(program: Program, *, was: Program, today: date) -> None:
    """A program that was just changed: nobody of the past is chosen, and arms are drawn anew where the question is another."""
    asks_otherwise = (program.days, program.holdout) != (was.days, was.holdout)
    if asks_otherwise:
        program.phase += 1
    if program.is_on and (not was.is_on or program.days != was.days or program.since is None):
        program.since = today
    program.save(update_fields=["phase", "since"])


class Doubts(NamedTuple):
    """Messages that became unknown, and occasions that were written down as unknown, in a restored base."""

    messages: int
    occasions: int


def after_restore(*, since: datetime, until: datetime) -> Doubts:
    """The base is that of ``since`` and the chain went on sending until ``until``: what may have gone, a person decides about.

    For the time before workers start. Twice is as once.
    """
    messages = messaging_services.doubt_restored(since, until)
    days.note_between(_running(), since, until)
    return Doubts(messages, sum(_plan_restored(program, since, until) for program in _running()))


def _plan_restored(program: Program, since: datetime, until: datetime) -> int:
    plan_restored = planning.plan_restored if program.is_of_a_day else running.plan_restored
    return plan_restored(program, since=since, until=until)

"""Running the programs that are on, and what to think of their messages in a restored base."""

from datetime import datetime
from typing import NamedTuple

import structlog
from django.db.models import QuerySet

from campaigns import planning
from campaigns.models import Program
from messaging import services as messaging_services

log = structlog.get_logger(__name__)


def run_programs(*, now: datetime) -> int:
    """Run every program that is on, as of ``now``. Returns messages queued.

    One that fails does not keep the others from running; its error is raised after them.
    """
    queued, failed = 0, None
    for program in _running():
        try:
            queued += planning.plan(program, now=now)
        except Exception as error:
            log.exception("program.failed", program=program.key)
            failed = error
    if failed:
        raise failed
    return queued


def _running() -> "QuerySet[Program]":
    return Program.objects.filter(is_on=True).select_related("template", "email_template", "occasion")


class Doubts(NamedTuple):
    """Messages that became unknown, and occasions that were written down as unknown, in a restored base."""

    messages: int
    occasions: int


def after_restore(*, since: datetime, until: datetime) -> Doubts:
    """The base is that of ``since`` and the chain went on sending until ``until``: what may have gone, a person decides about.

    For the time before workers start. Twice is as once.
    """
    messages = messaging_services.doubt_restored(since, until)
    return Doubts(messages, sum(planning.plan_restored(program, since=since, until=until) for program in _running()))

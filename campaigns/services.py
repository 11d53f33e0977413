"""Running the programs that are on."""

from datetime import datetime

import structlog

from campaigns import planning
from campaigns.models import Program

log = structlog.get_logger(__name__)


def run_programs(*, now: datetime) -> int:
    """Run every program that is on, as of ``now``. Returns messages queued.

    One that fails does not keep the others from running; its error is raised after them.
    """
    programs = Program.objects.filter(is_on=True).select_related("template", "email_template", "occasion")
    queued, failed = 0, None
    for program in programs:
        try:
            queued += planning.plan(program, now=now)
        except Exception as error:
            log.exception("program.failed", program=program.key)
            failed = error
    if failed:
        raise failed
    return queued

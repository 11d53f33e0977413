"""Running the programs that are on."""

from datetime import datetime

from campaigns import birthdays
from campaigns.models import Program

RUNNERS = {Program.Kind.BIRTHDAY: birthdays.queue_birthdays}


def run_programs(*, now: datetime) -> int:
    """Run every program that is on, as of ``now``. Returns messages queued."""
    programs = Program.objects.filter(is_on=True).select_related("template")
    return sum(RUNNERS[Program.Kind(program.kind)](program, now=now) for program in programs)

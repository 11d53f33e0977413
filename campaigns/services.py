"""Running the programs that are on."""

from datetime import datetime

from campaigns import planning
from campaigns.models import Program


def run_programs(*, now: datetime) -> int:
    """Run every program that is on, as of ``now``. Returns messages queued."""
    programs = Program.objects.filter(is_on=True).select_related("template", "email_template", "occasion")
    return sum(planning.plan(program, now=now) for program in programs)

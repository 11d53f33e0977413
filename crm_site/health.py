"""What the health page tells besides the library's own checks."""

import dataclasses

from health_check.base import HealthCheck
from health_check.exceptions import ServiceWarning

from analytics.models import FigureCheck, Recount


@dataclasses.dataclass
class Figures(HealthCheck):
    """What the last nightly comparison of the figures with the raw rows found; ``manage.py check_figures`` names the rows."""

    async def run(self) -> None:
        newest = await FigureCheck.objects.exclude(finished_at=None).afirst()
        if newest and newest.wrong:
            raise ServiceWarning(f"the figures differ from the raw rows in {newest.wrong} places")


@dataclasses.dataclass
class SecondOpinion(HealthCheck):
    """What the last recount of the figures by another road found; ``manage.py recount`` names them."""

    async def run(self) -> None:
        newest = await Recount.objects.exclude(finished_at=None).afirst()
        if newest and newest.wrong:
            raise ServiceWarning(f"the figures, counted again, differ in {newest.wrong} places")

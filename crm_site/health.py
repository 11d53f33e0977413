"""What the health page tells besides the library's own checks."""

import dataclasses
import shutil
from datetime import timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from health_check.base import HealthCheck
from health_check.exceptions import ServiceWarning
from health_check.views import HealthCheckView
from redis.asyncio import from_url
from redis.exceptions import RedisError

from analytics.models import FigureCheck, Recount
from campaigns import days
from campaigns.models import Program
from crm_site.backups import keeping
from messaging import sending
from messaging.models import Lane, Message

STUCK, LATELY, LITTLE = timedelta(minutes=15), timedelta(days=2), 0.05


@dataclasses.dataclass
class Redis(HealthCheck):
    """Redis by itself, for the cache goes on without it: limits are then counted by each process, tasks wait."""

    async def run(self) -> None:
        if not settings.REDIS_URL:
            return
        try:
            async with from_url(settings.REDIS_URL, socket_connect_timeout=1, socket_timeout=1) as redis:
                await redis.ping()
        except (RedisError, OSError) as error:
            raise ServiceWarning("degraded: Redis is away, sales go on") from error


class LiveView(HealthCheckView):
    """For a balancer: what is only degraded is said and stays 200, for a web that is started anew sells nothing better."""

    checks = ("health_check.checks.Database", "crm_site.health.Redis")

    async def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = await super().get(request, *args, **kwargs)
        broken = [result.error for result in self.results if result.error and not isinstance(result.error, ServiceWarning)]
        if response.status_code == 500 and not broken:
            response.status_code = 200
        return response


@dataclasses.dataclass
class Backups(HealthCheck):
    """Whether there is a fresh copy of everything; the page Backups tells more."""

    async def run(self) -> None:
        state = await sync_to_async(keeping.state)(timezone.now())
        if state.is_bad:
            raise ServiceWarning("no backup for 36 hours" if state.is_late else "the last backup failed")


@dataclasses.dataclass
class Sending(HealthCheck):
    """Whether a restore has closed sending, and whether what is due goes."""

    async def run(self) -> None:
        if await sync_to_async(sending.closed)():
            raise ServiceWarning("sending is closed since a restore")
        if await Message.objects.due(timezone.now() - STUCK).filter(lane=Lane.URGENT).aexists():
            raise ServiceWarning("service messages have been waiting for a quarter of an hour")


@dataclasses.dataclass
class Programs(HealthCheck):
    """Whether every program that is on had its turn yesterday and the day before; its page names all days that it missed."""

    async def run(self) -> None:
        today = timezone.localdate()
        missed = await sync_to_async(days.missed_of)(Program.objects.all(), today)
        late = sorted({str(day) for found in missed.values() for day in found if day >= today - LATELY})
        if late:
            raise ServiceWarning(f"programs did not run on {', '.join(late)}")


@dataclasses.dataclass
class Room(HealthCheck):
    """Room on the disk of the data."""

    async def run(self) -> None:
        total, _used, free = shutil.disk_usage(settings.DATA_DIR)
        if free < total * LITTLE:
            raise ServiceWarning(f"the disk has {free >> 20} MB left")


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

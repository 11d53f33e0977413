"""Programs and campaigns in the background."""

from typing import Any

import structlog
from celery import Task, shared_task
from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from campaigns import services
from campaigns.models import Campaign
from campaigns.once import freezing, measuring, running
from messaging.models import Lane
from messaging.tasks import wake

log = structlog.get_logger(__name__)


@shared_task
def run_programs() -> int:
    """Queue what the programs say for this hour and wake the outbox. Returns messages queued."""
    queued = services.run_programs(now=timezone.now())
    if queued:
        wake(Lane.BULK)
    return queued


@shared_task
def run_campaigns() -> int:
    """Go on with campaigns that are under way, and tell the results whose day has come. Returns touches seen to."""
    now = timezone.now()
    made = sum(running.run(campaign, now=now) for campaign in running.due(now))
    measuring.judge_due(now)
    if made:
        wake(Lane.BULK)
    return made


@shared_task
def freeze_campaign(pk: int) -> int:
    """Write down everybody whom a large campaign means; twice is once. Returns how many are to be contacted."""
    try:
        return freezing.freeze(Campaign.objects.get(pk=pk), now=timezone.now())
    except freezing.NobodyError:  # the draft's page says why
        return 0


def run_campaigns_soon() -> None:
    """Not to wait for the beat; without a broker its next turn does it."""
    _call(run_campaigns)


def freeze_soon(pk: int) -> None:
    """Without a broker the draft stays one, and the button is pressed again."""
    _call(freeze_campaign, pk)


def _call(task: Task[Any, Any], *args: object) -> None:
    try:
        task.apply_async(args, expires=settings.WAKE_LASTS, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("campaigns.not_woken", error=str(error)[:200])

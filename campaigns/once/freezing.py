"""A draft becomes what will be done: everybody it means is written down, in their arm or out for a reason."""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from campaigns import touching
from campaigns.letters import keeping
from campaigns.models import ROUND, Arm, Campaign, CampaignState, Touch
from campaigns.once import choosing, forecasting, wordings
from stores.chain_day import day_of

log = structlog.get_logger(__name__)
PHASE = "1"


class NobodyError(Exception):
    """The question means nobody who can be contacted; the campaign stays a draft."""


class UnwrittenError(NobodyError):
    """A newsletter without a letter; it stays a draft, too."""


@transaction.atomic
def freeze(campaign: Campaign, *, now: datetime) -> int:
    """Write a touch of each client whom the question means now. Returns how many are to be contacted.

    Frozen again it is left as it is, by two at once too. The day of judgement is fixed here, and the page of a newsletter made.
    Raises NobodyError, UnwrittenError.
    """
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if locked.state != CampaignState.DRAFT:
        return 0
    if locked.is_newsletter and not locked.body:
        raise UnwrittenError
    locked.as_of = day_of(now)
    locked.judge_on = locked.as_of + timedelta(days=locked.window_days)
    found = choosing.choose(locked, now=now)
    touching.write_all(locked.source, found, phase=PHASE, holdout=locked.holdout, round_=ROUND, counted_from=locked.as_of)
    treated = Touch.objects.filter(source=locked.source, arm=Arm.TREATED).count()
    if not treated:
        raise NobodyError
    wordings.split(locked, phase=PHASE)
    if locked.is_newsletter:
        keeping.keep(locked)
    locked.forecast = _as_told(locked, forecasting.outlook_of_frozen(locked))
    locked.state, locked.frozen_at = CampaignState.FROZEN, now
    locked.save(update_fields=["as_of", "judge_on", "forecast", "state", "frozen_at"])
    log.info("campaign.frozen", campaign=locked.pk, clients=treated)
    return treated


def _as_told(campaign: Campaign, found: forecasting.Outlook) -> dict[str, object]:
    """The forecast as it stood, to be laid beside the result."""
    told = forecasting.forecast(campaign, found)
    return {
        "chosen": found.chosen, "share": list(told.share), "revenue": list(told.revenue), "assumed": told.assumed,
        "price": str(forecasting.price(campaign, found).money),
    }  # fmt: skip

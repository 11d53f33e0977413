"""A campaign under way: its messages and errands are made by and by, and can be held or called off at any moment.

What is still to be made stands in the touches; a run that dies between two batches is simply run again.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from campaigns import quiet, touching
from campaigns.models import Arm, Campaign, CampaignState, Touch, TouchState, Way, WhyOut
from campaigns.once import choosing
from campaigns.once.making import Maker
from campaigns.standing import complaints
from messaging import errands
from messaging import services as messaging_services
from messaging.models import Errand
from messaging.reaching import Reach, reach_of
from stores.chain_day import day_of
from visits.models import CHAIN, Visit

State = CampaignState
BATCH = 500
# What a person may do with a campaign: from which states, into which.
STEPS = {
    "start": ((State.FROZEN,), State.RUNNING),
    "pause": ((State.RUNNING,), State.PAUSED),
    "go_on": ((State.PAUSED,), State.RUNNING),
}


def move(campaign: Campaign, step: str) -> bool:
    """Start, pause or go on. Whether it was news: done twice is done once."""
    before, after = STEPS[step]
    return bool(Campaign.objects.filter(pk=campaign.pk, state__in=before).update(state=after))


@transaction.atomic
def cancel(campaign: Campaign, *, now: datetime) -> bool:
    """Nothing more is made; what waits in the outbox and at the sellers is called off. What went, went, and is not judged."""
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    if locked.state in (State.CLOSED, State.CANCELLED):
        return False
    touching.end(Touch.objects.filter(source=locked.source, arm=Arm.TREATED), WhyOut.DECIDED)
    messaging_services.call_off_all(locked.source, now=now)
    errands.call_off(f"{locked.source}:", now=now)
    Campaign.objects.filter(pk=locked.pk).update(state=State.CANCELLED)
    return True


def run(campaign: Campaign, *, now: datetime, batches: int = 20) -> int:
    """Make what is to be made, each batch in a transaction, until all is done or somebody pauses. Returns touches seen to."""
    made = 0
    for _batch in range(batches):
        seen = _step(campaign.pk, now)
        made += seen
        if not seen:
            break
    return made


@transaction.atomic
def _step(campaign: int, now: datetime) -> int:
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign)
    if locked.state not in (State.RUNNING, State.MEASURING):
        return 0
    waiting = list(touching.waiting(locked.source)[:BATCH])
    if waiting:
        _make(locked, waiting, now)
        return len(waiting)
    if locked.state == State.RUNNING:
        _see_to_complaints(locked, now)
        Campaign.objects.filter(pk=locked.pk).update(state=State.MEASURING)
    return _write_to_unanswered(locked, now)


def _make(campaign: Campaign, touches: Sequence[Touch], now: datetime) -> None:
    """A message or an errand for each who may still be contacted; the others' touches end with the reason."""
    reach = reach_of([touch.client_id for touch in touches], now)
    maker = Maker(campaign, now)
    chosen = {choice.client: choice for choice in choosing.choose_among(campaign, list(reach), now=now)}
    bought = _bought_since(touches)
    made, ended = [], []
    for touch in touches:
        choice = chosen.get(touch.client_id)
        reason = WhyOut.BOUGHT if touch.client_id in bought else choice.reason if choice else WhyOut.CARD
        if reason or choice is None:
            ended.append((touch.pk, reason))
        else:
            made.append(touch)
            maker.add(touch, reach[touch.client_id], choice.way)
    maker.write()
    touching.done(made)
    for reason in {reason for _pk, reason in ended}:
        touching.end(Touch.objects.filter(pk__in=[pk for pk, why in ended if why == reason]), reason)


def _see_to_complaints(campaign: Campaign, now: datetime) -> None:
    """Who was left out because nobody has asked what was wrong is asked, and offered nothing. Five queries at most."""
    touches = list(Touch.objects.filter(source=campaign.source, reason=WhyOut.COMPLAINT).order_by("pk"))
    unheard = complaints.of_clients([touch.client_id for touch in touches], now).unheard
    reach, maker = reach_of(unheard, now), Maker(campaign, now)
    for touch in touches:
        if (found := reach.get(touch.client_id)) and found.may_be_rung:
            maker.see_to(touch, found)
    maker.write()


def _bought_since(touches: Sequence[Touch]) -> set[int]:
    """Who bought since they were chosen. One query."""
    chosen_on = min(touch.counted_from for touch in touches)
    visits = Visit.objects.filter(scope=CHAIN, client__in=[touch.client_id for touch in touches], day__gte=chosen_on, items__gt=0)
    return set(visits.values_list("client_id", flat=True))


def _write_to_unanswered(campaign: Campaign, now: datetime) -> int:
    """Whom three calls did not reach is written to, as far as they agreed to that and the campaign has words for it."""
    ways = [way for way in campaign.ways if way != Way.CALL]
    if campaign.way != Way.CALL or not ways:
        return 0
    unanswered = Errand.objects.filter(occasion_key__startswith=f"{campaign.source}:", outcome=Errand.Outcome.NO_ANSWER)
    clients = list(unanswered.values_list("client", flat=True))
    touches = list(Touch.objects.filter(source=campaign.source, client__in=clients, state=TouchState.MADE).order_by("pk")[:BATCH])
    if not touches:
        return 0
    reach, bought, maker = reach_of(clients, now), _bought_since(touches), Maker(campaign, now)
    alone = quiet.among(clients, day_of(now))
    for touch in touches:
        way = _way_to(campaign, reach.get(touch.client_id), ways)
        if way and touch.client_id not in bought and touch.client_id not in alone:
            maker.add(touch, reach[touch.client_id], way, step=2)
    maker.write()
    touching.end(Touch.objects.filter(pk__in=[touch.pk for touch in touches]), WhyOut.ROAD)
    return len(touches)


def _way_to(campaign: Campaign, reach: Reach | None, ways: Sequence[str]) -> str:
    if reach is None or reach.hindered not in ("", WhyOut.CAP):  # the cap is the outbox's to wait for
        return ""
    return next((way for way in ways if not choosing.hinders(campaign, reach, way)), "")


def due(now: datetime) -> list[Campaign]:
    """Campaigns under way, the oldest first."""
    running = Campaign.objects.filter(state__in=(State.RUNNING, State.MEASURING), judge_on__gt=day_of(now))
    return list(running.order_by("pk"))

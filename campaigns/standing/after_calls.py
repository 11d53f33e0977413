"""Who did not answer three times is written to instead, if they may be."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from campaigns import quiet
from campaigns.models import OF_INQUIRIES, Arm, Program, Touch
from campaigns.standing.choosing import Choice
from campaigns.standing.making import STEP_AFTER_CALLS, Maker
from campaigns.standing.triggers import Found
from clients.models import Client
from inquiries import left
from messaging import reaching
from messaging.models import Errand
from messaging.reaching import Reach
from visits.models import ClientActivity

# A call that nobody answered is followed by a message within so many days.
FRESH, LATELY = timedelta(days=7), timedelta(days=60)


@transaction.atomic
def write_instead(program: Program, maker: Maker, *, today: date, now: datetime) -> int:
    """Whose errand closed without an answer and who did not come since. Returns messages made. One query where there is none."""
    tried = Errand.objects.filter(
        occasion_key__startswith=f"{program.key}:", outcome=Errand.Outcome.NO_ANSWER, done_at__gt=now - FRESH, is_service=False
    )  # fmt: skip
    clients = set(tried.values_list("client", flat=True))
    if not clients:
        return 0
    list(Client.objects.select_for_update(no_key=True).filter(pk__any=clients).order_by("pk").values_list("pk"))
    reach = reaching.reach_of(clients, now)
    came = dict(ClientActivity.objects.filter(client__pk__any=clients).values_list("pk", "last_day"))
    alone = quiet.among(clients, today)
    touches = Touch.objects.filter(source=program.key, arm=Arm.TREATED, client__pk__any=clients, counted_from__gt=today - LATELY)
    chosen = []
    for touch in _still_meant(program, touches):
        reached = reach[touch.client_id]
        way = _way(program, reached)
        is_to_be = way and touch.client_id not in alone
        last_came = came.get(touch.client_id) or date.min
        if is_to_be and (reached.home or 0) in maker.moments and last_came < touch.counted_from:
            choice = Choice(Found(touch.client_id, touch.round, today), reached, way)
            chosen.append((choice, touch.key(STEP_AFTER_CALLS)))
    return maker.write_to(chosen)


def _still_meant(program: Program, touches: "QuerySet[Touch]") -> list[Touch]:
    """Without those whose inquiry was won or lost since. One query more where the program is about inquiries."""
    if program.trigger not in OF_INQUIRIES:
        return list(touches)
    about = {touch.pk: left.inquiry_of(touch.key(STEP_AFTER_CALLS)) or 0 for touch in touches}
    open_ = left.still_open(about.values())
    return [touch for touch in touches if about[touch.pk] in open_]


def _way(program: Program, reach: Reach) -> str:
    return next((text.channel for text in program.templates if not reach.paused and not reach.hinders(text.channel)), "")

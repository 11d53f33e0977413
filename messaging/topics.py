"""Which letters a client wants: topics turned off and on again by the reader. Public."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from clients.models import Client, Purpose
from messaging import halting, services
from messaging.models import Topic, TurnedOff


class TopicState(NamedTuple):
    """A topic as the client sees it."""

    pk: int
    title: str
    words: str
    is_wanted: bool


def states_of(client: Client, language: str) -> list[TopicState]:
    """Topics that there are, and whether letters about each come; none where letters do not come at all. Three queries."""
    newest = client.consents.filter(purpose=Purpose.ADVERTISING_EMAIL).order_by("-pk").first()
    if newest is None or not newest.given:
        return []
    unwanted = set(client.topics_off.values_list("topic", flat=True))
    found = Topic.objects.filter(Q(is_on=True) | Q(pk__in=unwanted))
    return [TopicState(topic.pk, *topic.said(language), is_wanted=topic.pk not in unwanted) for topic in found]


@transaction.atomic
def turn(client: Client, topic: int, *, wanted: bool, now: datetime) -> bool:
    """The client's own word about a topic; what waits of it is suppressed at once. Whether there is such a topic."""
    if not Topic.objects.filter(pk=topic).exists():
        return False
    halting.lock(client)
    if wanted:
        TurnedOff.objects.filter(client=client, topic=topic).delete()
    else:
        TurnedOff.objects.get_or_create(client=client, topic_id=topic)
        services.call_off_topic(client, topic, now=now)
    return True

"""Four topics come with the base; each is told in the reader's language."""

import pytest
from django.db import IntegrityError, transaction

from clients.models import Client
from messaging.models import Topic, TurnedOff


def test_topics_are_told_in_the_readers_language(db: None) -> None:
    first = Topic.objects.all()[0]

    assert list(Topic.objects.values_list("key", flat=True)) == ["new", "offers", "evenings", "care"]
    assert (first.said("en")[0], first.said("ru")[0], str(first)) == ("New arrivals", "Новинки", "Новинки")
    assert Topic(title="Часы").said("en") == ("Часы", "")


def test_a_topic_is_turned_off_once(card: Client) -> None:
    topic = Topic.objects.all()[0]
    off = TurnedOff.objects.create(client=card, topic=topic)

    with pytest.raises(IntegrityError), transaction.atomic():
        TurnedOff.objects.create(client=card, topic=topic)

    assert str(off) == f"{card.pk}: {topic.pk}"

"""Topics turned off and on by their reader."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import topics
from messaging.models import Letter, Message, Topic
from tests.messaging.conftest import NOON, Put


@pytest.fixture
def letter(db: None) -> Letter:
    return Letter.objects.create(source="campaign:1", topic=Topic.objects.get(key="new"), subject="!", html="<p>", text="-")


def wanted(client: Client) -> dict[str, bool]:
    return {state.title: state.is_wanted for state in topics.states_of(client, "ru")}


def test_a_topic_is_turned_off_and_on(agreed: Client) -> None:
    offers = Topic.objects.get(key="offers").pk

    told = [topics.turn(agreed, offers, wanted=False, now=NOON) for _twice in range(2)]
    assert (told, wanted(agreed)["Предложения"], wanted(agreed)["Новинки"]) == ([True, True], False, True)

    topics.turn(agreed, offers, wanted=True, now=NOON)
    assert set(wanted(agreed).values()) == {True}
    assert topics.turn(agreed, 987654, wanted=False, now=NOON) is False


def test_what_waits_about_it_does_not_go(agreed: Client, put: Put, letter: Letter) -> None:
    about, other = put(channel="email", letter=letter), put(channel="email")

    topics.turn(agreed, letter.topic_id or 0, wanted=False, now=NOON - timedelta(hours=2))

    states = dict(Message.objects.values_list("pk", "state"))
    assert (states[about.pk], states[other.pk]) == ("suppressed", "pending")
    assert Message.objects.get(pk=about.pk).reason == "topic"


def test_who_gets_no_letters_has_no_topics_to_choose(agreed: Client) -> None:
    record_consents(agreed, {Purpose.ADVERTISING_EMAIL: False}, by=None, where=None)

    assert topics.states_of(agreed, "ru") == []


def test_a_topic_that_is_offered_no_more_is_shown_to_who_turned_it_off(agreed: Client) -> None:
    care = Topic.objects.get(key="care")
    topics.turn(agreed, care.pk, wanted=False, now=NOON)
    Topic.objects.filter(key__in=("care", "new")).update(is_on=False)

    assert wanted(agreed) == {"Предложения": True, "Вечера": True, "Уход за изделиями": False}


def test_they_cost_three_queries(agreed: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        topics.states_of(agreed, "ru")

"""What letters are about, chosen on the client's own page."""

import pytest
from django.test import Client as Browser

from clients.models import Client
from clients.services import record_consents
from messaging.models import Topic
from tests.portal.conftest import sign_in


@pytest.fixture
def reader(card: Client) -> Browser:
    record_consents(card, {"advertising_email": True}, by=None, where=None)
    return sign_in(card)


def test_a_topic_is_turned_off_and_on_again(reader: Browser, card: Client) -> None:
    care = Topic.objects.get(key="care")
    assert "Уход за изделиями" in reader.get("/s/").content.decode()

    reader.post(f"/s/topics/{care.pk}/", {"agree": "0"})
    assert list(card.topics_off.values_list("topic", flat=True)) == [care.pk]

    reader.post(f"/s/topics/{care.pk}/", {"agree": "1"})
    assert not card.topics_off.exists()


def test_there_is_no_other_topic_and_no_choice_without_letters(reader: Browser, card: Client) -> None:
    assert reader.post("/s/topics/987654/").status_code == 404

    record_consents(card, {"advertising_email": False}, by=None, where=None)
    assert reader.get("/s/").context is None or "О чём мы пишем" not in reader.get("/s/").content.decode()


def test_a_stranger_comes_to_the_first_step(client: Browser, db: None) -> None:
    answer = client.post(f"/s/topics/{Topic.objects.all()[0].pk}/", {"agree": "0"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/s/")

"""The page of a newsletter is filled for its reader when the message is claimed."""

import re

import pytest
from pytest_django import Settings

from clients.models import Client, Purpose
from messaging import unsubscribing
from messaging.models import Letter, Message, Topic
from messaging.unsubscribing import CopyOf, Stops
from tests.factories import email_of
from tests.messaging.conftest import Put
from tests.messaging.phone import Phone
from tests.messaging.sending import send

PAGE = '<p>{name}</p><img src="{letter_site}/p/1.jpg"><a href="{letter_copy}">1</a><a href="{letter_topics}">2</a><a href="{letter_stop}">3</a>'


@pytest.fixture
def letter(db: None) -> Letter:
    return Letter.objects.create(source="campaign:1", topic=Topic.objects.get(key="new"), subject="!", html=PAGE, text="-")


def newsletter(put: Put, letter: Letter, client: Client) -> Message:
    return put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, recipient=email_of(client), letter=letter)


def test_a_page_goes_with_the_name_and_the_addresses_of_its_reader(
    agreed: Client, put: Put, letter: Letter, settings: Settings
) -> None:
    settings.SITE_URL = "https://crm.example.ru"
    newsletter(put, letter, agreed)
    phone = Phone()

    assert send(phone) == 1

    (went,) = phone.came
    tokens = [address.rstrip("/").split("/")[4] for address in re.findall('href="([^"]+)"', went.html)]
    assert went.html.startswith(f'<p>{agreed.first_name} {agreed.middle_name}</p><img src="https://crm.example.ru/p/1.jpg">')
    assert unsubscribing.which(tokens[0]) == CopyOf(letter.pk, agreed.pk)
    assert [unsubscribing.whose(token) for token in tokens[1:]] == [
        Stops(agreed.pk, "advertising_email", letter.topic_id or 0)
    ] * 2
    assert unsubscribing.whose(went.unsubscribe.rstrip("/").split("/")[-1]) == unsubscribing.whose(tokens[2])
    assert went.topics.endswith("/topics/")


def test_a_plain_letter_has_no_page(agreed: Client, put: Put) -> None:
    put(channel="email", purpose=Purpose.ADVERTISING_EMAIL, recipient=email_of(agreed))
    phone = Phone()

    send(phone)

    (went,) = phone.came
    assert (went.html, went.copy, went.topics, bool(went.unsubscribe)) == ("", "", "", True)

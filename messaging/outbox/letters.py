"""The pages of newsletters, filled for whom they go to, while a message is claimed: its thread reads no database."""

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from clients.models import Client
from messaging import filling
from messaging.address import addressee_of, values_for
from messaging.models import Letter, Message
from messaging.outbox.flights import Flight
from messaging.unsubscribing import NOBODY, copy_address, topics_address, unsubscribe_address


def dress(flights: Sequence[Flight]) -> list[Flight]:
    """The flights, with the page of each that has one. Two queries, none where no message has a letter."""
    dressed = [flight.message for flight in flights if flight.message.letter_id]
    if not dressed:
        return list(flights)
    letters = Letter.objects.in_bulk({message.letter_id for message in dressed})
    readers = Client.objects.select_related("home_store").in_bulk({message.client_id for message in dressed if message.client_id})
    return [
        _dressed(flight, letters[letter], readers.get(flight.message.client_id or NOBODY))
        if (letter := flight.message.letter_id)
        else flight
        for flight in flights
    ]


def _dressed(flight: Flight, letter: Letter, reader: Client | None) -> Flight:
    message, topic = flight.message, letter.topic_id or 0
    copy = copy_address(letter.pk, message.client_id or NOBODY)
    named = values_for(addressee_of(reader)) if reader else {}
    html = filling.fill_page(letter.html, named | _addresses(message, topic, copy))
    return replace(flight, html=html, copy=copy, topic=topic)


def _addresses(message: Message, topic: int, copy: str) -> dict[str, str]:
    whose = (message.client_id or NOBODY, message.purpose or "advertising_email", topic)
    return {
        filling.SITE: settings.SITE_URL, filling.COPY: copy,
        filling.TOPICS: topics_address(*whose), filling.STOP: unsubscribe_address(*whose),
    }  # fmt: skip

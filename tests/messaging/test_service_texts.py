"""Service messages: their texts, the way they go, and each once."""

from datetime import UTC, datetime

import pytest

from clients.models import Client
from messaging import service_texts, services
from messaging.models import Channel, Message, MessageState, Nature, StopEntry, Template
from tests.factories import email_of, phone_of

NIGHT = datetime(2026, 11, 21, 13, tzinfo=UTC)
VALUES = {"ticket": "L-1", "sum": "1 200 ₽", "link": ""}


def test_template_for_is_written_once_and_editable(db: None) -> None:
    first = service_texts.template_for("service-ready")
    Template.objects.filter(pk=first.pk).update(text="Готово: {ticket}")

    again = service_texts.template_for("service-ready")

    assert (again.pk, again.text, again.nature, again.purpose) == (first.pk, "Готово: {ticket}", Nature.SERVICE, "")


@pytest.mark.parametrize("key", service_texts.BUILT_IN)
def test_built_in_texts_have_known_fields(db: None, key: str) -> None:
    service_texts.template_for(key).full_clean()


def test_tell_queues_an_sms_once(card: Client) -> None:
    told = service_texts.tell(card, "service-ready", occasion_key="ready:1:1", values=VALUES, now=NIGHT)
    again = service_texts.tell(card, "service-ready", occasion_key="ready:1:1", values=VALUES, now=NIGHT)

    assert told
    assert again is None
    assert (told.channel, told.recipient, told.purpose, told.send_after) == (Channel.SMS, card.phone, "", NIGHT)
    assert told.text == "Елена Викторовна, по квитанции L-1 всё готово. Ждём вас: Роскошь-Luxury. К оплате: 1 200 ₽."


def test_tell_takes_email_where_the_phone_is_stopped(card: Client) -> None:
    StopEntry.objects.create(recipient=phone_of(card))

    told = service_texts.tell(card, "service-ready", occasion_key="ready:1:1", values=VALUES, now=NIGHT)

    assert told
    assert (told.channel, told.recipient, told.subject) == (Channel.EMAIL, card.email, "Всё готово: квитанция L-1")


def test_tell_has_nobody_to_write_to(card: Client) -> None:
    StopEntry.objects.create(recipient=phone_of(card))
    StopEntry.objects.create(recipient=email_of(card))

    assert service_texts.tell(card, "code", occasion_key="code:1", values={"code": "123456"}, now=NIGHT) is None
    assert Message.objects.count() == 0


def test_tell_goes_at_night(card: Client) -> None:
    told = service_texts.tell(card, "service-ready", occasion_key="ready:1:1", values=VALUES, now=NIGHT)

    services.keep_outbox(NIGHT)

    assert told
    assert Message.objects.get().state == MessageState.PENDING

"""What messages keep about a person: told to them, and taken out."""

import pytest
from django.utils import timezone

from clients.models import Client
from messaging import codes, holdings, services
from messaging.models import (
    PUSH,
    Channel,
    Chat,
    CodePurpose,
    Errand,
    ErrandStep,
    Message,
    OneTimeCode,
    PushDevice,
    Reply,
    StopEntry,
    Topic,
    TurnedOff,
)  # fmt: skip
from stores.models import Employee
from tests.factories import ClientFactory, phone_of
from tests.messaging.conftest import NOON, Put


@pytest.fixture
def contacted(agreed: Client, put: Put, errand: Errand, seller: Employee) -> Client:
    """Somebody who was written to, answered, is to be called, is on pause, asked for a code and said stop."""
    put(state="delivered", text="Ура, Елена"), put(text="Ждём, Елена")
    codes.ask(CodePurpose.SIGN_IN, Channel.SMS, phone_of(agreed), client=agreed, now=NOON)
    Reply.objects.create(sender=phone_of(agreed), text="Спасибо", gateway="smsc", provider_id="1", client=agreed)
    errand.steps.create(kind="no_answer", words="занято", at=NOON, by=seller)
    services.pause(agreed, "жалоба", until=None, by=seller)
    StopEntry.objects.create(recipient=phone_of(agreed))
    TurnedOff.objects.create(client=agreed, topic=Topic.objects.all()[0])
    Chat.objects.create(client=agreed, messenger="telegram", number="1001", linked_at=NOON)
    phone = Chat.objects.create(client=agreed, messenger=PUSH, number="ab" * 32, linked_at=NOON)
    PushDevice.objects.create(chat=phone, sealed="…", title="Chrome, Android")
    return agreed


def test_all_is_told_but_codes(contacted: Client, put: Put) -> None:
    put(source="sign-in", text="123456 — код", purpose="")

    told = holdings.describe(contacted.pk)

    assert {heading: len(rows) for heading, rows in told.items()} == {
        "Сообщения": 2, "Ответы": 1, "Задачи": 1, "Что вышло по задачам": 1, "Паузы в рекламе": 1, "Чаты в мессенджерах": 2,
        "Отключённые рубрики писем": 1, "Устройства с уведомлениями": 1,
    }  # fmt: skip
    assert "123456" not in str(told)


def test_texts_and_contacts_go_and_that_a_message_went_stays(contacted: Client) -> None:
    assert holdings.erase(contacted.pk, [phone_of(contacted)]) == {"messages": 2}

    assert list(Message.objects.order_by("pk").values_list("state", "reason", "recipient", "text")) == [
        ("delivered", "", "", "—"), ("suppressed", "contact", "", "—"),
    ]  # fmt: skip
    assert Reply.objects.values_list("sender", "text").get() == ("", "")
    assert Errand.objects.values_list("outcome", "reason", "script").get() == ("dropped", "—", "")
    assert ErrandStep.objects.get().words == ""
    assert contacted.pauses.get().reason == "—"
    assert (OneTimeCode.objects.count(), StopEntry.objects.count()) == (0, 0)
    assert (TurnedOff.objects.count(), Chat.objects.count(), PushDevice.objects.count()) == (0, 0, 0)


def test_what_is_somebody_elses_stays(contacted: Client, put: Put) -> None:
    other = ClientFactory.create(home_store=contacted.home_store)
    put(other, text="Другому")
    StopEntry.objects.create(recipient=phone_of(other))
    errand = Errand.objects.create(client=other, occasion_key="call:2", reason="Звонок", due_on=timezone.localdate())

    holdings.erase(contacted.pk, [phone_of(contacted)])

    assert other.messages.values_list("state", "text").get() == ("pending", "Другому")
    assert (Errand.objects.get(pk=errand.pk).outcome, StopEntry.objects.get().recipient) == ("open", other.phone)

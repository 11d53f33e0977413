import hashlib
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries, Settings

from clients.models import Client, Purpose
from clients.services import record_consents
from messaging import services
from messaging.gateways import registry
from messaging.models import Message, MessageState, Reply, StopEntry, Topic
from messaging.unsubscribing import NOBODY, topics_address, unsubscribe_address
from stores.models import Employee
from tests.conftest import SignIn
from tests.factories import email_of, phone_of
from tests.messaging.conftest import NOON, Put


def smsc(**fields: Any) -> tuple[str, dict[str, str]]:
    return f"/receipts/smsc/{registry.callback_secret('smsc')}/", fields


@pytest.fixture
def sent(put: Put) -> Message:
    return put(state="sent", attempts=1)


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_kannel_tells_by_the_token_of_the_message(client: Browser, sent: Message) -> None:
    assert client.get(f"/receipts/kannel/{sent.token}/?type=1&answer=").status_code == 200

    assert state(sent) == MessageState.DELIVERED


@pytest.mark.parametrize("kind", ["", "x", "4x", "99", "-1", "1" * 50])
def test_a_receipt_that_says_nothing_changes_nothing(client: Browser, sent: Message, kind: str) -> None:
    assert client.get(f"/receipts/kannel/{sent.token}/?type={kind}").status_code == 200

    assert state(sent) == MessageState.SENT


def test_a_forged_receipt_finds_nothing(client: Browser, sent: Message) -> None:
    assert client.get("/receipts/kannel/00000000-0000-4000-8000-000000000000/?type=1").status_code == 404
    assert client.get(f"/receipts/smsc/{'0' * 40}/?id={sent.pk}&status=1").status_code == 404

    assert state(sent) == MessageState.SENT


@pytest.mark.parametrize("method", ["get", "post"])
def test_smsc_tells_by_our_number(client: Browser, sent: Message, method: str) -> None:
    address, fields = smsc(id=str(sent.pk), phone=sent.recipient.lstrip("+"), status="1")

    assert getattr(client, method)(address, fields).status_code == 200

    assert state(sent) == MessageState.DELIVERED


def test_a_wrong_checksum_is_not_believed(client: Browser, sent: Message, settings: Settings) -> None:
    settings.SMSC_CALLBACK_SECRET = "word"
    address, fields = smsc(id=str(sent.pk), phone="79", status="20", md5=hashlib.md5(b"other").hexdigest())

    client.post(address, fields)

    assert state(sent) == MessageState.SENT


def test_a_receipt_about_another_phone_is_not_believed(client: Browser, sent: Message) -> None:
    address, fields = smsc(id=str(sent.pk), phone="79990000000", status="1")

    client.post(address, fields)

    assert state(sent) == MessageState.SENT


@pytest.mark.parametrize("answer", ["a%00b", "%ED%A0%80", "%0d%0aX: 1"])
def test_odd_letters_in_a_receipt_cost_nothing(client: Browser, sent: Message, answer: str) -> None:
    assert client.get(f"/receipts/kannel/{sent.token}/?type=2&answer={answer}").status_code == 200

    assert state(sent) == MessageState.FAILED


def test_kannel_reaches_the_address_that_both_were_given(client: Browser, agreed: Client, settings: Settings) -> None:
    settings.KANNEL_REPLY_SECRET = "b7" * 10
    answer = {"from": phone_of(agreed), "text": "СТОП", "id": "1"}

    assert client.get(f"/replies/kannel/{'b7' * 10}/", answer).status_code == 200
    assert client.get("/replies/kannel/unknown/", answer).status_code == 404

    assert StopEntry.objects.get().recipient == agreed.phone


def test_an_answer_by_smsc_stops(client: Browser, agreed: Client, put: Put) -> None:
    waiting = put()
    address, fields = smsc(phone=phone_of(agreed).lstrip("+"), mes="стоп", to="1234")

    client.post(address, fields)
    client.post(address, fields)

    assert (state(waiting), StopEntry.objects.count(), Reply.objects.count()) == (MessageState.SUPPRESSED, 1, 1)


# --- No more, in one click ---------------------------------------------------------------------------------


@pytest.fixture
def address(agreed: Client) -> str:
    return unsubscribe_address(agreed.pk, Purpose.ADVERTISING_EMAIL).removeprefix("http://127.0.0.1:8000")


def wants(client: Client, purpose: Purpose) -> bool:
    return client.consents.filter(purpose=purpose).latest("pk").given


def test_a_mail_program_stops_with_one_post(client: Browser, agreed: Client, address: str, put: Put) -> None:
    letter = put(channel="email", purpose=Purpose.ADVERTISING_EMAIL)

    response = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert (response.status_code, response.content) == (200, b"OK")
    assert (wants(agreed, Purpose.ADVERTISING_EMAIL), wants(agreed, Purpose.ADVERTISING_SMS)) == (False, True)
    assert state(letter) == MessageState.SUPPRESSED


def test_who_only_looks_at_the_link_changes_nothing(client: Browser, agreed: Client, address: str) -> None:
    assert client.get(address).status_code == 200

    assert wants(agreed, Purpose.ADVERTISING_EMAIL) is True


@pytest.fixture
def about_care(agreed: Client) -> str:
    """The address of a letter about one topic."""
    care = Topic.objects.get(key="care")
    return unsubscribe_address(agreed.pk, Purpose.ADVERTISING_EMAIL, care.pk).removeprefix("http://127.0.0.1:8000")


def test_one_click_in_a_newsletter_turns_its_topic_off_alone(client: Browser, agreed: Client, about_care: str) -> None:
    answer = client.post(about_care, {"List-Unsubscribe": "One-Click"})

    assert (answer.content, [off.topic.key for off in agreed.topics_off.all()]) == (b"OK", ["care"])
    assert wants(agreed, Purpose.ADVERTISING_EMAIL) is True


def test_a_topic_that_is_gone_stops_its_purpose(client: Browser, agreed: Client) -> None:
    address = unsubscribe_address(agreed.pk, Purpose.ADVERTISING_EMAIL, 987654).removeprefix("http://127.0.0.1:8000")

    client.post(address, {"List-Unsubscribe": "One-Click"})

    assert wants(agreed, Purpose.ADVERTISING_EMAIL) is False


def test_a_reader_chooses_topic_by_topic_and_all_at_once(client: Browser, agreed: Client, about_care: str) -> None:
    choose, offers = f"{about_care}topics/", Topic.objects.get(key="offers")
    assert (client.get(about_care).context["asked"], agreed.topics_off.exists()) == (True, False)

    page = client.post(choose, {"topic": str(offers.pk), "agree": "0"})
    assert [state.is_wanted for state in page.context["topics"]] == [True, False, True, True]
    client.post(choose, {"topic": str(offers.pk), "agree": "1"})
    assert not agreed.topics_off.exists()

    page = client.post(choose, {"purpose": Purpose.ADVERTISING_EMAIL, "agree": "0"})
    assert (wants(agreed, Purpose.ADVERTISING_EMAIL), page.context["topics"]) == (False, [])


def test_a_trial_stops_nothing(client: Browser, db: None) -> None:
    for address in (unsubscribe_address(NOBODY, "advertising_email"), topics_address(NOBODY, "advertising_email", 1)):
        assert client.post(address.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_person_stops_each_purpose_and_takes_it_back(client: Browser, agreed: Client, address: str) -> None:
    page = client.post(address, {"purpose": Purpose.ADVERTISING_EMAIL})
    client.post(address, {"purpose": Purpose.ADVERTISING_SMS, "agree": "0"})
    client.post(address, {"purpose": Purpose.ADVERTISING_EMAIL, "agree": "1"})

    assert "отключено" in page.content.decode()
    assert (wants(agreed, Purpose.ADVERTISING_EMAIL), wants(agreed, Purpose.ADVERTISING_SMS)) == (True, False)


def test_after_a_stop_the_link_offers_no_sms_and_says_why(client: Browser, agreed: Client, address: str) -> None:
    services.stop(phone_of(agreed), reason="СТОП", now=NOON)

    shown = client.post(address, {"purpose": Purpose.ADVERTISING_SMS, "agree": "1"})

    assert wants(agreed, Purpose.ADVERTISING_SMS) is False
    assert shown.context["stopped"] == {Purpose.ADVERTISING_SMS}
    assert shown.content.decode().count('name="agree"') == 1


def test_a_consent_under_a_stop_is_not_shown_as_working(
    client: Browser, agreed: Client, address: str, seller: Employee, signed_in: SignIn
) -> None:
    services.stop(phone_of(agreed), reason="СТОП", now=NOON)
    record_consents(agreed, {Purpose.ADVERTISING_SMS: True}, by=seller, where=None)

    shown = client.post(address, {"purpose": Purpose.ADVERTISING_EMAIL}).content.decode()
    card = signed_in(seller).get(f"/clients/{agreed.pk}/parts/consents/").content.decode()

    assert ("state-good" in shown, "state-bad" in card) == (False, True)


def test_what_was_never_agreed_to_cannot_be_agreed_to_by_the_link(client: Browser, card: Client) -> None:
    record_consents(card, {Purpose.ADVERTISING_EMAIL: True}, by=None, where=None)
    address = unsubscribe_address(card.pk, Purpose.ADVERTISING_EMAIL).removeprefix("http://127.0.0.1:8000")

    client.post(address, {"purpose": Purpose.ADVERTISING_SMS, "agree": "1"})

    assert not card.consents.filter(purpose=Purpose.ADVERTISING_SMS).exists()


def test_no_other_consent_can_be_changed_by_the_link(client: Browser, agreed: Client, address: str) -> None:
    client.post(address, {"purpose": Purpose.PERSONAL_DATA})

    assert not agreed.consents.filter(purpose=Purpose.PERSONAL_DATA).exists()


def test_the_page_tells_nothing_of_the_client(client: Browser, agreed: Client, address: str) -> None:
    page = client.get(address).content.decode()

    assert not any(fact in page for fact in (agreed.last_name, agreed.first_name, phone_of(agreed), email_of(agreed)))


@pytest.mark.parametrize("token", ["x", "WzEsICJhIl0:1abc:forged"])
def test_a_broken_link_says_what_to_do(client: Browser, db: None, token: str) -> None:
    response = client.get(f"/u/{token}/")

    assert response.status_code == 404
    assert "прямо из письма" in response.content.decode()


def test_messages_keep_their_number_of_queries(
    client: Browser, sent: Message, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(8):
        client.get(f"/receipts/kannel/{sent.token}/?type=1")
    with django_assert_max_num_queries(2):
        client.get(f"/receipts/kannel/{sent.token}/?type=1")
    assert Message.objects.count() == 1

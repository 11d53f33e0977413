"""Messages that may go as notifications: to each browser of the client first, another way after a certain refusal."""

import pytest

from clients.models import Client, Consent, Purpose
from clients.services import record_consents
from messaging import push, services
from messaging.gateways import Gateway, registry
from messaging.models import TEST, Chat, MessageState, PushDevice, Reason, Route, StopEntry
from tests.conftest import Decided
from tests.messaging.conftest import NIGHT, NOON, Put
from tests.messaging.phone import Phone
from tests.messaging.push import Browser, Service
from tests.messaging.sending import send, state


class Ways:
    """Notifications go to the stub, everything else to a phone."""

    def __init__(self) -> None:
        self.phone = Phone()

    def __call__(self, name: str) -> Gateway:
        return registry.gateway(name) if name == "push" else self.phone


@pytest.fixture
def ways() -> Ways:
    return Ways()


@pytest.fixture
def anna(agreed: Client, push_service: Service) -> Browser:
    """The browser of the client who agreed to advertising by SMS and e-mail; notifications go first."""
    for channel in ("sms", "email"):
        Route.objects.create(channel=channel, gateway="push", is_on=True, position=0)
    return turned_on(agreed, push_service, "anna")


def turned_on(client: Client, service: Service, name: str) -> Browser:
    browser = service.browser(name)
    push.turn_on(client, browser.says, title=name, agrees=None, now=NOON)
    return browser


def test_a_service_message_goes_there_and_costs_nothing(anna: Browser, put: Put, push_service: Service, ways: Ways) -> None:
    message = put(purpose="", source="service-ready", text="Кольцо готово.")

    assert send(ways) == 1

    assert (state(message), message.gateway, message.cost, ways.phone.came) == (MessageState.SENT, "push", 0, [])
    assert anna.opens(push_service.left[0])["body"] == "Кольцо готово."


@pytest.mark.parametrize("source", ["sign-in", "code"])
def test_a_one_time_code_never_goes_there(anna: Browser, put: Put, push_service: Service, ways: Ways, source: str) -> None:
    put(purpose="", source=source)

    assert (send(ways), len(ways.phone.came), push_service.left) == (1, 1, [])


def test_advertising_goes_there_by_a_consent_of_its_own_alone(
    agreed: Client, anna: Browser, put: Put, push_service: Service, ways: Ways
) -> None:
    record_consents(agreed, {Purpose.ADVERTISING_MESSENGER: True}, by=None, where=None)  # of another way
    by_sms = put()
    send(ways)
    record_consents(agreed, {Purpose.ADVERTISING_PUSH: True}, by=None, where=None)
    pushed = put()
    send(ways)

    assert [(state(one), one.gateway) for one in (by_sms, pushed)] == [("sent", "console"), ("sent", "push")]
    said = Consent.objects.in_bulk([by_sms.consent_id, pushed.consent_id])
    assert [said[one.consent_id or 0].purpose for one in (by_sms, pushed)] == [
        Purpose.ADVERTISING_SMS, Purpose.ADVERTISING_PUSH,
    ]  # fmt: skip


def test_the_same_rules_hold(
    agreed: Client, anna: Browser, put: Put, push_service: Service, ways: Ways, decided: Decided
) -> None:
    record_consents(agreed, {Purpose.ADVERTISING_PUSH: True}, by=None, where=None)
    decided(cap_week=1)
    at_night, capped = put(), put()

    send(ways, now=NIGHT)
    assert (state(at_night), at_night.reason) == (MessageState.PENDING, Reason.NIGHT)
    StopEntry.objects.create(recipient=agreed.phone)
    stopped = put(purpose="")
    send(ways)
    assert (state(stopped), stopped.reason) == (MessageState.SUPPRESSED, Reason.STOP)
    assert (state(capped), push_service.left) == (MessageState.PENDING, [])


def test_each_browser_gets_it_and_one_that_is_gone_is_forgotten(
    agreed: Client, anna: Browser, put: Put, push_service: Service, ways: Ways
) -> None:
    laptop = turned_on(agreed, push_service, "laptop")
    push_service.gone = {"/anna"}
    message = put(purpose="")

    assert send(ways) == 1

    assert (state(message), message.gateway, ways.phone.came) == ("sent", "push", [])
    assert laptop.opens(push_service.left[0])["body"] == "Ура"
    assert [event.kind for event in message.events.order_by("pk")] == ["claimed", "refused", "sent"]
    (ended,) = Chat.objects.exclude(ended_at=None)
    assert (ended.why_ended, [one.title for one in PushDevice.objects.all()]) == (Chat.Why.BLOCKED, ["laptop"])


def test_where_all_are_gone_it_goes_the_next_way_at_once(
    agreed: Client, anna: Browser, put: Put, push_service: Service, ways: Ways
) -> None:
    record_consents(agreed, {Purpose.ADVERTISING_PUSH: True}, by=None, where=None)
    push_service.gone = {"/anna"}
    message = put()

    assert (send(ways), len(ways.phone.came)) == (1, 1)
    assert state(message) == "sent"
    assert message.consent
    assert (message.consent.purpose, PushDevice.objects.count()) == (Purpose.ADVERTISING_SMS, 0)
    assert Route.objects.get(channel="sms", gateway="push").failures == 0


def test_what_one_may_have_got_goes_no_other_way(
    agreed: Client, anna: Browser, put: Put, push_service: Service, ways: Ways
) -> None:
    turned_on(agreed, push_service, "laptop")
    push_service.gone, push_service.next = {"/laptop"}, [(500, {})]
    message = put(purpose="")

    assert (send(ways), state(message), ways.phone.came) == (0, MessageState.UNKNOWN, [])


def test_a_browser_turned_off_a_moment_ago_gets_nothing(anna: Browser, put: Put, push_service: Service, ways: Ways) -> None:
    Chat.objects.update(ended_at=NOON, why_ended=Chat.Why.PAGE)
    put(purpose="")

    assert (send(ways), len(ways.phone.came), push_service.left) == (1, 1, [])


def test_a_trial_goes_to_the_browser_that_it_names(agreed: Client, anna: Browser, push_service: Service, ways: Ways) -> None:
    trial = services.try_out("push", "sms", Chat.objects.get().number, "Проба", now=NOON)

    assert trial.source == TEST
    assert (send(ways, lane="urgent"), anna.opens(push_service.left[0])["body"]) == (1, "Проба")

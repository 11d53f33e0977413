"""A client turns notifications on by a button on their page; one comes while the page is open; they turn them off."""

import json
import os

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from clients.models import Client, Purpose
from messaging import push
from messaging.models import Chat, Message
from tests.browser.conftest import watch
from tests.factories import phone_of
from tests.messaging.push import Browser
from tests.messaging.sending import code_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = Browser("https://fcm.googleapis.com/fcm/send/phone")
# The service itself is out of reach here: what it would have said stands for it, all the rest is the browser's own.
ANSWERS = """key => {
  let mine = null;
  const said = %s;
  PushManager.prototype.subscribe = async function (asked) {
    sessionStorage.asked = asked.userVisibleOnly;
    sessionStorage.mine = [...asked.applicationServerKey];
    return { toJSON: () => said };
  };
  PushManager.prototype.getSubscription = async () => sessionStorage.mine ? {
    endpoint: said.endpoint, options: { applicationServerKey: Uint8Array.from(sessionStorage.mine.split(",")) } } : null;
}"""
SHOWN = "navigator.serviceWorker.ready.then(r => r.getNotifications()).then(all => all.map(n => [n.title, n.body, n.data.url]))"


def test_a_client_turns_notifications_on_and_off(
    browser: Chromium, live_server: LiveServer, card: Client, settings: Settings
) -> None:
    settings.PUSH_KEY = push.new_key()
    context = browser.new_context(base_url=live_server.url, viewport={"width": 390, "height": 844}, locale="ru-RU")
    context.add_init_script(f"({ANSWERS % PHONE.says})()")
    page = context.new_page()
    page.set_default_timeout(20_000)
    errors = watch(page, [])
    page.goto("/s/")
    page.get_by_label("Ваш телефон или почта").fill(phone_of(card))
    page.locator("main form button[type=submit]").first.click()
    page.locator("input[name=code]").fill(code_in(Message.objects.get()))
    page.locator("main form button[type=submit]").first.click()
    turn_on = page.get_by_role("button", name="Включить на этом устройстве")

    expect(turn_on).to_be_visible()
    assert page.evaluate("[Notification.permission, sessionStorage.asked || '']") == ["default", ""]  # nothing is asked by itself
    context.grant_permissions(["notifications"], origin=live_server.url)
    _picture(page, "off")
    page.get_by_role("checkbox", name="Даю согласие").check()
    turn_on.click()

    expect(page.get_by_text("это устройство", exact=False).last).to_be_visible()
    expect(turn_on).to_be_hidden()
    assert card.consents.get(purpose=Purpose.ADVERTISING_PUSH).given
    _picture(page, "on")
    _deliver(page, {"title": "Роскошь", "body": "Кольцо готово.", "url": "/s/", "lang": "ru"}, live_server.url)
    assert page.evaluate(SHOWN) == [["Роскошь", "Кольцо готово.", "/s/"]]

    page.get_by_role("button", name="Выключить").click()
    expect(page.locator("#push").get_by_role("button", name="Отменить")).to_be_visible()
    assert (Chat.objects.get().why_ended, errors) == (Chat.Why.PAGE, [])
    context.close()


def _deliver(page, told: dict[str, str], origin: str) -> None:  # type: ignore[no-untyped-def]
    """What the browser does when its service brings something."""
    session, seen = page.context.new_cdp_session(page), []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda said: seen.extend(said["registrations"]))
    session.send("ServiceWorker.enable")
    while not seen:
        page.wait_for_timeout(20)
    facts = {"origin": origin, "registrationId": seen[0]["registrationId"], "data": json.dumps(told)}
    session.send("ServiceWorker.deliverPushMessage", facts)
    page.wait_for_function(f"{SHOWN}.then(all => all.length)")


def _picture(page, name: str) -> None:  # type: ignore[no-untyped-def]
    if folder := os.environ.get("PICTURES"):
        page.locator("#push").scroll_into_view_if_needed()
        page.screenshot(path=f"{folder}/push-{name}.png", full_page=True)

"""Gateways on their page: in use only where they are described, tried out, their budgets kept, no password shown."""

from pathlib import Path

import pytest
from django.test import Client as Browser
from pytest_django import Settings

from messaging.models import Budget, Message, MessageState, Route
from tests.messaging.views.pages import page


def test_a_gateway_without_settings_cannot_be_used(boss: Browser) -> None:
    boss.post(
        "/gateways/route/",
        {"channel": "sms", "gateway": "kannel", "sms-kannel-is_on": "on", "sms-kannel-position": 1, "sms-kannel-price": "2,10"},
    )

    assert not Route.objects.filter(gateway="kannel", is_on=True).exists()


def test_a_gateway_is_chosen_with_its_order_and_price(boss: Browser) -> None:
    boss.post(
        "/gateways/route/",
        {"channel": "sms", "gateway": "file", "sms-file-is_on": "on", "sms-file-position": 1, "sms-file-price": "2,10"},
    )

    route = Route.objects.get(gateway="file")
    assert (route.is_on, route.position, str(route.price)) == (True, 1, "2.10")


def test_a_trial_goes_by_its_gateway_and_shows_its_story(boss: Browser, tmp_path: Path) -> None:
    response = boss.post("/gateways/trial/", {"channel": "sms", "gateway": "file", "phone": "8 914 701-22-33"}, follow=True)

    message = Message.objects.get()
    assert (message.state, message.gateway, message.client) == (MessageState.SENT, "file", None)
    assert "+79147012233" in (tmp_path / "messages.jsonl").read_text()
    assert "передано" in response.content.decode()


@pytest.mark.parametrize("fields", [{"channel": "sms", "phone": "123"}, {"channel": "sms"}, {"channel": "email", "email": "x"}])
def test_a_trial_to_nowhere_says_so(boss: Browser, fields: dict[str, str]) -> None:
    response = boss.post("/gateways/trial/", {"gateway": "file", **fields}, follow=True)

    assert "alert-danger" in response.content.decode()
    assert not Message.objects.exists()


def test_a_budget_is_saved(boss: Browser) -> None:
    seen = boss.get("/gateways/").context["budgets"]
    carried = {form["opened"].html_name: form["opened"].value() for _spent, form in seen}

    boss.post("/gateways/budget/bulk/", {"bulk-segments": "500", "bulk-money": "1200,50", **carried})

    assert (Budget.objects.get(lane="bulk").segments, str(Budget.objects.get(lane="bulk").money)) == (500, "1200.50")


def test_the_gateways_page_never_shows_a_password(boss: Browser, settings: Settings) -> None:
    settings.KANNEL_URL, settings.KANNEL_PASSWORD = "http://127.0.0.1:9/", "very-secret"
    settings.SMSC_LOGIN, settings.SMSC_PASSWORD = "carat", "very-secret"

    shown = page(boss, "/gateways/")

    assert ("Kannel" in shown, "very-secret" in shown) == (True, False)


def test_a_balance_that_cannot_be_asked_says_why(boss: Browser, settings: Settings) -> None:
    settings.SMSC_LOGIN, settings.SMSC_PASSWORD, settings.SMSC_URL = "carat", "secret", "http://127.0.0.1:9"

    assert "NewConnectionError" in page(boss, "/gateways/balance/smsc/")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("route/", {"channel": "sms", "gateway": "smtp"}), ("route/", {"channel": "sms", "gateway": "console", "sms-console-position": "x"}),
        ("route/", {"channel": "sms", "gateway": "console", "sms-console-position": 1, "sms-console-price": "-1"}),
        ("budget/bulk/", {"bulk-segments": "x"}), ("budget/bulk/", {"bulk-money": "-1"}),
    ],
)  # fmt: skip
def test_what_is_wrong_changes_nothing(boss: Browser, address: str, said: dict[str, str]) -> None:
    before = list(Route.objects.order_by("pk").values()), list(Budget.objects.order_by("pk").values())

    response = boss.post(f"/gateways/{address}", said)

    assert response.status_code == (302 if said.get("gateway") == "smtp" else 422)
    assert (list(Route.objects.order_by("pk").values()), list(Budget.objects.order_by("pk").values())) == before


def test_a_trial_by_a_gateway_that_is_not_described_says_so(boss: Browser, settings: Settings) -> None:
    settings.SMSC_LOGIN = ""

    response = boss.post("/gateways/trial/", {"channel": "sms", "gateway": "smsc", "phone": "8 914 701-22-33"}, follow=True)

    assert ("alert-danger" in response.content.decode(), Message.objects.count()) == (True, 0)


def test_a_gateway_without_an_account_has_no_balance(boss: Browser) -> None:
    shown = [boss.get(f"/gateways/balance/{name}/").context for name in ("console", "pigeon")]

    assert [(context["money"], context["trouble"]) for context in shown] == [(None, ""), (None, "pigeon")]

"""Gateways by their names: those that the settings describe, and the addresses at which they call back."""

import pytest
from pytest_django import Settings

from messaging.gateways import registry
from messaging.gateways.registry import UnknownGatewayError

DESCRIBED = {"kannel": "KANNEL_URL", "smsc": "SMSC_LOGIN", "smtp": "SMTP_HOST"}


@pytest.mark.parametrize("name", ["console", "file"])
def test_gateways_of_ones_own_machine_need_no_settings(name: str) -> None:
    assert registry.gateway(name).name == name


@pytest.mark.parametrize(("name", "variable"), DESCRIBED.items())
def test_a_real_gateway_is_there_once_it_is_described(settings: Settings, name: str, variable: str) -> None:
    setattr(settings, variable, "")
    with pytest.raises(UnknownGatewayError, match=name):
        registry.gateway(name)

    setattr(settings, variable, "http://127.0.0.1:9")

    assert registry.gateway(name).name == name


def test_what_nobody_knows_is_no_gateway() -> None:
    with pytest.raises(UnknownGatewayError, match="pigeon"):
        registry.gateway("pigeon")


def test_a_gateway_calls_back_where_was_agreed_else_where_nobody_can_guess(settings: Settings) -> None:
    settings.KANNEL_REPLY_SECRET = ""
    own = {name: registry.callback_secret(name) for name in ("kannel", "smsc")}

    settings.KANNEL_REPLY_SECRET = "agreed"

    assert [len(secret) for secret in own.values()] == [40, 40]
    assert own["kannel"] != own["smsc"]
    assert [registry.callback_secret(name) for name in own] == ["agreed", own["smsc"]]

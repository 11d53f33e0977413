"""The balance of a phone by its command."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from tests.factories import phone_of
from tests.loyalty.conftest import DAY, Earn


def told(*arguments: str) -> str:
    out = StringIO()
    call_command("loyalty_balance", *arguments, stdout=out)
    return out.getvalue()


def test_the_balance_of_a_day_as_json(card: Client, earn: Earn) -> None:
    earn(100), earn(50, first=DAY + timedelta(days=2))

    said = json.loads(told(phone_of(card).replace("+7", "8 "), "--on", "2026-05-06", "--json"))

    assert said == {
        "now": 100, "coming": 50, "owed": 0,
        "lots": [
            {"left": 100, "from_on": "2026-05-05", "until_on": "2026-06-04"},
            {"left": 50, "from_on": "2026-05-07", "until_on": "2026-06-04"},
        ],
    }  # fmt: skip


def test_a_client_without_an_account_has_nothing(card: Client) -> None:
    assert told(phone_of(card)) == "now: 0\ncoming: 0\nowed: 0\n"


def test_a_phone_of_nobody_is_said(db: None) -> None:
    with pytest.raises(CommandError):
        told("+79140000000")

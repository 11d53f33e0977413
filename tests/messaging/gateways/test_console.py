"""Gateways of one's own machine: nothing reaches a phone, and the log shows no whole number."""

import json
from pathlib import Path
from typing import Any

import pytest

from messaging.gateways import Gateway, Outgoing
from messaging.gateways.console import ConsoleGateway, FileGateway

MESSAGE = Outgoing(message_id=17, token="t", recipient="+79147012233", text="Ура", subject="Тема")


def test_the_console_hides_the_middle_of_a_number(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        name = ConsoleGateway().send(MESSAGE)

    told: list[Any] = [record.msg for record in caplog.records]
    assert name == "console-17"
    assert [(line["to"], line["text"]) for line in told] == [("+7914…2233", "Ура")]


def test_a_file_gets_a_line_for_each_message(tmp_path: Path) -> None:
    gateway = FileGateway(tmp_path / "messages.jsonl")

    assert [gateway.send(MESSAGE) for _twice in range(2)] == ["file-17"] * 2

    lines = [json.loads(line) for line in gateway.path.read_text().splitlines()]
    assert lines == [{"id": 17, "to": "+79147012233", "subject": "Тема", "text": "Ура"}] * 2


def test_there_is_no_money_and_nobody_to_ask(tmp_path: Path) -> None:
    gateways: list[Gateway] = [ConsoleGateway(), FileGateway(tmp_path / "x")]

    assert [(one.balance(), one.poll(17, "+7")) for one in gateways] == [(None, None)] * 2

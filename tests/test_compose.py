"""What docker-compose.yml promises, held against the code that it starts."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from crm_site.health import LiveView
from crm_site.urls import FIGURES
from messaging.services import CLAIM_LASTS
from messaging.tasks import SECONDS

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES, SETTINGS = COMPOSE["services"], COMPOSE["x-app"]["environment"]


@pytest.mark.parametrize("worker", ["worker", "urgent"])
def test_a_worker_is_not_killed_in_the_middle_of_a_run(worker: str) -> None:
    minutes = SERVICES[worker]["stop_grace_period"].removesuffix("m")

    assert timedelta(minutes=int(minutes)) > timedelta(seconds=SECONDS) + CLAIM_LASTS


def test_kannel_brings_answers_to_an_address_that_carat_knows() -> None:
    secret = SETTINGS["KANNEL_REPLY_SECRET"]

    assert SERVICES["kannel"]["environment"]["CARAT_REPLIES"] == f"{SETTINGS['CALLBACK_URL']}/replies/kannel/{secret}/"
    assert ":?" in secret


def test_each_alarm_asks_for_a_check_that_is_there() -> None:
    rules = yaml.safe_load((ROOT / "deploy/monitoring/rules.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    asked = {name for rule in rules for names in re.findall(r'check=~?"([\w|]+)"', rule["expr"]) for name in names.split("|")}

    assert asked == {check.rpartition(".")[2] for check in (*LiveView.checks, *FIGURES)}
    assert json.loads((ROOT / "deploy/monitoring/carat.json").read_text(encoding="utf-8"))["title"] == "Carat"


def test_every_variable_of_compose_stands_in_the_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    known = set(re.findall(r"^(?:# )?(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))

    assert asked - known == set()

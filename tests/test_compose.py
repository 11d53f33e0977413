"""What docker-compose.yml promises, held against the code that it starts."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from messaging.services import CLAIM_LASTS
from messaging.tasks import SECONDS

COMPOSE = yaml.safe_load((Path(__file__).parent.parent / "docker-compose.yml").read_text())
SERVICES, SETTINGS = COMPOSE["services"], COMPOSE["x-app"]["environment"]


@pytest.mark.parametrize("worker", ["worker", "urgent"])
def test_a_worker_is_not_killed_in_the_middle_of_a_run(worker: str) -> None:
    minutes = SERVICES[worker]["stop_grace_period"].removesuffix("m")

    assert timedelta(minutes=int(minutes)) > timedelta(seconds=SECONDS) + CLAIM_LASTS


def test_kannel_brings_answers_to_an_address_that_carat_knows() -> None:
    secret = SETTINGS["KANNEL_REPLY_SECRET"]

    assert SERVICES["kannel"]["environment"]["CARAT_REPLIES"] == f"{SETTINGS['CALLBACK_URL']}/replies/kannel/{secret}/"
    assert ":?" in secret

"""A message on its way through the gateways that it may take."""

from typing import NoReturn

from messaging import services
from messaging.gateways.registry import UnknownGatewayError
from messaging.models import MessageState
from tests.messaging.conftest import NOON, Put
from tests.messaging.sending import state


def test_a_gateway_that_nobody_describes_is_no_doubt(put: Put) -> None:
    message = put(lane="urgent", purpose="")

    services.send_due_messages("urgent", now=NOON, gateways=_nobody)

    assert state(message) == MessageState.PENDING


def _nobody(name: str) -> NoReturn:
    raise UnknownGatewayError(name)

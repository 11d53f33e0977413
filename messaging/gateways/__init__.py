"""The outside world of messages: the only place with network code."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class GatewayRefusedError(Exception):
    """The gateway said no before it took the message: it may be tried again later."""


class GatewayUncertainError(Exception):
    """Nobody knows whether the gateway took the message: the machine never sends it again."""


class SmsGateway(Protocol):
    """Hands one SMS over. Returns the provider's id, which may be empty."""

    def send(self, *, recipient: str, text: str, message_id: int) -> str: ...


def sms_gateway() -> SmsGateway:
    """The gateway that the settings name."""
    gateway: SmsGateway = import_string(settings.SMS_GATEWAY)()
    return gateway

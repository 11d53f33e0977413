"""The address that stops one kind of advertising in one click, without signing in. Public: ``unsubscribe_address``."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from clients.models import Purpose

SALT = "messaging.unsubscribe"


class BadAddressError(ValueError):
    """The address was not made by us."""


def unsubscribe_address(client_id: int, purpose: str) -> str:
    """Where a client stops a purpose; it holds for good, as letters are opened years later."""
    token = signing.dumps([client_id, purpose], salt=SALT)
    return f"{settings.SITE_URL}{reverse('messaging:unsubscribe', args=[token])}"


def whose(token: str) -> tuple[int, str]:
    """The client and the purpose of an address. Raises BadAddressError."""
    try:
        client_id, purpose = signing.loads(token, salt=SALT)
        return int(client_id), str(Purpose(purpose))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadAddressError(token[:40]) from error

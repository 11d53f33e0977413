"""Which gateways the settings describe; the page of gateways says which of them are used, and in which order."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple, cast

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import Purpose
from messaging.gateways import Gateway
from messaging.gateways.chats import Messenger
from messaging.gateways.console import ConsoleGateway, FileGateway
from messaging.gateways.kannel import KannelGateway
from messaging.gateways.push import PushGateway
from messaging.gateways.smsc import SmscGateway
from messaging.gateways.smtp import SmtpGateway
from messaging.gateways.telegram import TelegramGateway
from messaging.models import PUSH, Channel
from stores import rules


class UnknownGatewayError(LookupError):
    """No gateway of this name is described in the settings."""


class GatewayKind(NamedTuple):
    """A gateway that Carat knows: its channels, whether the settings describe it, how it is made.

    A messenger takes messages of its channels to those clients who opened a chat with the chain, advertising by the ``consent``
    that it asks for; with a ``bot`` one can talk there.
    """

    name: str
    title: str | Promise
    channels: tuple[Channel, ...]
    is_described: Callable[[], bool]
    make: Callable[[], Gateway]
    variables: str
    is_real: bool = True
    consent: Purpose | None = None
    has_bot: bool = False

    @property
    def is_messenger(self) -> bool:
        return self.consent is not None


def _kannel() -> Gateway:
    return KannelGateway(
        url=settings.KANNEL_URL, user=settings.KANNEL_USER, password=settings.KANNEL_PASSWORD,
        sender=rules.current().sms_sender, receipts=settings.CALLBACK_URL,
    )  # fmt: skip


def _smsc() -> Gateway:
    return SmscGateway(
        login=settings.SMSC_LOGIN, password=settings.SMSC_PASSWORD, sender=rules.current().sms_sender, url=settings.SMSC_URL
    )


def _smtp() -> Gateway:
    return SmtpGateway(
        host=settings.SMTP_HOST, port=settings.SMTP_PORT, user=settings.SMTP_USER, password=settings.SMTP_PASSWORD,
        tls=settings.SMTP_TLS, sender=settings.EMAIL_SENDER, chain=rules.current().chain_name, bounces=settings.BOUNCE_ADDRESS,
    )  # fmt: skip


def _telegram() -> Messenger:
    return TelegramGateway(
        token=settings.TELEGRAM_TOKEN, bot=settings.TELEGRAM_BOT, url=settings.TELEGRAM_URL, secret=callback_secret("telegram")
    )


def _push() -> Gateway:
    return PushGateway(
        key=settings.PUSH_KEY, contact=settings.EMAIL_SENDER, site=settings.SITE_URL, chain=rules.current().chain_name
    )


BOTH = (Channel.SMS, Channel.EMAIL)
KINDS = (
    GatewayKind("console", _("Console: only prints"), BOTH, lambda: True, ConsoleGateway, "", is_real=False),
    GatewayKind(
        "file", _("File: only writes down"), BOTH, lambda: True, lambda: FileGateway(settings.DATA_DIR / "messages.jsonl"), "",
        is_real=False,
    ),
    GatewayKind("kannel", "Kannel", (Channel.SMS,), lambda: bool(settings.KANNEL_URL), _kannel, "KANNEL_URL, KANNEL_PASSWORD"),
    GatewayKind("smsc", "smsc.ru", (Channel.SMS,), lambda: bool(settings.SMSC_LOGIN), _smsc, "SMSC_LOGIN, SMSC_PASSWORD"),
    GatewayKind("smtp", "SMTP", (Channel.EMAIL,), lambda: bool(settings.SMTP_HOST), _smtp, "SMTP_HOST, EMAIL_SENDER"),
    GatewayKind(
        "telegram", "Telegram", BOTH, lambda: bool(settings.TELEGRAM_TOKEN and settings.TELEGRAM_BOT), _telegram,
        "TELEGRAM_TOKEN, TELEGRAM_BOT", consent=Purpose.ADVERTISING_MESSENGER, has_bot=True,
    ),
    GatewayKind(
        PUSH, _("Notifications"), BOTH, lambda: bool(settings.PUSH_KEY), _push, "PUSH_KEY", consent=Purpose.ADVERTISING_PUSH
    ),
)  # fmt: skip


def kind(name: str) -> GatewayKind:
    """Raises UnknownGatewayError."""
    found = next((kind for kind in KINDS if kind.name == name), None)
    if found is None:
        raise UnknownGatewayError(name)
    return found


def gateway(name: str) -> Gateway:
    """The gateway of a name, ready to send. Raises UnknownGatewayError where the settings do not describe it."""
    found = kind(name)
    if not found.is_described():
        raise UnknownGatewayError(name)
    return found.make()


def messengers() -> list[GatewayKind]:
    """Messengers that the settings describe."""
    return [kind for kind in KINDS if kind.is_messenger and kind.is_described()]


def bots() -> list[GatewayKind]:
    """Messengers that the settings describe and that one can talk in."""
    return [kind for kind in messengers() if kind.has_bot]


def consent_of(name: str) -> Purpose | None:
    """The consent by which advertising goes by a messenger. Raises UnknownGatewayError."""
    return kind(name).consent


def messenger(name: str) -> Messenger:
    """The messenger of a name, with its bot. Raises UnknownGatewayError where the settings describe none such."""
    found = kind(name)
    if not found.has_bot or not found.is_described():
        raise UnknownGatewayError(name)
    return cast("Messenger", found.make())


def callback_secret(name: str) -> str:
    """The part of a gateway's callback address that nobody can guess: the one that was agreed on, else our own."""
    agreed = {"kannel": settings.KANNEL_REPLY_SECRET}
    return agreed.get(name) or _own_secret(name)


@cache
def _own_secret(name: str) -> str:
    """It changes with SECRET_KEY."""
    return salted_hmac("messaging.callbacks", name, algorithm="sha256").hexdigest()[:40]

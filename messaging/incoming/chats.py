"""What is done in chats, each thing once: codes are brought, questions answered, bots left; and what to say to it.

Nothing that is said tells whether somebody is known to the chain: a chat without a client hears the same whatever it writes.
"""

from datetime import datetime

import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients.models import Client
from messaging import linking, texts
from messaging.gateways import registry
from messaging.gateways.chats import Button, Heard, Said, Spoken
from messaging.incoming import doubts
from messaging.incoming.refusals import asks_to_stop
from messaging.linking import Came
from messaging.models import ChatUpdate, Reply
from stores import rules

log = structlog.get_logger(__name__)
STOP_COMMANDS = ("/stop", "/unsubscribe")
YES, NO = "yes", "no"
# A chat is answered the same words once in so many seconds, and heard so often in a minute.
QUIET, MINUTE, MOST_A_MINUTE = 60 * 60, 60, 30


def take(messenger: str, said: Said, *, now: datetime) -> Spoken | None:
    """See to what was done in a chat, unless it was seen to before. Returns what to say to it, if anything."""
    if not said.chat or _is_too_often(messenger, said.chat):
        return None
    with transaction.atomic():
        _row, is_new = ChatUpdate.objects.get_or_create(messenger=messenger, number=said.number)
        if not is_new:
            return None
        client = linking.whose(messenger, said.chat)
        with translation.override(_language(client, said)):
            return _seen_to(messenger, said, client, now)


def _language(client: Client | None, said: Said) -> str:
    if client:
        return client.language
    spoken = said.language.partition("-")[0]
    return spoken if spoken in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _is_too_often(messenger: str, chat: str) -> bool:
    key = f"chats:{messenger}:{chat}:heard"
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return bool(cache.incr(key) > MOST_A_MINUTE)
    except ValueError:  # its minute is over just now
        return False


def _seen_to(messenger: str, said: Said, client: Client | None, now: datetime) -> Spoken | None:
    if said.kind == Heard.LEFT:
        linking.leave(messenger, said.chat, now=now)
        return None
    if said.kind == Heard.STARTED and said.text:
        return _started(messenger, said, now)
    if client is None:
        return _once(messenger, said.chat, "stranger", _to_stranger())
    if said.kind == Heard.STARTED:
        return Spoken(said.chat, _("This chat is connected. To disconnect it, write /stop."))
    if said.kind == Heard.PRESSED:
        return _pressed(said, client, now)
    if said.text.strip().lower() in STOP_COMMANDS or asks_to_stop(said.text):
        return _stopped(messenger, said, now)
    return _kept(messenger, said, client, now)


def _started(messenger: str, said: Said, now: datetime) -> Spoken | None:
    came, client = linking.connect(messenger, said.text, said.chat, now=now)
    log.info("chat.started", messenger=messenger, came=str(came), card=client.pk if client else None)
    if came == Came.UNKNOWN:
        return _once(messenger, said.chat, "stranger", _to_stranger())
    if client is None:
        words = _("This chat is connected to another card. Write /stop to disconnect it, then open the link once more.")
        return Spoken(said.chat, words)
    with translation.override(client.language):
        if came == Came.ALREADY:
            return Spoken(said.chat, _("This chat is connected. To disconnect it, write /stop."))
        return _asking(said.chat, _("Done: messages about your pieces, orders and bonuses will come here."))


def _asking(chat: str, first: str) -> Spoken:
    """The question about advertising, with the very words that are agreed to."""
    question = linking.question()
    words = _("Shall greetings and offers come here too? By “Yes” you say: “%(consent)s”") % {"consent": question.text}
    buttons = [
        Button(_("Yes, let them come"), f"{YES}:{question.version}"), Button(_("No, thank you"), f"{NO}:{question.version}"),
    ]  # fmt: skip
    return Spoken(chat, "\n\n".join([first, words, _("To disconnect this chat, write /stop.")]), buttons)


def _pressed(said: Said, client: Client, now: datetime) -> Spoken | None:
    word, _colon, version = said.text.partition(":")
    if word not in (YES, NO) or not version.isdecimal():
        return None
    if not linking.answer(client, agrees=word == YES, version=int(version), now=now):
        return _asking(said.chat, _("The words of the consent have changed since, so we ask once more."))
    if word == YES:
        return Spoken(said.chat, _("Written down: greetings and offers will come here. To change your mind, write /stop."))
    return Spoken(said.chat, _("Written down: only messages about your pieces, orders and bonuses will come here."))


def _stopped(messenger: str, said: Said, now: datetime) -> Spoken:
    linking.stop(messenger, said.chat, now=now)
    words = _(
        "Nothing comes here any more, and no advertising comes any other way. "
        "Messages about what you left with us come by SMS or e-mail."
    )
    return Spoken(said.chat, words)


def _kept(messenger: str, said: Said, client: Client, now: datetime) -> Spoken | None:
    """What a client writes is read by the store, as an answer to an SMS is."""
    text = texts.clean(said.text)
    if not text:
        return None
    Reply.objects.create(
        sender=client.phone or client.email or str(registry.kind(messenger).title), text=text, gateway=messenger,
        provider_id=str(said.number), client=client,
    )  # fmt: skip
    doubts.ask_about(client, said.text, now=now)
    return _once(messenger, said.chat, "kept", _("Thank you, the store will read it. If it is urgent, please call."))


def _to_stranger() -> str:
    facts = {"chain": rules.current().chain_name, "page": f"{settings.SITE_URL}{reverse('portal:status')}"}
    words = _(
        "This is the bot of %(chain)s. It writes to clients who connected it: "
        "by a code that any of our stores shows, or on their own page, %(page)s"
    )
    return words % facts


def _once(messenger: str, chat: str, about: str, words: str) -> Spoken | None:
    """The same words to a chat once in a while."""
    return Spoken(chat, words) if cache.add(f"chats:{messenger}:{chat}:{about}", 1, QUIET) else None

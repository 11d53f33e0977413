"""One-time codes: asked for, sent, checked once, forgotten.

Public: ``Caller``, ``ask``, ``asked``, ``send``, ``by_email``, ``check``.

The code itself is made while it is sent, so that neither the table nor the broker ever holds it.
"""

import secrets
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from clients.models import Client
from messaging import address, service_texts, services, texts
from messaging.models import SECRET_SOURCES, Channel, CodePurpose, Lane, Message, MessageState, OneTimeCode, StopEntry
from stores import rules

LASTS = timedelta(minutes=5)
MOST_TRIES = 5
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Such a code goes to the phone of the card and nowhere else.
PROVES_A_PHONE = (CodePurpose.CONTACT, CodePurpose.SPEND)
QUARTER = timedelta(minutes=15)
PER_CONTACT = ((QUARTER, 3), (DAY, 10))
# What strangers together may send to one contact: beyond it they only bother its owner.
FROM_STRANGERS = ((QUARTER, 6), (DAY, 20))
# What anybody may ask for, who need not be known.
ASKED_BY_STRANGERS = (CodePurpose.SIGN_IN, CodePurpose.REGISTER)
NOT_GONE = (MessageState.FAILED, MessageState.SUPPRESSED, MessageState.EXPIRED)


class Caller(NamedTuple):
    """Who asks: a digest of an address, or the number of a device on which the contact's owner signed in before."""

    digest: str = ""
    is_known: bool = False


AT_THE_COUNTER = Caller()


def ask(
    purpose: CodePurpose, channel: Channel, recipient: str, *,
    client: Client | None, browser: str = "", subject: str = "", caller: Caller = AT_THE_COUNTER, language: str = "",
    now: datetime,
) -> OneTimeCode | None:  # fmt: skip
    """Note that a code is wanted; the browser's former one about the same holds no more. ``send`` sends it.

    ``client`` is None where nobody has the contact: the same queries are made, and nothing is sent. Who registers is nobody's
    client whether they have a card or not, and always gets their code, in ``language``.
    Returns None beyond the limits of the purpose's codes to the contact from one caller, of strangers' to the contact, or of
    all clients' together; what was asked before then still holds. A stranger who asks for codes to a phone spends nothing of
    what the counter or a device that its owner signed in on may ask for, and an invented number spends nobody's.
    """
    with transaction.atomic():
        if _is_limited(purpose, recipient, caller, now):
            return None
        former = OneTimeCode.objects.filter(
            purpose=purpose, recipient=recipient, browser=_browser(browser), subject=subject, used_at=None, expires_at__gt=now
        )
        former.update(expires_at=now)
        return OneTimeCode.objects.create(
            purpose=purpose, client=client, channel=channel, recipient=recipient, browser=_browser(browser), subject=subject,
            caller=caller.digest, is_known=caller.is_known, language=language, created_at=now, expires_at=now + LASTS,
        )  # fmt: skip


def _is_limited(purpose: CodePurpose, recipient: str, caller: Caller, now: datetime) -> bool:
    """Two queries where a client asks, one at the counter, whoever has the contact."""
    of_contact = _asked_since(now - DAY).filter(purpose=purpose, recipient=recipient)
    asked = list(of_contact.values_list("created_at", "caller", "is_known"))
    if _is_beyond(PER_CONTACT, [at for at, digest, _known in asked if digest == caller.digest], now):
        return True
    if purpose not in ASKED_BY_STRANGERS or caller.is_known:
        return False
    if _is_beyond(FROM_STRANGERS, [at for at, _digest, known in asked if not known], now):
        return True
    sent = _asked_since(now - HOUR).filter(purpose=purpose, is_known=False)
    if purpose == CodePurpose.SIGN_IN:
        sent = sent.filter(client__isnull=False)
    return bool(sent.count() >= rules.current().codes_per_hour)


def _is_beyond(limits: "tuple[tuple[timedelta, int], ...]", asked: list[datetime], now: datetime) -> bool:
    return any(sum(at > now - within for at in asked) >= most for within, most in limits)


def _asked_since(since: datetime) -> "QuerySet[OneTimeCode]":
    # The end is indexed, and never before the beginning.
    return OneTimeCode.objects.filter(expires_at__gt=since, created_at__gt=since)


def send(pk: int, now: datetime) -> Message | None:
    """Make the code of a row and queue it, once. None where nobody has the contact, or it went already."""
    with transaction.atomic():
        row = OneTimeCode.objects.select_for_update().filter(pk=pk, message=None, used_at=None, expires_at__gt=now).first()
        if row is None or (row.client_id is None and row.purpose != CodePurpose.REGISTER):
            return None
        client = Client.objects.live().select_related("home_store").filter(pk=row.client_id or 0).first()
        code = f"{secrets.randbelow(10**6):06d}"
        row.message = _queue(client, row, code, now) if client else _to_stranger(row, code, now)
        row.digest = _digest(row, code)
        row.save(update_fields=["message", "digest"])
    return row.message


def _key(row: OneTimeCode) -> str:
    """The text that goes: a code of the client's page is for nobody else, one of the counter is to be read out."""
    return "sign-in" if row.purpose == CodePurpose.SIGN_IN else "code"


def _queue(client: Client, row: OneTimeCode, code: str, now: datetime) -> Message | None:
    if row.channel == Channel.EMAIL:
        return _letter(client, row, code, now)
    values = {"code": code}
    # What proves a phone must not go anywhere else.
    if row.purpose in PROVES_A_PHONE and (row.recipient != client.phone or _is_stopped(row.recipient)):
        return None
    return service_texts.tell(
        client, _key(row), occasion_key=f"code:{row.pk}", values=values, now=now, lane=Lane.URGENT, expires=row.expires_at - now
    )


def _to_stranger(row: OneTimeCode, code: str, now: datetime) -> Message | None:
    """The code of somebody who registers: no card is looked at, so that the message tells nothing of one."""
    if row.purpose != CodePurpose.REGISTER or _is_stopped(row.recipient):
        return None
    template = service_texts.template_for("register")
    _subject, wording = template.wording(row.language)
    text = texts.fill(wording, {"code": code, "chain": rules.current().chain_name})
    message = Message(
        client=None, store=None, occasion_key=f"code:{row.pk}", source="register", template=template, channel=Channel.SMS,
        lane=Lane.URGENT, recipient=row.recipient, language=row.language or settings.LANGUAGE_CODE, text=text,
        segments=texts.length(text).segments, send_after=now, expires_at=row.expires_at,
    )  # fmt: skip
    return Message.objects.get(occasion_key=message.occasion_key) if services.queue([message]) else None


def _is_stopped(recipient: str) -> bool:
    return StopEntry.objects.filter(recipient=recipient).exists()


def _letter(client: Client, row: OneTimeCode, code: str, now: datetime) -> Message | None:
    """By e-mail though the client takes SMS."""
    if not client.email or _is_stopped(client.email):
        return None
    template = service_texts.template_for(_key(row))
    subject, text = template.wording(client.language)
    built_in = service_texts.BUILT_IN[_key(row)]
    subject = subject or (built_in.subject_en if client.language == "en" else built_in.subject)
    known = {**address.values_for(address.addressee_of(client)), "code": code}
    message = Message(
        client=client, store=client.home_store, occasion_key=f"code:{row.pk}:email", source=_key(row), template=template,
        channel=Channel.EMAIL, lane=Lane.URGENT, recipient=client.email, language=client.language,
        subject=texts.fill(subject, {**known, "code": ""})[:200], text=texts.fill(text, known), send_after=now,
        expires_at=row.expires_at,
    )  # fmt: skip
    return Message.objects.get(occasion_key=message.occasion_key) if services.queue([message]) else None


def by_email(purpose: CodePurpose, recipient: str, *, browser: str, now: datetime) -> OneTimeCode | None:
    """The code that a browser waits for is to come by e-mail instead: a new one, once. ``send`` sends it."""
    row = _live(purpose, recipient, browser, "", now)
    if row is None or not _turn_to_email(row.pk, now):
        return None
    return row


def _turn_to_email(pk: int, now: datetime) -> bool:
    by_sms = OneTimeCode.objects.filter(pk=pk, channel=Channel.SMS, used_at=None, expires_at__gt=now)
    return bool(by_sms.update(channel=Channel.EMAIL, message=None, digest=""))


def fall_back(now: datetime) -> int:
    """Codes whose SMS failed or may not go come by e-mail where the card has one. Returns how many."""
    stuck = OneTimeCode.objects.filter(
        channel=Channel.SMS, used_at=None, expires_at__gt=now, message__state__in=NOT_GONE, client__email__isnull=False
    )
    stuck = stuck.exclude(purpose__in=PROVES_A_PHONE)
    return sum(_turn_to_email(pk, now) and send(pk, now) is not None for pk in list(stuck.values_list("pk", flat=True)))


def check(
    purpose: CodePurpose, recipient: str, code: str, *, browser: str = "", subject: str = "", now: datetime
) -> OneTimeCode | None:
    """The row that a code opens, used up by this; None for a wrong, old or used code, a foreign browser, a sixth try."""
    row = _live(purpose, recipient, browser, subject, now)
    if row is None:
        return None
    tried = OneTimeCode.objects.filter(pk=row.pk, used_at=None, expires_at__gt=now, tries__lt=MOST_TRIES)
    if not tried.update(tries=F("tries") + 1):
        return None
    if not compare_digest(_digest(row, code.strip()), row.digest):
        return None
    unused = OneTimeCode.objects.filter(pk=row.pk, used_at=None, digest=row.digest, expires_at__gt=now)
    return row if unused.update(used_at=now) else None


def _live(purpose: CodePurpose, recipient: str, browser: str, subject: str, now: datetime) -> OneTimeCode | None:
    rows = OneTimeCode.objects.filter(purpose=purpose, recipient=recipient, browser=_browser(browser), subject=subject)
    return rows.filter(used_at=None, expires_at__gt=now).order_by("-pk").first()


def asked(purpose: CodePurpose, recipient: str, *, browser: str, subject: str, now: datetime) -> OneTimeCode | None:
    """The code of a browser that still holds. One query."""
    return _live(purpose, recipient, browser, subject, now)


def scrub(now: datetime) -> int:
    """Take the digits out of the texts of codes that hold no more. Returns how many texts."""
    over = Message.objects.filter(source__in=SECRET_SOURCES, expires_at__lte=now).exclude(state=MessageState.SENDING)
    changed = list(over.exclude(text__contains=texts.MASK).only("pk", "text")[:500])
    for message in changed:
        message.text = texts.masked(message.text) if texts.masked(message.text) != message.text else texts.MASK
    Message.objects.bulk_update(changed, ["text"])
    return len(changed)


def forget(now: datetime) -> int:
    """Codes that hold no more, and count for no limit any more, go, and with them whom strangers' went to. Returns how many."""
    Message.objects.filter(client=None, source="register", expires_at__lt=now - 2 * DAY).exclude(recipient="").update(
        recipient=""
    )
    return OneTimeCode.objects.filter(expires_at__lt=now - 2 * DAY).delete()[0]


def _digest(row: OneTimeCode, code: str) -> str:
    return salted_hmac("messaging.codes", f"{row.pk}:{row.purpose}:{row.recipient}:{code}", algorithm="sha256").hexdigest()


def _browser(nonce: str) -> str:
    return salted_hmac("messaging.codes.browser", nonce, algorithm="sha256").hexdigest() if nonce else ""

"""May this installation send? Only while the base and the data folder bear the same stamp.

The stamp moves on every few seconds, so a base that was put back from any copy, by a command or by hand, bears an old
one: workers then send nothing until a person has seen what would go and opens sending again. Public.
"""

import os
from datetime import datetime
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from messaging.models import Message, SendingStamp

log = structlog.get_logger(__name__)
STAMP = "sending.stamp"
ONLY = 1


def is_open() -> bool:
    """Whether messages may go. One query; outside a transaction, for a new installation gets its first stamp here."""
    stamp = SendingStamp.objects.first()  # before the folder: the stamp moves on in the folder first
    told = _told()
    if stamp is None and (not told or not Message.objects.exists()):
        return _begin()
    if stamp and str(stamp.value) in told:
        return True
    _notice(stamp)
    return False


def closed() -> SendingStamp | None:
    """The stamp of a base that may not send; None while sending is open. One query."""
    stamp = SendingStamp.objects.first()
    return stamp if stamp and is_strange(stamp.value) else None


def is_strange(value: UUID | None) -> bool:
    """Whether a base that bears this stamp may not send; the folder alone is asked."""
    return value is not None and str(value) not in _told()


def move_on(now: datetime) -> bool:
    """A new stamp, in the folder and then in the base; the folder knows the former one too, for a crash between.

    A folder that cannot be written keeps its stamp, and so does the base.
    """
    try:
        return _move_on(now)
    except OSError as error:
        log.warning("sending.stamp_stays", error=str(error))
        return False


@transaction.atomic
def _move_on(now: datetime) -> bool:
    stamp = SendingStamp.objects.select_for_update().first()
    if stamp is None or str(stamp.value) not in _told():
        return False
    former, stamp.value, stamp.at = stamp.value, uuid4(), now
    _write(former, stamp.value)
    stamp.save(update_fields=["value", "at"])
    return True


@transaction.atomic
def close(*, as_of: datetime, now: datetime) -> None:
    """Nothing goes until a person opens sending: the base is that of ``as_of``."""
    SendingStamp.objects.update_or_create(pk=ONLY, defaults={"value": uuid4(), "at": as_of, "closed_at": now})


@transaction.atomic
def reopen(*, now: datetime) -> None:
    """This base and this folder belong together from now on."""
    stamp, _made = SendingStamp.objects.update_or_create(pk=ONLY, defaults={"value": uuid4(), "at": now, "closed_at": None})
    _write(stamp.value)


@transaction.atomic
def _begin() -> bool:
    """The first worker of a new installation makes the stamp; who comes second waits for it and looks again next time."""
    stamp, made = SendingStamp.objects.get_or_create(pk=ONLY, defaults={"at": timezone.now()})
    if made:
        _write(stamp.value)
    return made


def _notice(stamp: SendingStamp | None) -> None:
    """A base that came back by hand: from when it stood still is told to the person who opens sending."""
    now = timezone.now()
    if stamp is None:
        close(as_of=now, now=now)
    elif stamp.closed_at is None:
        SendingStamp.objects.filter(pk=ONLY, closed_at=None).update(closed_at=now)
    else:
        return
    log.error("sending.closed", words="the base and the data folder bear different stamps")


def _told() -> list[str]:
    try:
        return (settings.DATA_DIR / STAMP).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return []


def _write(*values: UUID) -> None:
    path = settings.DATA_DIR / STAMP
    part = path.with_name(f".{STAMP}.{uuid4().hex}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write("".join(f"{value}\n" for value in values))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)

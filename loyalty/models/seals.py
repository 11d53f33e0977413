"""What seals friends' codes: a secret of the base, so that a new SECRET_KEY of the server leaves the codes as they are."""

import hashlib

from django.conf import settings
from django.db import models


def first_secret() -> str:
    """As codes were sealed before the base kept it: those that people have hold on."""
    return hashlib.sha256(b"loyalty.friends" + settings.SECRET_KEY.encode()).hexdigest()


class FriendsSeal(models.Model):
    """One row, written once; it goes with the base, into its copies too."""

    secret = models.CharField(max_length=64)

    class Meta:
        verbose_name = "friends' seal"

    def __str__(self) -> str:
        return "friends' seal"


_held: list[bytes] = []


def seal() -> bytes:
    """The secret, asked for once by a process. One query then."""
    if not _held:
        row, _is_new = FriendsSeal.objects.get_or_create(pk=1, defaults={"secret": first_secret()})
        hold(row.secret)
    return _held[0]


def hold(secret: str) -> None:
    """This process seals by it from now on."""
    _held[:] = [bytes.fromhex(secret)]

"""Moments as commands are given them."""

from datetime import datetime

from django.core.management.base import CommandError
from django.utils import timezone


def moment(option: str, text: str | None) -> datetime:
    """An ISO time, the chain's where it names no zone; now for none. Raises CommandError."""
    if not text:
        return timezone.now()
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{option} is no ISO time: {text}") from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)

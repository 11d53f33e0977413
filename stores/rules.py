"""What the chain has decided, as everybody reads it: ``rules.current().cap_week``. Public.

Each rule is a row with its history (``ruling``), and its default stands here. A process holds what it read for a second: a page
asks the database nothing, and every process obeys a change within that second, with Redis or without. Where the database does not
answer, what was read last holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from math import inf
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.apps import apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError

HELD_SECONDS = 1.0
log = structlog.get_logger(__name__)


def _must_have_two_steps() -> tuple[str, ...]:
    """Nobody on one's own machine."""
    return () if settings.AT_HOME else ("admin", "manager")


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule of the chain that a person changes in the product (docs/settings.md)."""

    chain_name: str = "Роскошь"
    mark: str = ""  # which picture of ``ChainMark``; Carat's own where it is empty
    sms_sender: str = "Carat"
    link_hosts: tuple[str, ...] = ()

    quiet_from: int = 21
    quiet_until: int = 9
    cap_week: int = 2
    cap_month: int = 4
    greets_without_email: bool = False
    reviews_on: bool = True
    codes_per_hour: int = 500

    # No piece and no work costs more: what is larger is a phone, a code or a slip of the hand.
    price_bound: int = 100_000_000
    price_asked_twice: int = 5_000_000

    second_factor_roles: tuple[str, ...] = field(default_factory=_must_have_two_steps)
    second_factor_grace_days: int = 7
    idle_minutes_seller: int = 4 * 60
    idle_minutes_manager: int = 2 * 60
    idle_minutes_admin: int = 60
    pins_on: bool = True
    pin_lock_minutes: int = 3
    lookups_per_hour: int = 600
    sign_in_failures_per_address: int = 60

    passports_kept_days: int = 90
    list_files_kept_days: int = 180

    @property
    def own_hosts(self) -> list[str]:
        """Where links in texts to clients may lead, besides what lies below these."""
        return [urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS, *self.link_hosts]

    @property
    def second_factor_grace(self) -> timedelta:
        return timedelta(days=self.second_factor_grace_days)

    def idle(self, role: str) -> timedelta:
        """After how long without an act a session of this role ends."""
        minutes: int = getattr(self, f"idle_minutes_{role}")
        return timedelta(minutes=minutes)


NAMES = tuple(one.name for one in fields(Rules))


@dataclass
class _Held:
    rules: Rules | None = None
    until: float = -inf


_held = _Held()


def current() -> Rules:
    """The rules in force. A query once a second and process, whoever asks how often."""
    if _held.rules is not None and monotonic() < _held.until:
        return _held.rules
    found = _read()
    hold(found, seconds=HELD_SECONDS)
    return found


def hold(rules: Rules, *, seconds: float = inf) -> None:
    """Let these be in force in this process for so long; a test says so."""
    _held.rules, _held.until = rules, monotonic() + seconds


def forget() -> None:
    """The next question is answered by the database."""
    _held.until = -inf


def _read() -> Rules:
    rows = apps.get_model("stores", "Rule")._default_manager.using(DEFAULT_DB_ALIAS)
    try:
        return read(dict(rows.values_list("name", "value")))
    except DatabaseError as error:
        log.warning("rules.not_read", error=str(error)[:200])
        return _held.rules or Rules()


def read(rows: Mapping[str, Any]) -> Rules:
    """The rules that rows tell; of what they do not tell, the default."""
    said: dict[str, Any] = {name: _held_as(value) for name, value in rows.items() if name in NAMES}
    return Rules(**said)


def _held_as(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def default(name: str) -> Any:
    return plain(getattr(Rules(), name))


def standing(name: str) -> Any:
    """What a rule says now, as its row would keep it."""
    return plain(getattr(current(), name))


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple | set) else value

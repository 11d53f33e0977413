"""Which copies there are, which stay, when the next is due, and whether there is reason for alarm.

The folder is the truth; beside it one small file remembers why the last try failed.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min

from crm_site.backups.making import NAME, SEALED_SUFFIX, SUFFIX

DAYS, WEEKS, MONTHS = 7, 5, 12
LATE = timedelta(hours=36)
# A night's copy comes at night; one that was missed comes at any hour.
NIGHT, NIGHTLY, MISSED = range(1, 5), timedelta(hours=20), timedelta(hours=30)
FAILURE = "backups.json"
NAMED = re.compile(rf"carat-.{{20}}({re.escape(SUFFIX)}|{re.escape(SEALED_SUFFIX)})")


class Copy(NamedTuple):
    """A whole copy in the folder."""

    path: Path
    made_at: datetime
    size: int

    @property
    def is_sealed(self) -> bool:
        return self.path.name.endswith(SEALED_SUFFIX)


class State(NamedTuple):
    """How it stands with copies: the newest, whether it is too old, and why the last try failed, if it did."""

    newest: Copy | None
    is_late: bool
    failure: str

    @property
    def is_bad(self) -> bool:
        return self.is_late or bool(self.failure)


def copies() -> list[Copy]:
    """Copies in the folder, the newest first; none where the folder is not to be read."""
    found = []
    try:
        for path in Path(settings.BACKUP_DIR).iterdir():
            if NAMED.fullmatch(path.name):
                made_at = datetime.strptime(path.name.partition(".")[0], NAME).replace(tzinfo=UTC)
                found.append(Copy(path, made_at, path.stat().st_size))
    except (OSError, ValueError):
        return found
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def staying(moments: Sequence[datetime]) -> set[datetime]:
    """Of moments of copies, those that stay: the last of each of 7 days, of 5 weeks and of 12 months that have one."""
    by: list[tuple[Callable[[datetime], Any], int]] = [
        (lambda at: at.date(), DAYS), (lambda at: at.isocalendar()[:2], WEEKS), (lambda at: (at.year, at.month), MONTHS)
    ]  # fmt: skip
    return {moment for span, most in by for moment in _last_of_each(moments, span)[:most]}


def _last_of_each(moments: Iterable[datetime], span: Callable[[datetime], Any]) -> list[datetime]:
    last: dict[Any, datetime] = {}
    for moment in sorted(moments, reverse=True):
        last.setdefault(span(moment), moment)
    return list(last.values())


def prune() -> int:
    """Remove copies that need not stay. Returns how many."""
    there = copies()
    stay = staying([copy.made_at for copy in there])
    gone = [copy.path for copy in there if copy.made_at not in stay]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def is_due(now: datetime) -> bool:
    """Whether a copy is to be made by itself. At most one query."""
    age = now - _last(copies())
    at_night = now.astimezone(ZoneInfo(settings.CHAIN_TIME_ZONE)).hour in NIGHT
    return age >= (NIGHTLY if at_night else MISSED)


def state(now: datetime) -> State:
    """At most one query."""
    there = copies()
    return State(there[0] if there else None, now - _last(there) >= LATE, _remembered().get("failure", ""))


def _last(there: Sequence[Copy]) -> datetime:
    """When the newest copy was made; where there is none, when this installation was."""
    if there:
        return there[0].made_at
    return _installed_at()


@cache
def _installed_at() -> datetime:
    first: datetime | None = MigrationRecorder(connection).migration_qs.aggregate(first=Min("applied"))["first"]
    return first or datetime.now(UTC)


def remember_failure(words: str) -> None:
    _write({**_remembered(), "failure": words})


def forget_failure() -> None:
    (settings.DATA_DIR / FAILURE).unlink(missing_ok=True)


def is_told(now: datetime) -> bool:
    """Whether the admins have had a letter about this trouble within a day."""
    told = _remembered().get("told_at")
    return told is not None and now - datetime.fromisoformat(told) < timedelta(days=1)


def remember_told(now: datetime) -> None:
    _write({**_remembered(), "told_at": now.isoformat()})


def _remembered() -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads((settings.DATA_DIR / FAILURE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told


def _write(told: dict[str, str]) -> None:
    part = settings.DATA_DIR / f".{FAILURE}.part"
    try:
        part.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        part.replace(settings.DATA_DIR / FAILURE)
    except OSError:  # a full disk is the trouble itself: the copies' age tells it
        part.unlink(missing_ok=True)

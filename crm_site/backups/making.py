"""A backup is made: under a name of its own only when it is whole, so that a half one is never taken for one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import structlog
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

import crm_site
from crm_site.backups import archive, base, folder, keys
from stores import rules

log = structlog.get_logger(__name__)
NAME, SUFFIX, SEALED_SUFFIX, PART = "carat-%Y-%m-%dT%H-%M-%SZ", ".backup", ".backup.age", ".part"
FORMAT = 1


class NoRoomError(OSError):
    """The disk has too little room for a copy."""


class BusyError(Exception):
    """Another backup is being made in this folder."""


def make(where: Path, *, now: datetime | None = None) -> Path:
    """Everything that the chain keeps, in one file of a folder. Returns its path.

    Raises BusyError, ArchiveError, BaseError or OSError; nothing is left of it then.
    """
    moment = now or timezone.now()
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone_in(where):
        _sweep(where)
        name = f"{moment:{NAME}}{SEALED_SUFFIX if settings.BACKUP_KEY else SUFFIX}"
        target, part = where / name, where / f".{name}{PART}"
        if target.exists():
            raise BusyError(f"{target} is there already")
        _see_to_room(where)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                with archive.sealing(file, settings.BACKUP_KEY) as sink:
                    _write(archive.Writer(sink), moment)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
            _sync(where)
        finally:
            part.unlink(missing_ok=True)
    log.info("backup.made", file=target.name, size=target.stat().st_size)
    return target


def _write(writer: archive.Writer, moment: datetime) -> None:
    try:
        _write_all(writer, moment)
    except BaseException:
        writer.give_up()
        raise


def _write_all(writer: archive.Writer, moment: datetime) -> None:
    with base.of_settings().snapshot() as snapshot:
        writer.put_pieces("base", snapshot.pieces)
        manifest = _manifest(snapshot.counts, moment)
    for name, path in folder.files():
        try:
            content: IO[bytes] = path.open("rb")
        except FileNotFoundError:  # erased meanwhile
            continue
        with content:
            writer.put(f"data/{name}", content, os.fstat(content.fileno()).st_size)
    writer.close(manifest)


def _manifest(counts: dict[str, int], moment: datetime) -> dict[str, Any]:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {
        "format": FORMAT, "carat": crm_site.VERSION, "engine": base.of_settings().engine, "made_at": moment.isoformat(),
        "chain": rules.current().chain_name, "migrations": [list(name) for name in applied], "counts": counts,
        "keys": keys.prints(),
    }  # fmt: skip


@contextmanager
def _alone_in(where: Path) -> Iterator[None]:
    """One backup at a time; a process that is killed lets go by itself."""
    with (where / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(f"Another backup is being made in {where}") from error
        yield


def _see_to_room(where: Path) -> None:
    """A copy that fills the disk stops the counter. Raises NoRoomError where one as large as the last would."""
    last = max((path.stat().st_size for path in where.glob("carat-*")), default=0)
    free = shutil.disk_usage(where).free
    if free < last * 1.2:
        raise NoRoomError(f"Too little room in {where}: {free >> 20} MB are free, the last copy takes {last >> 20} MB.")


def _sweep(where: Path) -> None:
    """What a killed process left half done."""
    for part in where.glob(f".carat-*{PART}"):
        part.unlink(missing_ok=True)


def _sync(where: Path) -> None:
    handle = os.open(where, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""A backup comes back: looked through before anything is touched, counted after, with sending closed."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from analytics.checks import check_figures
from clients import rights
from crm_site.backups import archive, base, folder, keys, making
from crm_site.backups.archive import ArchiveError
from crm_site.backups.base import BaseError
from crm_site.lineage import forgotten
from messaging import sending

Tell = Callable[[str], None]


class Restored(NamedTuple):
    """What came back: of when, how many rows and files, cards taken out again, places where figures differ."""

    made_at: datetime
    rows: int
    files: int
    erased_again: int
    wrong: int


def restore(path: Path, *, identity: str = "", over: bool = False, other_keys: bool = False, tell: Tell) -> Restored:
    """Put everything back. ``over`` a base that has people in it, and with ``other_keys``, only when told.

    Raises ArchiveError or BaseError: before the base is touched for a copy that is torn, foreign or newer than this
    Carat; after it where less came back than the manifest names.
    """
    tell("looking the copy through")
    manifest = archive.verified(path, identity)
    _refuse(manifest, over=over, other_keys=other_keys)
    takes_secret = f"data/{keys.SECRET_FILE}" in manifest["members"] and keys.is_of_folder()
    tell("putting back the base and the files")
    with archive.opening(path, identity) as stream:
        files = _put_back(archive.members(stream))
    if takes_secret:
        keys.take_over()
    made_at = datetime.fromisoformat(manifest["made_at"])
    _compare(manifest["counts"])
    tell("bringing the base to this version; sending is closed")
    call_command("migrate", verbosity=0, interactive=False)
    sending.close(as_of=made_at, now=timezone.now())
    erased = rights.erase_again()
    tell("comparing the figures with the receipts")
    return Restored(made_at, sum(manifest["counts"].values()), files, erased, check_figures().wrong)


def _refuse(manifest: dict[str, Any], *, over: bool, other_keys: bool) -> None:
    engine = base.of_settings().engine
    if manifest["format"] != making.FORMAT or manifest["engine"] != engine:
        raise ArchiveError(f"The copy is of {manifest['engine']}, this installation works on {engine}.")
    if unknown := forgotten([(app, name) for app, name in manifest["migrations"]]):
        raise ArchiveError(f"The copy is of another Carat ({'.'.join(unknown[-1])}): install that one first.")
    if not over and not base.is_empty():
        raise BaseError("People work in this base. Name an empty one, or say --over to put the copy in its place.")
    if not other_keys and (shut := keys.shut(manifest)):
        raise ArchiveError(f"{'; '.join(shut)}. Set the keys of then, or say --other-keys.")


def _put_back(members: Iterator[archive.Member]) -> int:
    """The base from its pieces, then each file at its place. Returns files."""
    files = 0
    for area, group in groupby(members, key=lambda member: member.name.partition("/")[0]):
        if area == "base":
            base.of_settings().load(member.content.read() for member in group)
        elif area == "data":
            for member in group:
                folder.put_back(member.name.partition("/")[2], member.content)
                files += 1
    return files


def _compare(counts: dict[str, int]) -> None:
    found = base.counts()
    if wrong := {name: (times, found.get(name)) for name, times in counts.items() if found.get(name) != times}:
        told = ", ".join(f"{name}: {there} of {times} rows" for name, (times, there) in wrong.items())
        raise BaseError(f"Less came back than was kept: {told}")
    connection.close()

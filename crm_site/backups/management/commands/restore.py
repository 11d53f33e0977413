"""``manage.py restore FILE``: a backup into an empty installation; exits 0 only when everything is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils.timezone import localtime

from crm_site.backups import restoring
from crm_site.backups.archive import ArchiveError
from crm_site.backups.base import BaseError


class Command(BaseCommand):
    help = "Put a backup back into an empty installation. Sending stays closed until a person opens it on the page Backups."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--key", type=Path, help="the file of the secret key that opens a sealed copy")
        parser.add_argument("--over", action="store_true", help="also over a base in which people work; what it holds is lost")
        parser.add_argument("--other-keys", action="store_true", help="also where the keys of then are not set")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            identity = _identity(options["key"])
            told = restoring.restore(
                options["file"], identity=identity, over=options["over"], other_keys=options["other_keys"], tell=self._tell
            )
        except (ArchiveError, BaseError, OSError, Error) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"As of {localtime(told.made_at):%Y-%m-%d %H:%M}: {told.rows} rows, {told.files} files.")
        self.stdout.write(f"{told.erased_again} cards taken out again. Sending is closed: open it on the page Backups.")
        if told.wrong:
            raise CommandError(f"The figures differ in {told.wrong} places: manage.py recompute_figures --from-receipts")

    def _tell(self, what: str) -> None:
        self.stderr.write(f"  {what}")


def _identity(path: Path | None) -> str:
    """The secret line of a key's file, whose other lines are words."""
    lines = path.read_text(encoding="ascii", errors="replace").splitlines() if path else []
    return next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")

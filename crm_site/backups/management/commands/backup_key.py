"""``manage.py backup_key FILE``: a pair of keys; the secret one into a file, the public one as a line for ``.env``."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Make a key that seals backups. The file opens them: keep it apart from the server, best in two places."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        import pyrage

        key, path = pyrage.x25519.Identity.generate(), options["file"]
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise CommandError(str(error)) from error
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"# Opens the backups of Carat. Keep it apart from the server.\n# public key: {key.to_public()}\n{key}\n")
        self.stdout.write(f"BACKUP_KEY={key.to_public()}")

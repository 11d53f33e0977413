"""``manage.py backup [FOLDER]``: everything that the chain keeps into one file, whose path is printed alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from crm_site.backups import making
from crm_site.backups.archive import ArchiveError
from crm_site.backups.base import BaseError
from crm_site.backups.making import BusyError


class Command(BaseCommand):
    help = "Write the base, the files and the register of erasures into one file of a folder, and print its path."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="BACKUP_DIR by default")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = making.make((options["folder"] or Path(settings.BACKUP_DIR)).resolve())
        except (ArchiveError, BaseError, BusyError, OSError) as error:
            raise CommandError(str(error)) from error
        if not settings.BACKUP_KEY:
            self.stderr.write("The copy is not sealed: manage.py backup_key makes a key for that.")
        self.stdout.write(str(made))

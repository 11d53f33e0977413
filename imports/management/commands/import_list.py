"""``manage.py import_list clients FILE``: the same as the admin's page, in the foreground."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from imports import intake, outcomes, specs, values
from imports.files.unpacking import UnreadableFileError
from imports.models import ListImport
from imports.passes import engine


class Command(BaseCommand):
    help = "Bring in a list of clients, purchases or services; every row ends with an outcome."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(specs.registered()))
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell what each row would become, write nothing")
        parser.add_argument("--outcomes", type=Path, help="CSV to write: row;outcome;reason;client")
        parser.add_argument("--columns", default="", help="of a list without a header row: full_name,phone,,birth_date")
        parser.add_argument("--source", default="list", help="where the list comes from; codes are unique within it")

    def handle(self, *args: Any, **options: Any) -> None:
        list_import = self._run(options)
        if options["outcomes"]:
            with options["outcomes"].open("w", encoding="utf-8", newline="") as out:
                outcomes.write_outcomes(list_import, out)
        told = ", ".join(f"{name} {count}" for name, count in sorted(list_import.counts.items()))
        self.stdout.write(f"{list_import.rows_total} rows: {told or 'none'}")
        if unknown := values.open_writings(list_import, waiting=True):
            where = "" if options["dry_run"] else f": say what they mean at /lists/{list_import.pk}/values/"
            self.stderr.write(f"{unknown} values are not known{where}")
        if options["dry_run"]:
            intake.forget_file(list_import)
            list_import.delete()

    def _run(self, options: dict[str, Any]) -> ListImport:
        path: Path = options["file"]
        try:
            given = intake.given_columns(specs.registered()[options["kind"]], options["columns"])
            with path.open("rb") as file:
                list_import = intake.keep_file(options["kind"], file, path.name, by=None, source=options["source"], columns=given)
            intake.read(list_import)
        except OSError as error:
            raise CommandError(_("The file cannot be opened: %(error)s") % {"error": error}) from error
        except (UnreadableFileError, intake.WrongColumnsError) as error:
            raise CommandError(str(error)) from error
        step = engine.preview if options["dry_run"] else engine.apply
        return step(list_import, progress=self._progress if sys.stderr.isatty() else None)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done} / {total}", ending="")

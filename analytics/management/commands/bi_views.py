"""``manage.py bi_views [--role NAME]``: the read-only views for BI tools, made anew."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics import bi
from visits.dialect import is_postgres


class Command(BaseCommand):
    help = "Make the views for BI tools anew; on PostgreSQL let a role read them and nothing else."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", help="a role of PostgreSQL that may read them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["role"] and not is_postgres():
            raise CommandError("SQLite has no roles.")
        for name in bi.make_views():
            self.stdout.write(name)
        if options["role"]:
            bi.let_read(options["role"])

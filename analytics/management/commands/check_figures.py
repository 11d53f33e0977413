"""``manage.py check_figures``: the derived tables and snapshots against the raw rows; exits 1 where they differ."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics import checks


class Command(BaseCommand):
    help = "Compare the derived tables and the snapshots with the raw rows, and say where they differ."

    def handle(self, *args: Any, **options: Any) -> None:
        found = checks.check_figures(tell=self._tell if sys.stderr.isatty() else lambda done, wrong: None)
        for words in found.differences:
            self.stdout.write(words)
        self.stdout.write(f"{found.clients} clients, {found.snapshots} snapshots: {found.wrong} differences")
        if found.wrong:
            raise CommandError("The figures differ from the raw rows; recompute_figures --from-receipts makes them anew.")

    def _tell(self, done: int, wrong: int) -> None:
        self.stderr.write(f"\r{done} clients, {wrong} differences", ending="")

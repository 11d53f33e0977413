"""``manage.py recompute_figures [--from-receipts]``: everything that the night computes, now."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from analytics import snapshots
from visits import derived


class Command(BaseCommand):
    help = "Compute rhythms and every figure anew; with --from-receipts the derived tables first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-receipts", action="store_true", help="also make Visit and ClientActivity anew")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["from_receipts"]:
            derived.rebuild()
        made = snapshots.recompute_all(timezone.localdate(), tell=self.stderr.write)
        self.stdout.write(f"{made} figures")

"""``manage.py find_pairs``: look for cards of one person in the whole base; what somebody decided is left alone."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from clients.sameness import pairs, surnames


class Command(BaseCommand):
    help = "Look for cards that may be one person's, and propose them to a person."

    def handle(self, *args: Any, **options: Any) -> None:
        found = pairs.find_pairs(tell=self._tell if sys.stderr.isatty() else lambda compared: None)
        surnames.refresh()
        self.stdout.write(
            f"{found.cards} cards, {found.compared} pairs compared: "
            f"{found.made} new, {found.changed} changed, {found.closed} closed"
        )

    def _tell(self, compared: int) -> None:
        self.stderr.write(f"\r{compared} compared", ending="")

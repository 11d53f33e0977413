"""``manage.py erase_again``: once, after a backup was restored and before workers start."""

from typing import Any

from django.core.management.base import BaseCommand

from clients import rights


class Command(BaseCommand):
    help = "Take out again the people whom the journal of erasures names and a restored base brought back."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{rights.erase_again()} cards taken out again")

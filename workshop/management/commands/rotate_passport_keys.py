"""Seal passport data anew after a new key was put first in PASSPORT_KEYS; ``--new-key`` prints one."""

from typing import Any

from cryptography.fernet import Fernet
from django.core.management.base import BaseCommand, CommandParser

from workshop import passports


class Command(BaseCommand):
    help = "Seal all passport data with the first key of PASSPORT_KEYS. Cut short, it can be started again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-key", action="store_true", help="Print a new key and do nothing else.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self.stdout.write(Fernet.generate_key().decode())
            return
        self.stdout.write(f"{passports.rotate()} sealed anew")

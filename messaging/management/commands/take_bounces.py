"""``manage.py take_bounces [FILE …]``: letters that came back, from files or, for a mail server's pipe, standard input."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from messaging.incoming import bounces


class Command(BaseCommand):
    help = "Take in e-mails that were not delivered: each FILE is one letter; without one it is read from standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        letters = [path.read_bytes() for path in options["files"]] or [sys.stdin.buffer.read()]
        taken = [bounces.take_bounce(letter) for letter in letters]
        self.stdout.write(f"{sum(bool(bounce) for bounce in taken)} of {len(letters)}")

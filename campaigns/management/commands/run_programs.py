"""``manage.py run_programs [--at ISO-TIME]``: what the hourly task does, by hand and for any moment."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from campaigns import services
from campaigns.management.moments import moment


class Command(BaseCommand):
    help = "Queue the messages that the programs make at a moment (now by default)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help="ISO time; without a zone it is the chain's")

    def handle(self, *args: Any, **options: Any) -> None:
        queued = services.run_programs(now=moment("--at", options["at"]))
        self.stdout.write(f"{queued} queued")

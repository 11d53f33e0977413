"""``manage.py run_programs [--at ISO-TIME]``: what the hourly task does, by hand and for any moment."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns import services


class Command(BaseCommand):
    help = "Queue the messages that the programs make at a moment (now by default)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", help="ISO time; without a zone it is the chain's")

    def handle(self, *args: Any, **options: Any) -> None:
        queued = services.run_programs(now=self._moment(options["at"]))
        self.stdout.write(f"{queued} queued")

    def _moment(self, text: str | None) -> datetime:
        if not text:
            return timezone.now()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise CommandError(f"--at is no ISO time: {text}") from error
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

"""``manage.py after_restore --from ISO-TIME [--until ISO-TIME]``: once, after a backup was restored and before workers start."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from campaigns import services
from campaigns.management.moments import moment
from clients import rights


class Command(BaseCommand):
    help = "Leave to a person what may have gone between a restored backup and the moment when sending stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", required=True, help="when the backup was made; ISO time, without a zone the chain's")
        parser.add_argument("--until", help="when sending stopped; now by default")

    def handle(self, *args: Any, **options: Any) -> None:
        since, until = moment("--from", options["from"]), moment("--until", options["until"])
        if not since < until <= timezone.now():
            raise CommandError("--from is before --until, and both are over")
        self.stdout.write(f"{rights.erase_again()} cards taken out again")
        doubts = services.after_restore(since=since, until=until)
        self.stdout.write(f"{doubts.messages} messages and {doubts.occasions} occasions may have gone: see Messages → unknown")

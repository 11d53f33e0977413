"""``manage.py push_key``: a key for notifications, to be put into the settings once."""

from typing import Any

from django.core.management.base import BaseCommand

from messaging import push


class Command(BaseCommand):
    help = "Print a new PUSH_KEY alone. One key is for good: a new one disconnects every browser."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(push.new_key())

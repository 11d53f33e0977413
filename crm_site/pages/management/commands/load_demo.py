"""``manage.py load_demo``: a believable chain to try things on."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics import snapshots
from clients.models import Client
from crm_site.demo import people
from crm_site.demo.chain import PASSWORD, Demo, Size

TWICE = 2


class Command(BaseCommand):
    help = "Make a demo chain: five stores, three years of clients, purchases and services."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--clients", type=int, default=3_000)
        parser.add_argument("--purchases", type=int, help="receipts; 2.2 a client by default")
        parser.add_argument("--seed", type=int, default=2018)
        parser.add_argument("--in-production", action="count", default=0, help="said twice: also where a chain works")
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there are clients already")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IN_PRODUCTION and options["in_production"] < TWICE:
            raise CommandError("This is a chain's own installation. Say --in-production twice to make a demo in it.")
        if Client.objects.exists():
            if not options["if_empty"]:
                raise CommandError("There are clients in this base; a demo is made in an empty one.")
        else:
            purchases = options["purchases"] or int(options["clients"] * 2.2)
            Demo(Size(options["clients"], purchases, options["seed"]), self._tell).make()
            snapshots.recompute_all(timezone.localdate())
        names = ", ".join(f"{username} ({role})" for username, role, *_rest in people.EMPLOYEES)
        self.stdout.write(f"Sign in as {names}; the password of each is {PASSWORD}")

    def _tell(self, what: str, done: int, total: int) -> None:
        self.stderr.write(f"  {what}: {done} / {total}")

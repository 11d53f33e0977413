"""``manage.py recount [--json]``: the figures counted again from the raw rows by pandas; exits 1 where they differ."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics import recount
from analytics.models import Recount


class Command(BaseCommand):
    help = "Count the figures of last month and of now from the raw rows a second time, and say where the pages differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON alone")

    def handle(self, *args: Any, **options: Any) -> None:
        found = recount.recount(timezone.localdate())
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        else:
            for difference in found.differences:
                self.stdout.write(str(recount.Compared(**difference)))
            self.stdout.write(f"{found.clients} clients, {found.compared} values: {found.wrong} differences")
        if found.wrong:
            raise CommandError("The pages say other figures than the raw rows. check_figures tells whether rows have drifted.")


def _as_json(found: Recount) -> dict[str, Any]:
    return {
        "period": [found.first.isoformat(), found.last.isoformat()],
        "as_of": found.as_of.isoformat(),
        "clients": found.clients,
        "compared": found.compared,
        "wrong": found.wrong,
        "differences": found.differences,
    }

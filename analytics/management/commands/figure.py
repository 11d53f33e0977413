"""``manage.py figure NAME [FIRST LAST] [--store CODE]``: a figure as JSON alone on stdout."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics import pages
from analytics.figures.registry import FIGURES
from analytics.management.commands.returning_report import store_named


class Command(BaseCommand):
    help = "Compute a figure, live, and print its JSON. A standing one is as of LAST (today)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(FIGURES))
        parser.add_argument("first", type=date.fromisoformat, nargs="?")
        parser.add_argument("last", type=date.fromisoformat, nargs="?")
        parser.add_argument("--store", help="code or name of a store; the whole chain without it")

    def handle(self, *args: Any, **options: Any) -> None:
        store = store_named(options["store"])
        first, last = options["first"], options["last"]
        figure = FIGURES[options["name"]]
        period = pages.period_of(figure, first, last or (first if figure.standing else None), timezone.localdate())
        if period.first > period.last:
            raise CommandError("The period ends before it begins.")
        self.stdout.write(json.dumps(figure.compute(store, period), ensure_ascii=False, indent=2))

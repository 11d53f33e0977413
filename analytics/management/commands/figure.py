"""``manage.py figure NAME [FIRST LAST] [--store CODE]``: a figure as JSON alone on stdout, or as a table in a file."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from analytics import pages
from analytics.figures.registry import FIGURES
from analytics.frames import figure_frame, safe_for_spreadsheets
from analytics.management.commands.returning_report import store_named


class Command(BaseCommand):
    help = "Compute a figure, live, and print its JSON. A standing one is as of LAST (today)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", choices=sorted(FIGURES))
        parser.add_argument("first", type=date.fromisoformat, nargs="?")
        parser.add_argument("last", type=date.fromisoformat, nargs="?")
        parser.add_argument("--store", help="code or name of a store; the whole chain without it")
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write a row for each value (UTF-8, commas) instead of JSON")
        parser.add_argument("--parquet", type=Path, metavar="FILE", help="the same as Parquet")

    def handle(self, *args: Any, **options: Any) -> None:
        store = store_named(options["store"])
        first, last = options["first"], options["last"]
        figure = FIGURES[options["name"]]
        period = pages.period_of(figure, first, last or (first if figure.standing else None), timezone.localdate())
        if period.first > period.last:
            raise CommandError("The period ends before it begins.")
        data = figure.compute(store, period)
        if not (options["csv"] or options["parquet"]):
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        frame = figure_frame(data, figure=figure.name, store=store.code if store else "", period=period)
        try:
            if options["csv"]:
                safe_for_spreadsheets(frame).to_csv(options["csv"], index=False)
            if options["parquet"]:
                frame.to_parquet(options["parquet"], index=False)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stderr.write(f"{len(frame)} rows")

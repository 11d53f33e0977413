"""``manage.py returning_report FIRST LAST [--store CODE] [--json]``."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from analytics.figures import report_json, returning
from stores.models import Store


class Command(BaseCommand):
    help = "Regulars against newcomers over two days, both included."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("first", type=date.fromisoformat)
        parser.add_argument("last", type=date.fromisoformat)
        parser.add_argument("--store", help="code or name of a store; the whole chain without it")
        parser.add_argument("--json", action="store_true", help="print JSON alone")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["last"] < options["first"]:
            raise CommandError("The period ends before it begins.")
        report = returning.returning_report(options["first"], options["last"], store=store_named(options["store"]))
        data = report_json.as_json(report)
        if options["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
            return
        for section, figures in data.items():
            self.stdout.write(f"{section}: {figures}")


def store_named(text: str | None) -> Store | None:
    """The store of a command's option. Raises CommandError for one that is not there."""
    if not text:
        return None
    store = Store.objects.all().named(text)
    if store is None:
        known = ", ".join(Store.objects.values_list("code", flat=True))
        raise CommandError(f"No store {text!r}. Known: {known or 'none'}.")
    return store

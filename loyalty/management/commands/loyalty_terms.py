"""``manage.py loyalty_terms --json FILE``."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from loyalty import saying, services
from stores.chain_day import day_of


class Command(BaseCommand):
    help = "Makes a new version of the terms of loyalty from a JSON file (docs/loyalty.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", type=Path, required=True, metavar="FILE", dest="file", help="the terms")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = json.loads(options["file"].read_text(encoding="utf-8"))
            said = saying.terms_of(data)
            terms = services.publish(said, since=saying.since_of(data, day_of(timezone.now())), by=None)
        except (OSError, UnicodeDecodeError, json.JSONDecodeError, saying.TermsError) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Terms {terms.pk}: {terms.mode} since {terms.since}, {len(said.tiers)} tiers")

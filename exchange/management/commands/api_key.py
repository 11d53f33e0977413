from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from exchange import services
from exchange.models import Source


class Command(BaseCommand):
    help = "Makes a key for another system and prints it, alone. It is not shown again; older keys of the name still hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the till, 1C base or system, as the admin will read it")
        parser.add_argument("--for", dest="purpose", choices=["exchange", "catalogue"], required=True, help="what the key opens")

    def handle(self, *args: Any, name: str, purpose: str, **options: Any) -> None:
        source, is_new = Source.objects.get_or_create(name=" ".join(name.split())[:60])
        if is_new or purpose == "catalogue":
            source.may_fill = True
        if is_new and purpose == "catalogue":
            source.may_send = source.may_quote = source.may_look_up = False
        source.save()
        _key, secret = services.issue_key(source)
        self.stdout.write(secret)

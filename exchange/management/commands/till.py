import json
import random
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clients.models import Client
from exchange import rehearsal
from exchange.documents import applying
from exchange.documents.intake import keep
from exchange.gateways import Address
from exchange.models import Source
from exchange.rehearsal import Chain
from stores.models import Store

REHEARSAL = "rehearsal"


class Command(BaseCommand):
    help = (
        "Rings up receipts and returns as a till would. With --address and --key it sends them there; without, it keeps and "
        "applies them here, in the foreground."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--receipts", type=int, default=20)
        parser.add_argument("--store", help="code of the store; any of the chain's without it")
        parser.add_argument("--seed", type=int, help="the same seed rings up the same; by default the moment")
        parser.add_argument("--twice", action="store_true", help="sends each document twice, in any order")
        parser.add_argument("--address", help="where Carat answers, such as http://127.0.0.1:8000")
        parser.add_argument("--key", help="a key of a source there")

    def handle(self, *args: Any, receipts: int, **options: Any) -> None:
        if bool(options["address"]) != bool(options["key"]):
            raise CommandError("--address and --key go together")
        seed = options["seed"] if options["seed"] is not None else int(timezone.now().timestamp())
        documents = rehearsal.documents(receipts, self._chain(options["store"]), last=timezone.now(), seed=seed)
        if options["twice"]:
            documents *= 2
            random.Random(seed).shuffle(documents)  # noqa: S311 — a rehearsal
        send = Address(options["address"], options["key"]).send if options["address"] else _here()
        answers = Counter(send(document)[0] for document in documents)
        self.stdout.write(", ".join(f"{status}: {times}" for status, times in sorted(answers.items())))
        if not options["address"]:
            self.stdout.write(f"applied {applying.apply_all()}")

    def _chain(self, code: str | None) -> Chain:
        stores = list(Store.objects.filter(**({"code": code} if code else {})).values_list("code", flat=True))
        if not stores:
            raise CommandError("there is no such store")
        phones = Client.objects.live().exclude(phone=None).order_by("-pk").values_list("phone", flat=True)[:200]
        return Chain(stores, [str(phone) for phone in phones])


def _here() -> Any:
    """Sends to this very installation, as the API would keep it."""
    source, _is_new = Source.objects.get_or_create(name=REHEARSAL)

    def send(document: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        kept = keep(source, json.dumps(document).encode())
        return (422 if kept.wrongs else 202 if kept.is_new else 200), kept.document.told

    return send

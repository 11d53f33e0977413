"""Documents of tills applied, beside bare calls of the service that saves the same receipts."""

import json
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchmarks.measure import in_turn, tell
from catalogue.kinds import PieceKind
from clients.models import Client
from exchange import rehearsal
from exchange.documents import applying, intake
from exchange.models import Source, TillDocument
from exchange.rehearsal import Chain
from purchases import services
from purchases.models import Purchase
from purchases.payments import TenderLine
from purchases.services import PieceLine
from stores.models import Store

DOCUMENTS = 60


def run(scale: float) -> bool:
    store = Store.objects.get(pk=Store.objects.values("pk")[:1])
    chance = random.Random(2018)
    keys = list(Client.objects.values_list("pk", flat=True)[: int(100_000 * scale)])
    clients = list(Client.objects.filter(pk__in=chance.sample(keys, DOCUMENTS)).exclude(phone=None))
    phones = [str(client.phone) for client in clients]
    told = rehearsal.documents(DOCUMENTS, Chain([store.code], phones), last=timezone.now())
    sales = [one for one in told if one["operation"] == "sale"]
    bare = [_as_sold(one, store, dict(zip(phones, clients, strict=True))) for one in sales]

    def apply() -> None:
        source = Source.objects.create(name="benchmark")
        keys = [intake.keep(source, json.dumps(one).encode()).document.pk for one in sales]
        for key in keys:
            applying.apply(key)

    def sell() -> None:
        for one in bare:
            services.sell(**one)

    _check(apply)
    seconds = in_turn(lambda: _undone(apply), lambda: _undone(sell), rounds=7)
    return tell("exchange", scale, *(one / len(sales) for one in seconds), at_most=4)


def _as_sold(said: dict[str, Any], store: Store, clients: dict[str, Client]) -> dict[str, Any]:
    """The same receipt as the service takes it."""
    lines = [
        PieceLine(
            one["article"], PieceKind(one["kind"]), Decimal(one["paid"]), Decimal(one["tag"]) - Decimal(one["paid"])
        )
        for one in said["lines"]
    ]  # fmt: skip
    client = clients[said["client"]["phone"]] if "client" in said else None
    return {
        "lines": lines, "store": store, "seller": None, "client": client, "no_card_reason": "" if client else "hurry",
        "sold_on": store.today(), "receipt_number": f"b-{said['number']}",
        "tenders": [TenderLine(one["by"], Decimal(one["sum"])) for one in said["paid"]],
    }  # fmt: skip


def _undone(work: Callable[[], object]) -> None:
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def _check(apply: Callable[[], None]) -> None:
    with transaction.atomic():
        before = Purchase.objects.count()
        apply()
        assert Purchase.objects.count() == before + DOCUMENTS
        assert not TillDocument.objects.exclude(state="applied").exists()
        transaction.set_rollback(True)

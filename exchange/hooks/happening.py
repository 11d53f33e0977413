"""What has happened since an address was told last: read where it stands, so that nobody who writes it knows of webhooks.

The newest rows of a table are compared with what was told of them, so that one whose transaction ended late is not passed over.
Nothing personal is told: numbers of cards and receipts, days, sums. Who wants more asks with a key that may.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from clients.models import LIVE, Client
from exchange.models import CallState, Hook, HookCall, HookKind
from imports import bulk
from loyalty.models import Entry
from purchases.models import Purchase
from workshop.models import ServiceStatus, ServiceStep

# So many of the newest rows are looked at; so many are told of in a turn.
LOOKED_AT, AT_ONCE = 5_000, 1_000
COLUMNS = ("hook_id", "kind", "key", "body", "state", "tries", "due_at", "answer", "made_at")


class Happening(NamedTuple):
    """A kind: its rows, and what is told of one."""

    rows: "Callable[[], QuerySet[Any]]"
    told: Callable[[Any], dict[str, Any]]
    at: Callable[[Any], datetime]


def _receipts() -> "QuerySet[Any]":
    return Purchase.objects.with_sums().select_related("store")


def _receipt(row: Any) -> dict[str, Any]:
    """A receipt by its number in Carat, and its client by the number of the card."""
    sums = {"pieces": row.kept_items, "sum": f"{row.kept_sum:.2f}"}
    return {"receipt": row.pk, "store": row.store.code, "day": row.sold_on.isoformat(), **sums, "card": row.client_id}


def _steps() -> "QuerySet[Any]":
    ready = ServiceStep.objects.filter(status=ServiceStatus.READY, kind=ServiceStep.Kind.STATUS)
    return ready.select_related("request__store")


def _ready(row: Any) -> dict[str, Any]:
    return {"request": row.request_id, "card": row.request.client_id, "store": row.request.store.code}


def _bonuses(row: Any) -> dict[str, Any]:
    told = {"account": row.lot.account_id, "kind": row.kind, "amount": row.amount, "day": row.on.isoformat()}
    return {**told, "receipt": row.receipt or None}


HAPPENINGS: dict[str, Happening] = {
    HookKind.RECEIPT: Happening(_receipts, _receipt, lambda row: row.created_at),
    HookKind.CARD: Happening(
        lambda: Client.objects.filter(state__in=LIVE).select_related("home_store"),
        lambda row: {"card": row.pk, "store": row.home_store.code if row.home_store else None},
        lambda row: row.created_at,
    ),
    HookKind.READY: Happening(
        lambda: ServiceStep.objects.filter(status=ServiceStatus.READY, kind=ServiceStep.Kind.STATUS).select_related(
            "request__store"
        ),
        _ready,
        lambda row: row.at,
    ),
    HookKind.BONUSES: Happening(lambda: Entry.objects.select_related("lot"), _bonuses, lambda row: row.at),
}


def newest(kind: str) -> int:
    """The key of the newest row. One query."""
    rows = HAPPENINGS[kind].rows()
    return rows.model._base_manager.aggregate(newest=Max("pk"))["newest"] or 0


def notice() -> int:
    """Write down what is to be told, once for each address. Three queries an address and kind. Returns how many calls."""
    return sum(_notice(hook, kind) for hook in Hook.objects.filter(off_at=None) for kind in hook.kinds if kind in HAPPENINGS)


def _notice(hook: Hook, kind: str) -> int:
    happening, first = HAPPENINGS[kind], max(int(hook.since.get(kind, 0)), newest(kind) - LOOKED_AT)
    told = HookCall.objects.filter(hook=hook, kind=kind, key=OuterRef("pk"))
    rows = happening.rows().filter(~Exists(told), pk__gt=first).order_by("pk")[:AT_ONCE]
    now = timezone.now()
    calls = [(hook.pk, kind, row.pk, _body(kind, happening, row), CallState.WAITING.value, 0, now, "", now) for row in rows]
    return bulk.insert_new(HookCall, COLUMNS, calls)


def _body(kind: str, happening: Happening, row: Any) -> str:
    """The text that is signed and sent, kept as it is."""
    said = {"type": kind, "timestamp": happening.at(row).isoformat(), "data": happening.told(row)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

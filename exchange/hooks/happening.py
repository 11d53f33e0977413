"""What has happened since an address was told last: read where it stands, so that nobody who writes it knows of webhooks.

The newest rows of a table are compared with what was told of them, so that one whose transaction ended late is not passed over.
What has no row of its own was left as a notice in its transaction, and is taken away when its calls are written.
Nothing personal is told: numbers of cards and receipts, days, sums. Who wants more asks with a key that may.
"""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from clients.models import LIVE, Client
from exchange.models import CallState, Hook, HookCall, HookKind
from imports import bulk
from loyalty.models import Entry
from purchases.models import Correction, Purchase
from stores.models import Notice
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


# What a correction made of a receipt: undoing one may void it, or bring it back.
STOOD, STANDS = Q(before__voided=""), Q(after__voided="")


def _corrections(which: Q) -> "Callable[[], QuerySet[Any]]":
    return lambda: Correction.objects.filter(which).select_related("purchase__store")


def _put_right(row: Any) -> dict[str, Any]:
    """The receipt as this act left it; a voided one as it had been. Why it was voided is a person's words: not told."""
    is_ = row.before if row.after["voided"] else row.after
    kept = [Decimal(piece["price"]) for piece in is_["pieces"] if piece["returned_on"] is None]
    sums = {"pieces": len(kept), "sum": f"{sum(kept, Decimal(0)):.2f}"}
    said = {"receipt": row.purchase_id, "store": row.purchase.store.code, "day": is_["sold_on"], **sums, "card": is_["client"]}
    return {**said, "version": row.version}


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
    HookKind.CORRECTED: Happening(_corrections(STOOD & STANDS), _put_right, lambda row: row.at),
    HookKind.VOIDED: Happening(_corrections(STOOD & ~STANDS), _put_right, lambda row: row.at),
    HookKind.RESTORED: Happening(_corrections(~STOOD & STANDS), _put_right, lambda row: row.at),
    HookKind.CARD: Happening(
        lambda: Client.objects.filter(state__in=LIVE).select_related("home_store"),
        lambda row: {"card": row.pk, "store": row.home_store.code if row.home_store else None},
        lambda row: row.created_at,
    ),
    HookKind.READY: Happening(_steps, _ready, lambda row: row.at),
    HookKind.BONUSES: Happening(lambda: Entry.objects.select_related("lot"), _bonuses, lambda row: row.at),
}


def newest(kind: str) -> int:
    """The key of the newest row. One query."""
    table: Any = HAPPENINGS[kind].rows().model if kind in HAPPENINGS else Notice
    return table._base_manager.aggregate(newest=Max("pk"))["newest"] or 0


def notice() -> int:
    """Write down what is to be told, once for each address. Three queries an address and kind. Returns how many calls."""
    hooks = list(Hook.objects.filter(off_at=None))
    found = sum(_notice(hook, kind) for hook in hooks for kind in hook.kinds if kind in HAPPENINGS)
    return found + _take_notices(hooks)


@transaction.atomic
def _take_notices(hooks: list[Hook]) -> int:
    """What was left is told to whoever asked for it, and taken away. One query where nothing was."""
    left = list(Notice.objects.select_for_update(skip_locked=True).order_by("pk")[:AT_ONCE])
    if not left:
        return 0
    calls = [
        (hook.pk, one.kind, one.pk, _text(one.kind, one.at, one.said), CallState.WAITING.value, 0, timezone.now(), "", one.at)
        for one in left
        for hook in hooks
        if one.kind in hook.kinds and one.pk > int(hook.since.get(one.kind, 0))
    ]
    made = bulk.insert_new(HookCall, COLUMNS, calls)
    Notice.objects.filter(pk__in=[one.pk for one in left]).delete()
    return made


def _notice(hook: Hook, kind: str) -> int:
    happening, first = HAPPENINGS[kind], max(int(hook.since.get(kind, 0)), newest(kind) - LOOKED_AT)
    told = HookCall.objects.filter(hook=hook, kind=kind, key=OuterRef("pk"))
    rows = happening.rows().filter(~Exists(told), pk__gt=first).order_by("pk")[:AT_ONCE]
    now = timezone.now()
    calls = [(hook.pk, kind, row.pk, _body(kind, happening, row), CallState.WAITING.value, 0, now, "", now) for row in rows]
    return bulk.insert_new(HookCall, COLUMNS, calls)


def _body(kind: str, happening: Happening, row: Any) -> str:
    return _text(kind, happening.at(row), happening.told(row))


def _text(kind: str, at: datetime, data: dict[str, Any]) -> str:
    """The text that is signed and sent, kept as it is."""
    said = {"type": kind, "timestamp": at.isoformat(), "data": data}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

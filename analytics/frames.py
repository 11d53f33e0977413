"""Data frames for analysts and notebooks, and for the second opinion (``recount``). Read-only.

Never imported by a web process: pandas takes 59 MB. In a notebook: ``django.setup()``, then ``frames.pieces_frame()``.
Days are the stores' local days (``datetime64[s]``, ``NaT`` for none), sums whole kopecks (``int64``), keys primary keys.
"""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

import pandas as pd
from django.db.models import QuerySet

from analytics.figures.periods import Period
from catalogue.kinds import PieceKind
from clients.models import CardState, Client
from imports.cells import escape
from loyalty.models import Entry, EntryKind
from purchases.models import Deduction, NoCardReason, Piece, Purchase
from stores.models import Store
from visits.models import CHAIN, Visit
from workshop.models import ServiceKind, ServiceRequest, ServiceStatus

CHUNK = 50_000  # rows that are Python objects at a time
DAY, KEY, KEY_OR_NONE, TEXT = "datetime64[s]", "int64", "Int64", "string"
# Name of a column: where its values stand, as ``values_list`` is asked for them, and its dtype.
Columns = Mapping[str, tuple[str, Any]]


def stores_frame() -> pd.DataFrame:
    """A row for each store.

    store int64 · code string · name string · city string
    """
    columns: Columns = {"store": ("pk", KEY), "code": ("code", TEXT), "name": ("name", TEXT), "city": ("city", TEXT)}
    return _frame(Store.objects.all(), columns)


_CARD: Columns = {
    "client": ("pk", KEY),
    "state": ("state", pd.CategoricalDtype(CardState.values)),
    "home_store": ("home_store_id", KEY_OR_NONE),
    "registered_on": ("registered_on", DAY),
    "heard_from": ("heard_from_id", KEY_OR_NONE),
    "ring_size": ("ring_size", "float64"),
    "language": ("language", TEXT),
}
_CONTACTS: Columns = {
    "last_name": ("last_name", TEXT),
    "first_name": ("first_name", TEXT),
    "middle_name": ("middle_name", TEXT),
    "birth_date": ("birth_date", DAY),
    "phone": ("phone", TEXT),
    "email": ("email", TEXT),
}


def clients_frame(*, with_contacts: bool = False, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each card, merged and erased ones too (see ``state``).

    client int64 · state category (complete, incomplete, merged, erased) · home_store Int64 (unknown: NA) ·
    registered_on day · heard_from Int64 (the key of an answer; not known: NA) · ring_size float64 (inner diameter, mm) ·
    language string

    ``with_contacts`` adds personal data: last_name, first_name, middle_name string · birth_date day · phone string (E.164) ·
    email string. ``only``: no other columns than these.
    """
    return _frame(Client.objects.all(), {**_CARD, **_CONTACTS} if with_contacts else _CARD, only)


_RECEIPT: Columns = {
    "receipt": ("pk", KEY),
    "client": ("client_id", KEY_OR_NONE),
    "store": ("store_id", "int32"),
    "sold_on": ("sold_on", DAY),
    "seller": ("seller_id", KEY_OR_NONE),
    "no_card_reason": ("no_card_reason", pd.CategoricalDtype(["", *NoCardReason.values])),
    "items": ("kept_items", "int32"),
    "total_kopecks": ("kept_sum", KEY),
}


def receipts_frame(*, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each receipt that was not voided, also where everything of it was returned.

    receipt int64 · client Int64 (sold without a card: NA) · store int32 · sold_on day · seller Int64 ·
    no_card_reason category ("" with a card) · items int32 (kept pieces) · total_kopecks int64 (what was paid for them)
    """
    return _frame(Purchase.objects.with_sums(), _RECEIPT, only)


_PIECE: Columns = {
    "piece": ("pk", KEY),
    "receipt": ("purchase_id", KEY),
    "client": ("purchase__client_id", KEY_OR_NONE),
    "store": ("purchase__store_id", "int32"),
    "sold_on": ("purchase__sold_on", DAY),
    "article": ("article", TEXT),
    "kind": ("kind", pd.CategoricalDtype(PieceKind.values)),
    "price_kopecks": ("price", KEY),
    "discount_kopecks": ("discount", KEY),
    "returned_on": ("returned_on", DAY),
}


def pieces_frame(*, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each piece of a receipt that was not voided, with the facts of its receipt.

    piece int64 · receipt int64 · client Int64 (sold without a card: NA) · store int32 · sold_on day · article string ·
    kind category · price_kopecks int64 (paid) · discount_kopecks int64 (taken off) · returned_on day (kept: NaT)
    """
    return _frame(Piece.objects.standing(), _PIECE, only)


_SERVICE: Columns = {
    "request": ("pk", KEY),
    "client": ("client_id", KEY),
    "store": ("store_id", "int32"),
    "accepted_on": ("accepted_on", DAY),
    "kind": ("kind", pd.CategoricalDtype(ServiceKind.values)),
    "status": ("status", pd.CategoricalDtype(ServiceStatus.values)),
    "due_on": ("due_on", DAY),
    "ready_on": ("ready_on", DAY),
    "closed_on": ("closed_on", DAY),
    "price_kopecks": ("price", KEY_OR_NONE),
}


def services_frame(*, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each service request (each envelope of a ticket), cancelled ones too (see ``status``).

    request int64 · client int64 · store int32 · accepted_on day · kind category · status category (received, in_work, ready,
    handed_out, cancelled) · due_on, ready_on, closed_on day · price_kopecks Int64 (agreed on; none: NA)
    """
    return _frame(ServiceRequest.objects.all(), _SERVICE, only)


_VISIT: Columns = {
    "client": ("client_id", KEY),
    "day": ("day", DAY),
    "items": ("items", "int32"),
    "total_kopecks": ("total", KEY),
    "first_day": ("first_day", DAY),
    "second_day": ("second_day", DAY),
}


_ENTRY: Columns = {
    "lot": ("lot_id", KEY),
    "account": ("lot__account_id", KEY),
    "from": ("lot__source", TEXT),
    "until_on": ("lot__until_on", DAY),
    "kind": ("kind", pd.CategoricalDtype(EntryKind.values)),
    "amount": ("amount", KEY),
    "on": ("on", DAY),
}


def entries_frame(*, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each move of bonuses, with the facts of its lot.

    lot, account int64 · from string (purchase, birthday, welcome, …) · until_on day (the lot's last) ·
    kind category (earn, spend, unspend, expire, revoke) · amount int64 · on day
    """
    return _frame(Entry.objects.all(), _ENTRY, only)


_DEDUCTION: Columns = {
    "piece": ("piece_id", KEY),
    "store": ("piece__purchase__store_id", "int32"),
    "sold_on": ("piece__purchase__sold_on", DAY),
    "returned_on": ("piece__returned_on", DAY),
    "source": ("source", TEXT),
    "amount_kopecks": ("amount", KEY),
}


def deductions_frame(*, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each part of a discount that loyalty explains, of receipts that were not voided.

    piece int64 · store int32 · sold_on, returned_on day · source string (tier, bonus) · amount_kopecks int64
    """
    return _frame(Deduction.objects.filter(piece__purchase__voided_at=None), _DEDUCTION, only)


def visits_frame(store: Store | None = None, *, only: Collection[str] = ()) -> pd.DataFrame:
    """A row for each visit day of a client in the chain, or in one store, as the pages know it (the derived ``Visit``).

    client int64 · day day · items int32 (kept pieces; 0: services alone) · total_kopecks int64 ·
    first_day, second_day day (the client's first two in the whole chain)
    """
    return _frame(Visit.objects.filter(scope=store.pk if store else CHAIN), _VISIT, only)


def figure_frame(data: Mapping[str, Any], *, figure: str, store: str, period: Period) -> pd.DataFrame:
    """A figure's JSON, whatever its shape: a row for each value in it. Sums in roubles, shares in per cent, as on the pages.

    figure string · store string (its code; "" is the chain) · first, last day · part string · row Int64 (place in a part that is
    a list) · name string (the path to the value: ``windows.0.n``) · value float64 (numbers; true is 1) · text string (the rest)
    """
    leaves = [
        (part, row, name, *_number_or_text(value))
        for part, rows in data.items()
        for row, entry in (enumerate(rows) if isinstance(rows, list) else [(None, rows)])
        for name, value in leaves_of(entry)
    ]
    found = pd.DataFrame(leaves, columns=["part", "row", "name", "value", "text"])
    found = found.astype({"part": TEXT, "row": KEY_OR_NONE, "name": TEXT, "value": "float64", "text": TEXT})
    whose = pd.DataFrame({"figure": figure, "store": store, "first": period.first, "last": period.last}, index=found.index)
    return pd.concat([whose.astype({"figure": TEXT, "store": TEXT, "first": DAY, "last": DAY}), found], axis=1)


def safe_for_spreadsheets(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with no text that a spreadsheet would take for a formula."""
    texts = [str(name) for name, dtype in frame.dtypes.items() if dtype == TEXT]
    return frame.assign(**{name: frame[name].map(escape, na_action="ignore") for name in texts})


def leaves_of(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value of nested JSON with the path to it."""
    if isinstance(value, Mapping | list | tuple):
        for name, item in value.items() if isinstance(value, Mapping) else enumerate(value):
            yield from leaves_of(item, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


def _number_or_text(value: Any) -> tuple[float | None, str | None]:
    if value is None or isinstance(value, str):
        return None, value
    return float(value), None


def _frame(rows: "QuerySet[Any]", columns: Columns, only: Collection[str] = ()) -> pd.DataFrame:
    """Rows in the order of their keys, read in chunks, so that no more than one of them stands as Python objects."""
    if unknown := set(only) - set(columns):
        raise ValueError(f"No such columns: {', '.join(sorted(unknown))}. There are {', '.join(columns)}.")
    columns = {name: column for name, column in columns.items() if not only or name in only}
    found = rows.order_by("pk").values_list(*(path for path, _dtype in columns.values())).iterator(chunk_size=CHUNK)
    chunks = [_typed([], columns)]
    while chunk := list(islice(found, CHUNK)):
        chunks.append(_typed(chunk, columns))
    return pd.concat(chunks, ignore_index=True)


def _typed(chunk: list[tuple[Any, ...]], columns: Columns) -> pd.DataFrame:
    values = zip(*chunk, strict=True) if chunk else ((),) * len(columns)
    return pd.DataFrame(
        {name: _series(name, column, dtype) for (name, (_path, dtype)), column in zip(columns.items(), values, strict=True)}
    )


def _series(name: str, column: tuple[Any, ...], dtype: Any) -> "pd.Series[Any]":
    if name.endswith("_kopecks"):
        column = tuple(None if value is None else round(value * 100) for value in column)
    typed: pd.Series[Any] = pd.Series(column, dtype=dtype)
    return typed

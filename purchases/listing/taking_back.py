"""A purchases' list taken back: what they made goes, what people touched since stays and says why."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Manager
from django.utils import timezone

from clients.models import Client
from imports.models import Outcome, StagedRow
from imports.specs import BACK, ListContext
from purchases import bonuses, noticing, payments
from purchases.listing.lines import ALL, user
from purchases.models import Piece, Purchase, WaitingLine
from stores.chain_day import day_of
from visits import derived

STAYS = "stays: changed since"


def forget_waiting(rows: Sequence[StagedRow], context: ListContext) -> dict[int, str]:
    """Lines of these rows that still wait for their client wait no more; by the rows' primary keys."""
    waiting = [row for row in rows if row.outcome == Outcome.INCOMPLETE and row.target is None]
    WaitingLine.objects.filter(list_import=context.import_id, number__in=[row.number for row in waiting]).delete()
    return {row.pk: BACK for row in waiting}


def lock_clients(rows: Sequence[StagedRow]) -> set[int]:
    """The clients of the rows, their cards locked in the order in which everybody locks them."""
    clients = {row.subject for row in rows if row.subject}
    list(Client.objects.select_for_update().filter(pk__in=clients).order_by("pk").values_list("pk"))
    return clients


def take_pieces_back(rows: Sequence[StagedRow], context: ListContext) -> list[str]:
    """Undo what rows of a purchases' list did; as ``Handler.undo``. Inside the caller's transaction."""
    clients, words = lock_clients(rows), forget_waiting(rows, context)
    pieces = Piece.objects.select_related("purchase").in_bulk([key for row in rows for key in _keys(row)])
    touched = changed_by_others(Piece.history, pieces.keys(), context)
    going: list[Piece] = []
    not_back: list[Piece] = []
    for row in rows:
        its = [pieces[key] for key in _keys(row) if key in pieces]
        if row.target is None or row.outcome not in (Outcome.CREATED, Outcome.INCOMPLETE, Outcome.UPDATED):
            continue
        if "returned_on" in row.changes:
            stay = [piece for piece in its if not _put_returned_back(piece, row)]
            not_back += [piece for piece in its if piece not in stay and _is_news(row)]
        else:
            stay = [
                piece
                for piece in its
                if piece.pk in touched or piece.purchase.is_voided or piece.purchase.client_id != row.subject
            ]
            going += [piece for piece in its if piece not in stay]
        words[row.pk] = STAYS if stay else BACK
    noticing.undone(not_back, on=day_of(timezone.now()))
    _delete_pieces(going, [piece.purchase_id for piece in pieces.values()], context)
    derived.refresh(clients)
    for store, day in {(p.purchase.store_id, p.purchase.sold_on) for p in pieces.values() if p.purchase.client_id is None}:
        derived.mark_without_card(store, day)
    return [words.get(row.pk, "") for row in rows]


def _keys(row: StagedRow) -> list[int]:
    """The pieces that a row made or changed."""
    return list(row.changes[ALL][1]) if ALL in row.changes else [row.target] if row.target else []


def _put_returned_back(piece: Piece, row: StagedRow) -> bool:
    """Whether the piece is as it was before the row."""
    was, brought = row.changes["returned_on"]
    if piece.returned_on and piece.returned_on.isoformat() == brought:
        piece.returned_on = date.fromisoformat(was) if was else None
        piece._change_reason = f"undo of list {row.list_import_id}"  # type: ignore[attr-defined]
        piece.save(update_fields=["returned_on"])
        return True
    return False


def _is_news(row: StagedRow) -> bool:
    """Whether the return that the row brought was told of."""
    return date.fromisoformat(row.changes["returned_on"][1]) >= day_of(timezone.now()) - noticing.NEWS


def _delete_pieces(pieces: Sequence[Piece], touched: Collection[int], context: ListContext) -> None:
    """The pieces, with the bonuses of the receipts that were touched, and the receipts of this list that hold nothing else."""
    receipts = {piece.purchase_id for piece in pieces}
    Piece.objects.filter(pk__in=[piece.pk for piece in pieces]).delete()
    bonuses.follow_list(touched, by=user(context), on=day_of(timezone.now()), again=True)
    payments.follow_list(touched, by=user(context), on=day_of(timezone.now()))
    empty = Purchase.objects.filter(pk__in=receipts).annotate(held=Count("pieces")).filter(held=0).values_list("pk", flat=True)
    Purchase.objects.filter(pk__in=set(empty) - changed_by_others(Purchase.history, set(empty), context)).delete()


def changed_by_others(history: Manager[Any], keys: Collection[int], context: ListContext) -> set[int]:
    """Rows that something besides this list changed, by the history of their table."""
    ours = [context.origin, f"undo of {context.origin}"]
    return set(history.filter(id__in=keys).exclude(history_change_reason__in=ours).values_list("id", flat=True))

"""Documents become receipts and returns: each once, in one transaction. What cannot be applied waits for its reason."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from clients.locking import GoneError, lock
from clients.models import Client
from exchange.documents import intake, returning, selling, withdrawing
from exchange.documents.contract import Sale
from exchange.documents.finding import WaitsError
from exchange.documents.selling import key_of_fiscal, key_of_sale
from exchange.models import DocumentState, TillDocument, Wait
from purchases.correcting import acts
from purchases.models import FiscalOperation, NoCardReason, Purchase
from purchases.services import StaleReceiptError, VoidedError

log = structlog.get_logger(__name__)
# Two workers may meet at one fiscal number; the second then finds what the first has written.
TRIES = 2
# So far back a sale without a card is given its client when the card appears.
LOOKED_BACK = timedelta(days=90)


def apply(pk: int) -> DocumentState:
    """Make of a document what it tells of; done twice is done once. Returns what it is now."""
    document = TillDocument.objects.select_related("source").get(pk=pk)
    if not document.is_open:
        return DocumentState(document.state)
    for _try in range(TRIES):
        try:
            return withdrawing.undo(document) if document.gone_at else _applied(document)
        except WaitsError as error:
            return _waits(document, error)
        except (IntegrityError, GoneError):
            continue
        except Exception:
            # One document that breaks something must not hold up the others; what broke is in the log.
            log.exception("document.failed", document=pk)
            break
    return _waits(document, WaitsError(Wait.TROUBLE))


def _applied(document: TillDocument) -> DocumentState:
    try:
        said = intake.read(document)
    except ValidationError:
        raise WaitsError(Wait.TROUBLE) from None
    kind = selling if isinstance(said, Sale) else returning
    plan: Any = kind.plan(document, said)
    with transaction.atomic():
        lock(plan.client)
        held = TillDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
        if not held.is_open or held.gone_at:
            return DocumentState(held.state)
        purchase, outcome = kind.write(held, plan)
        _close(held, purchase, outcome)
        wake([key_of_sale(held), *([key_of_fiscal(said.fiscal)] if said.fiscal else [])])
    return DocumentState.APPLIED


def _close(document: TillDocument, purchase: Purchase, outcome: dict[str, Any]) -> None:
    document.state, document.reason, document.words, document.waits_for = DocumentState.APPLIED, "", "", ""
    document.purchase, document.outcome, document.tried_at = purchase, outcome, timezone.now()
    document.save(update_fields=["state", "reason", "words", "waits_for", "purchase", "outcome", "tried_at"])


def _waits(document: TillDocument, error: WaitsError) -> DocumentState:
    """Write down for what it waits, unless somebody has settled it meanwhile."""
    open_ = TillDocument.objects.filter(pk=document.pk, state__in=[DocumentState.RECEIVED, DocumentState.WAITS])
    open_.update(
        state=DocumentState.WAITS,
        reason=error.reason,
        words=error.words,
        waits_for=error.waits_for,
        tried_at=timezone.now(),
    )
    return DocumentState.WAITS


def wake(keys: Iterable[str]) -> int:
    """What waited for one of these keys is to be applied again. Returns how many documents."""
    waiting = TillDocument.objects.waiting().filter(waits_for__in=list(keys))
    return waiting.update(state=DocumentState.RECEIVED, reason="", words="", waits_for="")


def apply_received(*, limit: int = 1_000) -> int:
    """Apply what has come, the oldest first, and what that lets go on. Returns how many were applied."""
    applied = 0
    for _time in range(limit):
        pk = TillDocument.objects.to_apply().values_list("pk", flat=True).first()
        if pk is None:
            break
        applied += apply(pk) == DocumentState.APPLIED
    return applied


def apply_all() -> int:
    """Apply what has come and all that waits, once. Returns how many were applied."""
    applied = apply_received()
    for pk in list(TillDocument.objects.waiting().order_by("pk").values_list("pk", flat=True)):
        applied += apply(pk) == DocumentState.APPLIED
    return applied + apply_received()


def find_lost() -> int:
    """Sales whose receipt went with a list that was taken back are to be applied again. Returns how many."""
    lost = TillDocument.objects.filter(purchase=None, state=DocumentState.APPLIED, operation=FiscalOperation.SALE)
    return lost.update(state=DocumentState.RECEIVED)


def give_clients() -> int:
    """Sales of a phone that has its card by now get their client. Returns how many."""
    since = timezone.now() - LOOKED_BACK
    nobodys = TillDocument.objects.filter(
        state=DocumentState.APPLIED, operation=FiscalOperation.SALE, received_at__gte=since,
        purchase__client=None, purchase__no_card_reason=NoCardReason.TILL, purchase__voided_at=None,
    ).exclude(phone="")  # fmt: skip
    known = nobodys.filter(phone__in=Client.objects.live().exclude(phone=None).values("phone"))
    return sum(_give(document) for document in known.select_related("purchase"))


def _give(document: TillDocument) -> bool:
    """The client of one sale, unless somebody has given it another one this very moment."""
    client, purchase = Client.objects.live().filter(phone=document.phone).first(), document.purchase
    if client is None or purchase is None:
        return False
    try:
        return acts.attach_client(purchase, client=client, version=purchase.version, by=None) is not None
    except (StaleReceiptError, VoidedError, GoneError):
        return False

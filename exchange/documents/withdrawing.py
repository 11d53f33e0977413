"""Documents that their sender has deleted or unposted: what was made of them is undone, as far as it is theirs alone.

A receipt that a seller typed, or that another source told of too, stays. What cannot be undone by itself waits for a person.
"""

from collections.abc import Collection
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext

from exchange.documents.finding import WaitsError
from exchange.models import DocumentState, Source, TillDocument, Wait
from loyalty.certificates.acts import CertificateRefusedError
from purchases import services, tills
from purchases.correcting import acts
from purchases.correcting.acts import ExchangedPieceError
from purchases.models import FiscalOperation, Purchase
from purchases.services import StaleReceiptError, VoidedError
from stores.texts.kept_words import Words
from stores.texts.kept_words import words as _


def withdraw(source: Source, operation: str, numbers: Collection[str]) -> int:
    """Documents of these numbers are to be undone. Returns of how many that is news. One query."""
    mine = TillDocument.objects.readable().filter(source=source, operation=operation, external_id__in=numbers, gone_at=None)
    return mine.update(gone_at=timezone.now(), state=DocumentState.RECEIVED, reason="", words="", waits_for="")


@transaction.atomic
def bring_back(document: TillDocument) -> int:
    """A document that was taken back has come again as it was. Returns 1 where that is news.

    What was undone is applied anew; what stayed, or was not undone yet, is as it was before.
    """
    held = TillDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.gone_at is None:
        return 0
    stood = held.purchase_id is not None and (held.state != DocumentState.REFUSED or bool(held.words))
    if not stood:
        held.purchase, held.outcome, held.decided = None, {}, {}
    held.state = DocumentState.APPLIED if stood else DocumentState.RECEIVED
    held.gone_at, held.reason, held.words, held.waits_for = None, "", "", ""
    held.save(update_fields=["state", "gone_at", "reason", "words", "waits_for", "purchase", "outcome", "decided"])
    return 1


def undo(document: TillDocument) -> DocumentState:
    """Undo what was made of a document; done twice is done once. Raises WaitsError where a person has to."""
    purchase = Purchase.written.filter(till_documents=document.pk).first()
    try:
        with transaction.atomic():
            stays = _undone(document, purchase) if purchase and not purchase.is_voided else ""
            held = TillDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
            if not held.is_open or held.gone_at is None:
                transaction.set_rollback(True)
                return DocumentState(held.state)
            held.state, held.reason, held.words, held.waits_for = DocumentState.REFUSED, Wait.GONE, stays, ""
            held.tried_at = timezone.now()
            held.save(update_fields=["state", "reason", "words", "waits_for", "tried_at"])
    except ExchangedPieceError:
        raise WaitsError(Wait.GONE, _("one of its pieces was exchanged: void the receipt of the exchange first")) from None
    except CertificateRefusedError:
        raise WaitsError(Wait.GONE, _("a certificate stands against it: put the receipt right by hand")) from None
    except (StaleReceiptError, VoidedError):
        raise WaitsError(Wait.TROUBLE) from None
    return DocumentState.REFUSED


def _undone(document: TillDocument, purchase: Purchase) -> Words | str:
    """Why something stays, "" where nothing does."""
    if document.operation == FiscalOperation.SALE:
        return _undone_sale(document, purchase)
    return _undone_return(document, purchase)


def _others(document: TillDocument, purchase: Purchase) -> "QuerySet[TillDocument]":
    """Other documents of the same kind that stand for the receipt."""
    same = TillDocument.objects.filter(purchase=purchase, operation=document.operation, state=DocumentState.APPLIED)
    return same.exclude(pk=document.pk)


def _undone_sale(document: TillDocument, purchase: Purchase) -> Words | str:
    if not purchase.till_key:
        return _("the receipt stays: a seller typed it")
    if other := _others(document, purchase).exclude(source=document.source_id).select_related("source").first():
        return _("the receipt stays: %(source)s told of it too") % {"source": other.source.name}
    acts.void(purchase, reason=_reason(document), version=purchase.version, by=None)
    tills.forget(purchase, FiscalOperation.SALE)
    # The same sale may come again: it is another receipt then.
    Purchase.written.filter(pk=purchase.pk).update(form_key=uuid4())
    return ""


def _reason(document: TillDocument) -> str:
    """In the language of the chain, as what a person types there."""
    with translation.override(settings.LANGUAGE_CODE):
        return gettext("deleted or unposted: %(source)s") % {"source": document.source.name}


def _undone_return(document: TillDocument, purchase: Purchase) -> Words | str:
    mine = set(document.outcome.get("_pieces", []))
    others = _others(document, purchase)
    if not document.outcome.get("_made", True) or any(mine & set(one.outcome.get("_pieces", [])) for one in others):
        return _("the return stays: it was told of elsewhere too")
    if purchase.pieces.filter(pk__in=mine).exclude(exchanged_in=None).exists():
        raise ExchangedPieceError
    services.undo_return(purchase, by=None, of=mine)
    fn, _slash, fd = str(document.outcome.get("_fiscal", "")).partition("/")
    tills.forget(purchase, FiscalOperation.RETURN, fn=fn, fd=fd)
    return ""

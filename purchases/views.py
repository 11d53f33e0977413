"""The sale at the counter, its return, and the list of receipts."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from clients.locking import GoneError
from clients.models import Client
from clients.typed import GONE
from imports.exports import export_rows, page_of
from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import Certificate, Right
from loyalty.offers.acts import RightRefusedError
from loyalty.services import NotEnoughError
from purchases import bonus_views, payments, selectors, selling, services
from purchases.bills import CodeNeededError
from purchases.companions import offering
from purchases.correcting import acts, permission, story
from purchases.correcting.exchange_views import FIELDS
from purchases.correcting.refusals import REFUSALS, words_of
from purchases.filters import ReceiptFilter
from purchases.forms import PieceFormSet, SaleForm
from purchases.models import Purchase
from purchases.payments import PaymentsDifferError
from purchases.resources import ReceiptResource
from purchases.selectors import Receipts
from purchases.services import ReceiptTakenError
from stores.bases.reading import from_replica
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number
from stores.texts import writing

MOST_LINES = 50


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts(when="client")
def sell(request: CrmRequest) -> HttpResponse:
    store = store_of(request)
    if request.method == "GET":
        asked = whole_number(request.GET.get("client", ""))
        client = selling.buyer(asked) or clients_selectors.standing_for(asked)
        form = SaleForm(store=store, initial={"client": client, "sold_on": store.today(), "codes": request.GET.get("code", "")})
        return _sale_page(request, form, PieceFormSet(prefix="pieces"), client, gone=0 if client else asked)
    form, pieces = SaleForm(request.POST, store=store), PieceFormSet(request.POST, prefix="pieces")
    if not (form.is_valid() & pieces.is_valid()):
        return _sale_page(request, form, pieces, form.cleaned_data.get("client"), status=422)
    try:
        proven = bonus_views.proves(request, form.cleaned_data["client"], form)
        purchase = services.sell(pieces.lines(), store=store, seller=request.user, proven=proven, **form.sale())
    except ReceiptTakenError as taken:
        form.add_error(
            "receipt_number", _("Receipt %(number)s is already in the base for this day.") % {"number": taken.purchase}
        )
        return _sale_page(request, form, pieces, form.cleaned_data.get("client"), status=422)
    except (NotEnoughError, CodeNeededError, RightRefusedError, CertificateRefusedError, PaymentsDifferError) as error:
        form.add_error(FIELDS[type(error)], words_of(error))
        return _sale_page(request, form, pieces, form.cleaned_data.get("client"), status=422)
    except GoneError:
        form.add_error(None, GONE)
        return _sale_page(request, form, pieces, None, status=422)
    messages.success(request, _("The sale is saved."))
    return redirect("pages:card", pk=purchase.client_id) if purchase.client_id else redirect("purchases:receipt", pk=purchase.pk)


def _sale_page(
    request: CrmRequest, form: SaleForm, pieces: Any, client: Client | None, status: int = 200, gone: int = 0
) -> HttpResponse:
    told = client if client is None or hasattr(client, "has_data_word") else selling.buyer(client.pk)
    beside = selling.beside(told, form.store.today())
    context = {"form": form, "pieces": pieces, "client": told, "gone": gone, "gone_words": GONE, **beside}
    return render(request, "purchases/sell.html", context, status=status)


@require_GET
@everybody
def article(request: CrmRequest) -> JsonResponse:
    """What a scanned article is and costs, and where its sizes lie, for the line that it stands in; or the coupon or
    certificate whose code it is.
    """
    text = request.GET.get("article", "").strip()
    if coded := Right.objects.of_code(text).first() or Certificate.objects.of_scanned(text).first():
        return JsonResponse({"code": str(coded)})
    facts = selectors.article_facts(text, counter(request).store)
    page = reverse("pages:article", args=[facts.catalogued]) if facts.catalogued else ""
    price = None if facts.price is None else f"{facts.price:f}"
    return JsonResponse({**facts._asdict(), "price": price, "page": page, "companions": _companions(request, text)})


def _companions(request: CrmRequest, text: str) -> list[dict[str, str]]:
    """What goes with the article, where the page shows it. One query."""
    here = counter(request).store
    if "beside" not in request.GET or here is None:
        return []
    client, others = whole_number(request.GET.get("client", "")) or None, request.GET.getlist("other")[:MOST_LINES]
    offered = offering.beside_piece(text, others, client=client, store=here, today=here.today())
    return [
        {
            "what": one.what,
            "reason": one.reason,
            "price": writing.money(one.price) if one.price is not None else "",
            "here": _("lies here") if one.here else "",
            "page": reverse("pages:article", args=[one.article_id]) if one.article_id else "",
        }
        for one in offered
    ]


@require_GET
@everybody
@shows_contacts()
def receipt(request: CrmRequest, pk: int) -> HttpResponse:
    """A receipt of any store that has a client, those without a card of my stores; voided ones too."""
    purchase = get_object_or_404(selectors.whole_receipts(), pk=pk)
    stores = counter(request).stores
    if not (purchase.store in stores or purchase.client_id):
        raise Http404
    today = purchase.store.today()
    context = {
        "purchase": purchase,
        "mine": purchase.store in stores and not purchase.is_voided,
        "returned_today": any(piece.returned_on == today and not piece.exchanged_in_id for piece in purchase.pieces.all()),
        "may_correct": permission.may_correct(request.user, purchase, stores),
        "may_attach": permission.may_attach(request.user, purchase, stores),
        "to_undo": acts.last_to_undo(purchase),
        "story": story.story_of(purchase),
        "to_pay": payments.to_pay_of(purchase),
    }
    return render(request, "purchases/receipt.html", context)


@require_POST
@everybody
def return_pieces(request: CrmRequest, pk: int) -> HttpResponse:
    purchase = get_object_or_404(Purchase.objects.of_stores(counter(request).stores), pk=pk)
    chosen = purchase.pieces.filter(pk__in=[whole_number(key) for key in request.POST.getlist("piece")])
    try:
        returned = services.return_pieces(purchase, list(chosen), by=request.user)
    except REFUSALS as error:
        messages.error(request, words_of(error))
    else:
        text = _("Returned: %(count)s.") % {"count": returned} if returned else _("Choose what comes back.")
        messages.success(request, text) if returned else messages.warning(request, text)
    return redirect("purchases:receipt", pk=pk)


@require_GET
@everybody
def return_preview(request: CrmRequest, pk: int) -> HttpResponse:
    """What goes back with the chosen pieces, before it does."""
    purchase = get_object_or_404(Purchase.objects.of_stores(counter(request).stores), pk=pk)
    chosen = purchase.pieces.filter(pk__in=[whole_number(key) for key in request.GET.getlist("piece")], returned_on=None)
    try:
        told = services.preview_return(purchase, list(chosen), by=request.user) if chosen else None
    except REFUSALS as error:
        return HttpResponse(words_of(error))
    context = {"told": told, "client": purchase.client_id, "tenders": purchase.tenders.all()}
    return render(request, "purchases/_goes_back.html", context)


@require_POST
@everybody
def undo_return(request: CrmRequest, pk: int) -> HttpResponse:
    purchase = get_object_or_404(Purchase.objects.of_stores(counter(request).stores), pk=pk)
    try:
        undone = services.undo_return(purchase, by=request.user)
    except REFUSALS as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, _("Today's return is taken back: %(count)s.") % {"count": undone})
    return redirect("purchases:receipt", pk=pk)


@require_GET
@everybody
@from_replica
def receipts(request: CrmRequest) -> HttpResponse:
    """Receipts of my stores between two days, or those behind a figure; ``?export`` gives a workbook."""
    here = counter(request)
    wanted = _wanted(request)
    if wanted.first > wanted.last:
        messages.warning(request, _("The period ends before it begins."))
    found = ReceiptFilter(request.GET, selectors.receipts_behind(wanted, here.stores)).qs
    bare = ReceiptFilter(request.GET, selectors.bare_receipts_behind(wanted, here.stores)).qs
    if "export" in request.GET:
        return export_rows(request, "receipts", ReceiptResource, found.prefetch_related("tenders"))
    context = {"page": page_of(request, found), "wanted": wanted, "totals": payments.totals(bare)}
    return render(request, "purchases/receipts.html", context)


def _wanted(request: CrmRequest) -> Receipts:
    """The period, the store and the group; what else the address says is the filter's."""
    here = counter(request)
    today = here.store.today() if here.store else date.today()  # noqa: DTZ011 — an employee without a store sees nothing
    return Receipts(
        first=_day(request.GET.get("first", "")) or today.replace(day=1),
        last=_day(request.GET.get("last", "")) or today,
        store=here.from_query(),
        group=request.GET.get("group", "everything"),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""An exchange at the counter: what comes back, what is taken for it, and the difference."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from purchases.correcting.exchange import exchange as make_exchange
from purchases.correcting.forms import ExchangeForm
from purchases.correcting.refusals import REFUSALS, words_of
from purchases.forms import PieceFormSet
from purchases.models import Piece, Purchase
from purchases.payments import NOTHING
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number


@require_http_methods(["GET", "POST"])
@everybody
def exchange(request: CrmRequest, pk: int) -> HttpResponse:
    purchase = get_object_or_404(Purchase.objects.of_stores(counter(request).stores).select_related("client"), pk=pk)
    coming = _coming(request, purchase)
    form = ExchangeForm(request.POST or None, initial={"form_key": uuid4()})
    pieces = PieceFormSet(request.POST or None, prefix="pieces")
    if request.method == "GET":
        return _page(request, purchase, coming, form, pieces)
    if not (form.is_valid() & pieces.is_valid()):
        return _page(request, purchase, coming, form, pieces, status=422)
    head = {"receipt_number": form.cleaned_data["receipt_number"], "form_key": form.cleaned_data["form_key"]}
    try:
        new = make_exchange(
            purchase, coming, pieces.lines(), store=store_of(request), by=request.user, tenders=form.tenders(), **head
        )
    except REFUSALS as error:
        form.add_error(None, words_of(error))
        return _page(request, purchase, coming, form, pieces, status=422)
    messages.success(request, _("The exchange is saved."))
    return redirect("purchases:receipt", pk=new.pk)


def _coming(request: CrmRequest, purchase: Purchase) -> list[Piece]:
    asked = request.POST if request.method == "POST" else request.GET
    keys = [whole_number(key) for key in asked.getlist("piece")]
    coming = list(purchase.pieces.filter(pk__in=keys))
    if not coming:
        raise Http404
    return coming


def _page(
    request: CrmRequest, purchase: Purchase, coming: list[Piece], form: ExchangeForm, pieces: Any, status: int = 200
) -> HttpResponse:
    came_back = sum((piece.price for piece in coming), NOTHING)
    context = {"purchase": purchase, "coming": coming, "came_back": came_back, "form": form, "pieces": pieces}
    return render(request, "purchases/exchange.html", context, status=status)

"""An exchange at the counter: what comes back, what is taken for it, and the difference."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from loyalty.certificates.acts import CertificateRefusedError
from loyalty.models import Certificate, Right
from loyalty.offers.acts import RightRefusedError
from loyalty.selectors import terms_on
from loyalty.services import NotEnoughError
from purchases import bonus_views
from purchases.bills import CodeNeededError
from purchases.correcting.exchange import exchange as make_exchange
from purchases.correcting.forms import ExchangeForm
from purchases.correcting.refusals import REFUSALS, words_of
from purchases.forms import PieceFormSet
from purchases.models import Piece, Purchase
from purchases.payments import NOTHING, PaymentsDifferError
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, store_of, whole_number

# Where on the page what is refused is said.
FIELDS = {PaymentsDifferError: "paid_by", NotEnoughError: "spend", CodeNeededError: "code"} | dict.fromkeys(
    (RightRefusedError, CertificateRefusedError), "codes"
)


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
    try:
        proven = bonus_views.proves(request, purchase.client, form)
        new = make_exchange(
            purchase, coming, pieces.lines(), store=store_of(request), by=request.user, proven=proven, **form.head()
        )
    except REFUSALS as error:
        form.add_error(FIELDS.get(type(error)), words_of(error))
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
    context = {
        "purchase": purchase, "coming": coming, "came_back": sum((piece.price for piece in coming), NOTHING), "form": form,
        "pieces": pieces, "terms": terms_on(store_of(request).today()) if purchase.client else None,
        "with_codes": Right.objects.exists() or Certificate.objects.exists(),
    }  # fmt: skip
    return render(request, "purchases/exchange.html", context, status=status)

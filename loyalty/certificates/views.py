"""Certificates at the counter: the list, one more sold, its page, cancelled, prolonged, printed."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from imports.exports import export_rows, page_of
from loyalty.certificates import acts, board, printed
from loyalty.certificates.acts import TouchedError
from loyalty.certificates.forms import YEAR, CertificateForm, ProlongForm
from loyalty.models import Certificate
from stores.models import Role
from stores.policies import CrmRequest, everybody, managers
from stores.selectors import counter, store_of, whole_number


@require_GET
@everybody
def certificates(request: CrmRequest) -> HttpResponse:
    """Certificates of my stores, or the one of a code that was scanned; ``?export`` gives a workbook."""
    today = store_of(request).today()
    found = board.certificates_of(counter(request).stores, request.GET.get("q", ""))
    narrowed = board.CertificateFilter(request.GET, found, today=today)
    if "export" in request.GET:
        return export_rows(request, "certificates", board.CertificateResource, narrowed.qs)
    counted, page = board.counts(narrowed.but_for("state"), today), page_of(request, narrowed.qs)
    context = {
        "page": page, "wanted": narrowed.asked, "rows": [(one, board.state_of(one, today)) for one in page],
        "states": [(name, words, counted[name]) for name, words in board.STATES.items()], "totals": board.totals(narrowed.qs),
    }  # fmt: skip
    return render(request, "loyalty/certificates.html", context)


@require_http_methods(["GET", "POST"])
@everybody
def sell(request: CrmRequest) -> HttpResponse:
    store = store_of(request)
    today, asked = store.today(), request.POST if request.method == "POST" else request.GET
    client = clients_selectors.standing_for(whole_number(asked.get("client", "")))
    form = CertificateForm(request.POST or None, today=today, initial={"client": client, "until_on": today + YEAR})
    if not form.is_valid():
        context = {"form": form, "client": client}
        return render(request, "loyalty/sell_certificate.html", context, status=422 if form.is_bound else 200)
    key = form.cleaned_data["form_key"]
    sold = acts.sell(form.said(), store=store, seller=request.user, on=today, form_key=key)
    messages.success(request, _("The certificate is sold. Print it, or write its code on a card."))
    return redirect("loyalty:certificate", code=sold.code_key)


def _of_code(code: str) -> Certificate:
    return get_object_or_404(Certificate.objects.of_code(code).select_related("store", "client", "seller"))


@require_GET
@everybody
def certificate(request: CrmRequest, code: str) -> HttpResponse:
    """Whoever has its code may see it, in any store; ``?print`` gives it on paper."""
    one, today = _of_code(code), store_of(request).today()
    if "print" in request.GET:
        headers = {"Content-Disposition": 'inline; filename="certificate.pdf"'}
        return HttpResponse(printed.pdf(one), content_type="application/pdf", headers=headers)
    return _page(request, one, today, _prolonging(one, today))


def _prolonging(one: Certificate, today: date) -> ProlongForm:
    return ProlongForm(today=today, initial={"until_on": max(one.until_on, today) + YEAR, "opened": one.until_on})


def _page(request: CrmRequest, one: Certificate, today: date, form: ProlongForm, status: int = 200) -> HttpResponse:
    context = {
        "certificate": one, "state": board.state_of(one, today), "moves": one.moves.select_related("by"), "form": form,
        "may_cancel": _may_cancel(request, one, today), "may_prolong": request.user.role != Role.SELLER and not one.cancelled_at,
    }  # fmt: skip
    return render(request, "loyalty/certificate.html", context, status=status)


def _may_cancel(request: CrmRequest, one: Certificate, today: date) -> bool:
    """Its stores' sellers on the day of sale, their managers later; only while nothing was bought by it."""
    mine = one.store in counter(request).stores and (one.sold_on == today or request.user.role != Role.SELLER)
    return mine and not one.cancelled_at and one.left == one.amount


@require_POST
@everybody
def cancel(request: CrmRequest, code: str) -> HttpResponse:
    one, today = _of_code(code), store_of(request).today()
    try:
        if not _may_cancel(request, one, today):
            raise TouchedError
        acts.cancel(one, on=today, by=request.user)
    except TouchedError:
        messages.error(
            request, _("This certificate cannot be cancelled: something was bought by it, or it was not sold here today.")
        )
    else:
        messages.success(request, _("The sale of the certificate is cancelled. Give the money back."))
    return redirect("loyalty:certificate", code=one.code_key)


@require_POST
@managers
def prolong(request: CrmRequest, code: str) -> HttpResponse:
    one, today = _of_code(code), store_of(request).today()
    form = ProlongForm(request.POST, today=today)
    if not form.is_valid():
        return _page(request, one, today, form, status=422)
    try:
        acts.prolong(one, form.cleaned_data["until_on"], seen=form.cleaned_data["opened"])
    except TouchedError:
        messages.error(request, _("Somebody else changed this meanwhile. Look at what stands now and decide."))
    else:
        messages.success(request, _("The certificate is prolonged."))
    return redirect("loyalty:certificate", code=one.code_key)

"""A receipt put right by people: corrected, given its client, voided and brought back, exchanged."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clients import selectors as clients_selectors
from clients.models import Client
from purchases.correcting import acts, contents, permission, previewing, story
from purchases.correcting.forms import CorrectedFormSet, CorrectionForm, VersionForm, VoidForm, initial_of, lines_of
from purchases.correcting.refusals import REFUSALS, words_of
from purchases.models import Purchase
from purchases.payments import NOTHING
from stores.lookups import shows_contacts
from stores.models import Employee, Store
from stores.policies import CrmRequest, everybody
from stores.selectors import counter, whole_number

May = Callable[[Employee, Purchase, Collection[Store]], bool]


def receipt_of(request: CrmRequest, pk: int, may: May = permission.may_correct) -> Purchase:
    """A receipt that the employee may put right. Raises Http404 for any other."""
    purchase = get_object_or_404(Purchase.written.select_related("store", "client"), pk=pk)
    if not may(request.user, purchase, counter(request).stores):
        raise Http404
    return purchase


@require_http_methods(["GET", "POST"])
@everybody
def correct(request: CrmRequest, pk: int) -> HttpResponse:
    purchase = receipt_of(request, pk)
    if purchase.is_voided:
        raise Http404
    is_, came_back = contents.of(purchase), _came_back(purchase)
    initial = initial_of(is_, purchase.version)
    form = CorrectionForm(request.POST or None, purchase=purchase, came_back=came_back, initial=initial)
    pieces = CorrectedFormSet(request.POST or None, prefix="pieces", initial=lines_of(is_))
    if request.method == "GET":
        return _correction_page(request, purchase, form, pieces)
    if not (form.is_valid() & pieces.is_valid()):
        return _correction_page(request, purchase, form, pieces, status=422)
    version = form.cleaned_data["version"]
    try:
        acts.correct(purchase, wanted=form.wanted(is_, pieces.facts(is_)), version=version, by=request.user)
    except REFUSALS as error:
        form.add_error(None, words_of(error))
        return _refused(request, purchase, form, pieces)
    messages.success(request, _("The receipt is corrected."))
    return redirect("purchases:receipt", pk=pk)


def _came_back(purchase: Purchase) -> Any:
    return sum((piece.price for piece in purchase.taken_back.all()), NOTHING)


def _refused(request: CrmRequest, purchase: Purchase, form: CorrectionForm, pieces: Any) -> HttpResponse:
    """The page again, beside it what others did since it was opened; saving it once more is the person's decision."""
    seen = form.cleaned_data["version"]
    form.data = {**form.data.dict(), "version": purchase.version}  # type: ignore[attr-defined]
    more = {"changed": seen != purchase.version, "since": story.story_of(purchase, since=seen), "now": contents.of(purchase)}
    return _correction_page(request, purchase, form, pieces, status=422, **more)


def _correction_page(
    request: CrmRequest, purchase: Purchase, form: CorrectionForm, pieces: Any, status: int = 200, **more: Any
) -> HttpResponse:
    wearers = purchase.client.wearers.kept() if purchase.client else []
    context = {"purchase": purchase, "form": form, "pieces": pieces, "wearers": wearers, "came_back": form.came_back, **more}
    return render(request, "purchases/correct.html", context, status=status)


@require_POST
@everybody
def correct_preview(request: CrmRequest, pk: int) -> HttpResponse:
    """What the correction as it is typed moves; nothing while something is wrong in it, which saving tells."""
    purchase = receipt_of(request, pk)
    is_ = contents.of(purchase)
    form = CorrectionForm(request.POST, purchase=purchase, came_back=_came_back(purchase))
    pieces = CorrectedFormSet(request.POST, prefix="pieces", initial=lines_of(is_))
    if purchase.is_voided or not (form.is_valid() & pieces.is_valid()):
        return HttpResponse()
    wanted = form.wanted(is_, pieces.facts(is_))
    return _moves(request, purchase, partial(acts.correct, purchase, wanted=wanted, version=purchase.version, by=request.user))


@require_GET
@everybody
def void_preview(request: CrmRequest, pk: int) -> HttpResponse:
    """What voiding moves."""
    purchase = receipt_of(request, pk)
    return _moves(request, purchase, partial(acts.void, purchase, reason="-", version=purchase.version, by=request.user))


def _moves(request: CrmRequest, purchase: Purchase, act: Callable[[], object]) -> HttpResponse:
    try:
        told = previewing.preview(purchase, act)
    except REFUSALS as error:
        return HttpResponse(words_of(error))
    return render(request, "purchases/_moves.html", {"told": told})


@require_GET
@everybody
@shows_contacts(when="q")
def find_client(request: CrmRequest, pk: int) -> HttpResponse:
    """Whose receipt it is: the client is looked for, and attached by one press."""
    purchase = receipt_of(request, pk, permission.may_attach)
    text = request.GET.get("q", "")
    found = clients_selectors.find_clients(text)
    return render(request, "purchases/attach.html", {"purchase": purchase, "q": text, "found": found})


@require_POST
@everybody
def attach(request: CrmRequest, pk: int) -> HttpResponse:
    purchase = receipt_of(request, pk, permission.may_attach)
    client = get_object_or_404(Client.objects.live(), pk=whole_number(request.POST.get("client", "")))
    return _done(request, purchase, VersionForm, acts.attach_client, _("The receipt has its client."), client=client)


@require_POST
@everybody
def void(request: CrmRequest, pk: int) -> HttpResponse:
    return _done(request, receipt_of(request, pk), VoidForm, acts.void, _("The receipt is void and counted nowhere."))


@require_POST
@everybody
def restore(request: CrmRequest, pk: int) -> HttpResponse:
    return _done(request, receipt_of(request, pk), VersionForm, acts.restore, _("The receipt stands again."))


@require_POST
@everybody
def undo(request: CrmRequest, pk: int) -> HttpResponse:
    return _done(request, receipt_of(request, pk), VersionForm, acts.undo, _("The last correction is undone."))


def _done(
    request: CrmRequest, purchase: Purchase, form_class: type[VersionForm], act: Callable[..., object], words: str, **more: Any
) -> HttpResponse:
    """One act by one press, then the receipt again with what came of it in words."""
    form = form_class(request.POST)
    if not form.is_valid():
        messages.error(request, next(str(error) for errors in form.errors.values() for error in errors))
        return redirect("purchases:receipt", pk=purchase.pk)
    try:
        act(purchase, by=request.user, **form.cleaned_data, **more)
    except REFUSALS as error:
        messages.error(request, words_of(error))
    else:
        messages.success(request, words)
    return redirect("purchases:receipt", pk=purchase.pk)

"""Today's calls and other errands of one's stores."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from imports.exports import export_rows, page_of
from messaging import errands
from messaging.forms import OutcomeForm
from messaging.models import Errand
from messaging.resources import ErrandResource
from stores import writing
from stores.policies import CrmRequest, everybody
from stores.selectors import counter

LATELY, SHOWN = timedelta(hours=24), 10


@require_GET
@everybody
def to_do(request: CrmRequest) -> HttpResponse:
    """What is to be done, overdue first; ``?export`` gives a workbook."""
    if "export" in request.GET:
        return export_rows(request, "errands", ErrandResource, errands.to_do(counter(request).stores))
    return _page(request)


def _page(request: CrmRequest, refused: OutcomeForm | None = None, pk: int | None = None) -> HttpResponse:
    """Open errands; the form of one that was refused stands at it as it was typed."""
    here = counter(request)
    lately = errands.done_lately(here.stores, timezone.now() - LATELY)[:SHOWN]
    context = {
        "page": page_of(request, errands.to_do(here.stores)), "today": _today(request), "lately": lately, "refused": refused,
        "refused_pk": pk, "tomorrow": _today(request) + timedelta(days=1),
    }  # fmt: skip
    return render(request, "messaging/errands.html", context, status=422 if refused else 200)


def _today(request: CrmRequest) -> date:
    store = counter(request).store
    return store.today() if store else timezone.localdate()


@require_POST
@everybody
def close(request: CrmRequest, pk: int) -> HttpResponse:
    errand = _own(request, pk)
    form = OutcomeForm(request.POST, today=_today(request))
    if not form.is_valid():
        return HttpResponseBadRequest() if "outcome" in form.errors else _page(request, form, pk)
    said = form.cleaned_data
    closed = errands.close(
        errand, said["outcome"], by=request.user, now=timezone.now(), words=said["words"], next_on=said["next_on"]
    )
    if closed.outcome == Errand.Outcome.OPEN:
        messages.success(request, _("Written down; it comes again on %(day)s.") % {"day": writing.short_day(closed.due_on)})
    else:
        messages.success(request, _("Written down."))
    return redirect("messaging:errands")


@require_POST
@everybody
def reopen(request: CrmRequest, pk: int) -> HttpResponse:
    errands.reopen(_own(request, pk), now=timezone.now(), by=request.user)
    messages.success(request, _("It is to do again."))
    return redirect("messaging:errands")


def _own(request: CrmRequest, pk: int) -> Errand:
    return get_object_or_404(Errand, pk=pk, store__in=counter(request).stores)

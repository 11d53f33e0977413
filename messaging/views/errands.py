"""Today's calls and other errands of one's stores."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from imports.exports import export_rows, page_of
from messaging import errands
from messaging.models import Errand
from messaging.resources import ErrandResource
from stores.policies import CrmRequest, everybody
from stores.selectors import counter

LATELY, SHOWN = timedelta(hours=24), 10


@require_GET
@everybody
def to_do(request: CrmRequest) -> HttpResponse:
    """What is to be done, overdue first; ``?export`` gives a workbook."""
    here = counter(request)
    found = errands.to_do(here.stores)
    if "export" in request.GET:
        return export_rows(request, "errands", ErrandResource, found)
    today = here.store.today() if here.store else timezone.localdate()
    lately = errands.done_lately(here.stores, timezone.now() - LATELY)[:SHOWN]
    return render(request, "messaging/errands.html", {"page": page_of(request, found), "today": today, "lately": lately})


@require_POST
@everybody
def close(request: CrmRequest, pk: int) -> HttpResponse:
    errand = _own(request, pk)
    outcome = request.POST.get("outcome", "")
    if outcome not in (Errand.Outcome.DONE, Errand.Outcome.NO_ANSWER, Errand.Outcome.DROPPED):
        return HttpResponseBadRequest()
    closed = errands.close(errand, outcome, by=request.user, now=timezone.now())
    again = closed.outcome == Errand.Outcome.OPEN
    messages.success(request, _("No answer: it comes again tomorrow.") if again else _("Written down."))
    return redirect("messaging:errands")


@require_POST
@everybody
def reopen(request: CrmRequest, pk: int) -> HttpResponse:
    errands.reopen(_own(request, pk), now=timezone.now())
    messages.success(request, _("It is to do again."))
    return redirect("messaging:errands")


def _own(request: CrmRequest, pk: int) -> Errand:
    return get_object_or_404(Errand, pk=pk, store__in=counter(request).stores)

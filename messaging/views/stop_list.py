"""The stop list, on a page of the settings."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from messaging import stopping
from messaging.forms import StopForm
from messaging.models import StopEntry
from stores.lookups import shows_contacts
from stores.policies import CrmRequest, admins

PAGE = 50
LIFTED = "stop_list.lifted"


@require_http_methods(["GET", "POST"])
@admins
@shows_contacts()
def stop_list(request: CrmRequest) -> HttpResponse:
    """Who is never written to, found by a part of the contact or of the reason; one more by hand."""
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_new = stopping.add(form.cleaned_data["recipient"], reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Nothing goes there any more.") if is_new else _("It was on the list already."))
        return redirect("messaging:stop_list")
    text = request.GET.get("q", "")
    page = Paginator(stopping.found(text), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "lines": stopping.told(list(page)), "text": text, "lifted": request.session.pop(LIFTED, None),
    }  # fmt: skip
    return render(request, "messaging/stop_list.html", context, status=422 if form.errors else 200)


@require_POST
@admins
def lift_stop(request: CrmRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(StopEntry, pk=pk)
    request.session[LIFTED] = {"recipient": entry.recipient, "sealed": stopping.lift(entry, by=request.user)}
    return redirect("messaging:stop_list")


@require_POST
@admins
def put_stop_back(request: CrmRequest) -> HttpResponse:
    try:
        stopping.put_back(request.POST.get("sealed", ""), by=request.user)
        messages.success(request, _("Put back as it was."))
    except BadSignature:
        messages.warning(request, _("It is too late to put it back: add it once more."))
    return redirect("messaging:stop_list")

"""Clients without advertising: turned on and off by whoever may change programs, and what shows so far."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from analytics import snapshots
from analytics.pages import Asked, start
from campaigns import quiet
from campaigns.everything import FIGURE
from campaigns.forms.programs import QuietForm
from campaigns.models import Quiet
from stores.chain_day import day_of
from stores.models import ChainRight, Role
from stores.policies import CrmRequest, allowed, managers_look


@require_http_methods(["GET", "POST"])
@managers_look(ChainRight.PROGRAMS)
def without_advertising(request: CrmRequest) -> HttpResponse:
    today = day_of(timezone.now())
    form = QuietForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        quiet.turn_on(percent=form.cleaned_data["percent"], by=request.user, today=today)
        messages.success(request, _("From now on these clients get no advertising."))
        return redirect("campaigns:without_advertising")
    asked = Asked(request)
    shown = snapshots.shown(FIGURE.name, asked.as_of_today, store=asked.store)
    start(shown)
    told = (shown.data or {}).get("all") or {}
    context = {
        **asked.context(), "form": form, "standing": quiet.current(today), "shown": shown,
        "told": told if told.get("since") else None, "times": Quiet.objects.select_related("by", "ended_by")[:20],
    }  # fmt: skip
    return render(request, "campaigns/quiet.html", context, status=422 if form.is_bound else 200)


@require_POST
@allowed(Role.MANAGER, Role.ADMIN, right=ChainRight.PROGRAMS)
def end_quiet(request: CrmRequest, pk: int) -> HttpResponse:
    if quiet.turn_off(get_object_or_404(Quiet, pk=pk), by=request.user, today=day_of(timezone.now())):
        messages.success(request, _("From now on everybody gets advertising again, as the consents allow it."))
    return redirect("campaigns:without_advertising")

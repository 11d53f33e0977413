"""The terms of loyalty: what holds and held, a form for the next version, and what it would have cost in the last year."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from analytics.figures import trial
from analytics.forms import TakersForm
from analytics.shown import charts
from loyalty import forms as loyalty_forms
from loyalty import selectors as loyalty_selectors
from loyalty import services as loyalty_services
from loyalty.forms import TermsForm, TierFormSet
from stores.chain_day import day_of
from stores.models import ChainRight
from stores.policies import CrmRequest, permitted
from stores.selectors import whole_number

TIERS = "tiers"


@require_http_methods(["GET", "POST"])
@permitted(ChainRight.TERMS)
def terms(request: CrmRequest) -> HttpResponse:
    """Versions, the next one, and its trial: ``act=try`` bills the last year anew, ``act=publish`` writes the version."""
    today, versions = day_of(timezone.now()), loyalty_selectors.versions()
    newest = versions[0] if versions else None
    if request.method == "GET":
        base = next((one for one in versions if one.pk == whole_number(request.GET.get("from", ""))), newest)
        start, rows = loyalty_forms.as_typed(base, today)
        form = TermsForm(initial={**start, "based_on": newest.pk if newest else None}, today=today, newest=newest)
        return _page(request, form, TierFormSet(initial=rows, prefix=TIERS), TakersForm(), base=base)
    form, tiers = TermsForm(request.POST, today=today, newest=newest), TierFormSet(request.POST, prefix=TIERS)
    takers = TakersForm(request.POST)
    if not (form.is_valid() & tiers.is_valid() & takers.is_valid()):
        return _page(request, form, tiers, takers, status=422)
    said = form.said(tiers)
    if request.POST.get("act") != "publish":
        tried = trial.tried(said, today, takers=takers.cleaned_data["takers"])
        return _page(request, form, tiers, takers, tried=tried, charts=charts.of_trial(tried))
    made = loyalty_services.publish(said, since=form.cleaned_data["since"], by=request.user)
    messages.success(request, _("The terms are written: they hold from %(day)s.") % {"day": f"{made.since:%d.%m.%Y}"})
    return redirect("analytics:terms")


def _page(request: CrmRequest, form: TermsForm, tiers: Any, takers: TakersForm, status: int = 200, **more: Any) -> HttpResponse:
    versions = loyalty_selectors.versions()
    live = loyalty_selectors.terms_on(form.today)
    context = {"form": form, "tiers": tiers, "takers": takers, "versions": versions, "live": live, "today": form.today, **more}
    return render(request, "analytics/terms/terms.html", context, status=status)

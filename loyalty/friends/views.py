"""Friends: who brought a client is asked on the card; the list and the terms have a page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clients.models import Client
from imports.exports import page_of
from loyalty.friends import acts
from loyalty.friends.forms import ReferralTermsForm
from loyalty.friends.words import Friends
from loyalty.models import Referral, ReferralTerms
from stores.chain_day import day_of
from stores.models import ChainRight
from stores.policies import CrmRequest, everybody, managers, permitted


@require_GET
@managers
def friends(request: CrmRequest) -> HttpResponse:
    """Who brought whom, and what it brings."""
    return _page(request)


def _page(request: CrmRequest, form: ReferralTermsForm | None = None) -> HttpResponse:
    terms = ReferralTerms.objects.live_on(day_of(timezone.now())).first()
    found = page_of(request, Referral.objects.select_related("referrer", "friend", "by"))
    context = {"page": found, "terms": terms, "form": form or ReferralTermsForm(instance=terms)}
    return render(request, "loyalty/friends.html", context, status=422 if form else 200)


@require_POST
@permitted(ChainRight.TERMS)
def publish(request: CrmRequest) -> HttpResponse:
    form = ReferralTermsForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    ReferralTerms.objects.create(since=day_of(timezone.now()), by=request.user, **form.cleaned_data)
    messages.success(request, _("The terms hold from today. Friends who came before keep theirs."))
    return redirect("loyalty:friends")


@require_POST
@everybody
def bring(request: CrmRequest, pk: int) -> HttpResponse:
    friend, text = get_object_or_404(Client.objects.live(), pk=pk), request.POST.get("referrer", "")
    if why := Friends().brought(friend.pk, text, request.user):
        messages.error(request, why)
    else:
        messages.success(request, _("Written down: brought by %(name)s.") % {"name": acts.referrer_of(text)})
    return redirect("pages:card", pk=pk)

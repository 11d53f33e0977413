"""The page of what goes together: pairs by hand, with a way back, and those that receipts tell of."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from imports.exports import page_of
from purchases.companions import acts, telling
from purchases.companions.forms import PairForm
from purchases.models import Companion
from stores.chain_day import day_of
from stores.models import ChainRight
from stores.policies import CrmRequest, managers_look, permitted


@require_http_methods(["GET", "POST"])
@managers_look(ChainRight.PROGRAMS)
def companions(request: CrmRequest) -> HttpResponse:
    """What is offered beside what; a new pair."""
    form = PairForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.make(form.base, form.beside, form.cleaned_data["words"], on=_today(), by=request.user)
        if made:
            words = ngettext(
                "Pairs made: %(n)s. It is offered from now on.", "Pairs made: %(n)s. They are offered from now on.", len(made)
            )
            messages.success(request, words % {"n": len(made)})
        else:
            messages.warning(request, _("This pair is there already."))
        return redirect("purchases:companions")
    page = page_of(request, Companion.objects.standing().filter(origin="found").order_by("-lift_low", "pk"))
    context = {
        "form": form, "by_hand": telling.by_hand(), "ended": telling.ended(), "page": page, "told": telling.told(page),
        "may_change": request.user.may(ChainRight.PROGRAMS),
    }  # fmt: skip
    return render(request, "purchases/companions.html", context, status=422 if form.errors else 200)


@require_POST
@permitted(ChainRight.PROGRAMS)
def take_out(request: CrmRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Companion.objects.by_hand(), pk=pk)
    if acts.take_out(pair.pk, on=_today(), by=request.user):
        messages.success(request, _("Taken out: %(pair)s. You can put it back below.") % {"pair": pair})
    else:
        messages.info(request, _("This pair was taken out before."))
    return redirect("purchases:companions")


@require_POST
@permitted(ChainRight.PROGRAMS)
def put_back(request: CrmRequest, pk: int) -> HttpResponse:
    pair = get_object_or_404(Companion.objects.by_hand().exclude(ended_on=None), pk=pk)
    if acts.put_back(pair, on=_today(), by=request.user):
        messages.success(request, _("It is offered again: %(pair)s.") % {"pair": pair})
    else:
        messages.info(request, _("This pair is there already."))
    return redirect("purchases:companions")


def _today() -> date:
    return day_of(timezone.now())

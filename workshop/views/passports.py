"""Passport data in clear: for a reason that is written down, in one's own stores alone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from stores.policies import CrmRequest, everybody
from workshop import passports
from workshop.forms import WhyForm
from workshop.views.desk import own
from workshop.views.requests import page


@never_cache
@require_POST
@everybody
def open_passport(request: CrmRequest, pk: int) -> HttpResponse:
    found, form = own(request, pk), WhyForm(request.POST)
    if not form.is_valid():
        return page(request, pk, status=422, why=form)
    try:
        whole = passports.open_whole(found, why=form.cleaned_data["why"], by=request.user)
    except (passports.SealError, passports.KeyMissingError):
        messages.error(request, _("The data cannot be opened: their key is missing. Tell the admin."))
        return redirect("workshop:service", pk=pk)
    if whole is None:
        raise Http404
    return page(request, pk, whole=whole)

"""The admin's page of MoySklad: whose documents are asked for, since when, and what it answered last."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from exchange import pulling
from exchange.forms import PullForm
from exchange.models import Pull
from stores.chain_day import day_of, ends_of
from stores.policies import CrmRequest, admins


@require_http_methods(["GET", "POST"])
@admins
def pulls(request: CrmRequest) -> HttpResponse:
    """A token given for a source that has one takes its place."""
    form = PullForm(request.POST or None, initial={"since": day_of(timezone.now())})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        pulling.begin(said["source"], said["token"], since=ends_of(said["since"])[0])
        messages.success(request, _("Documents are asked for within a minute."))
        return redirect("exchange:pulls")
    status = 422 if form.is_bound else 200
    context = {"form": form, "pulls": Pull.objects.select_related("source")}
    return render(request, "exchange/pulls.html", context, status=status)


@require_POST
@admins
def switch(request: CrmRequest, pk: int) -> HttpResponse:
    """On: it goes on from where it was."""
    pulling.switch(get_object_or_404(Pull, pk=pk), on=request.POST.get("to") == "on")
    return redirect("exchange:pulls")

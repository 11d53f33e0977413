"""The rights of the person: all that we hold, to read and to take away, and erasure with its act."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clients import rights
from clients.forms import ErasureForm
from clients.models import Client, Erasure
from clients.rights import NotErasableError
from imports.exports import page_of
from stores.lookups import shows_contacts
from stores.models import ChainRight, ExportRecord, Role
from stores.policies import CrmRequest, allowed, managers
from stores.selectors import counter

erasers = allowed(Role.MANAGER, Role.ADMIN, right=ChainRight.CARDS)


@require_GET
@managers
@shows_contacts()
def everything(request: CrmRequest, pk: int) -> HttpResponse:
    """A page to read or print; ``?json`` gives a file. Who took it is written down."""
    client = get_object_or_404(Client.objects.live().of_stores(counter(request).stores), pk=pk)
    told = rights.everything_about(client)
    ExportRecord.objects.create(what="person", rows=sum(map(len, told.values())), query=f"card={pk}", by=request.user)
    if "json" in request.GET:
        response = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
        response["Content-Disposition"] = f'attachment; filename="carat-{pk}.json"'
        return response
    return render(request, "clients/everything.html", {"client": client, "told": told})


@require_http_methods(["GET", "POST"])
@erasers
@shows_contacts()
def erase(request: CrmRequest, pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.live(), pk=pk)
    form = ErasureForm(request.POST or None, client=client)
    if request.method == "POST" and form.is_valid():
        try:
            act = rights.erase(client, basis=form.cleaned_data["basis"], by=request.user)
        except NotErasableError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Erased. This is the act."))
            return redirect("clients:erasure", pk=act.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/erase.html", {"client": client, "form": form}, status=status)


@require_GET
@erasers
def erasures(request: CrmRequest) -> HttpResponse:
    """Cards that must go, and the acts about those that went."""
    context = {"page": page_of(request, Erasure.objects.select_related("by")), "to_erase": rights.to_erase()}
    return render(request, "clients/erasures.html", context)


@require_GET
@erasers
def erasure(request: CrmRequest, pk: int) -> HttpResponse:
    """The act, to print."""
    return render(request, "clients/erasure.html", {"act": get_object_or_404(Erasure.objects.select_related("by"), pk=pk)})

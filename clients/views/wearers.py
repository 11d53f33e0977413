"""People whom a client buys for, on the client's card."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients import giving
from clients.beside_forms import WearerForm
from clients.models import Client, Wearer
from stores.models import Employee
from stores.opened import ChangedMeanwhileError
from stores.policies import CrmRequest, everybody


@require_http_methods(["GET", "POST"])
@everybody
def wearer(request: CrmRequest, pk: int, wearer_pk: int | None = None) -> HttpResponse:
    """A new one, or one to change."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    there = Wearer.objects.all() if request.method == "POST" else Wearer.objects.kept()
    known = get_object_or_404(there, pk=wearer_pk, client=client) if wearer_pk else Wearer(client=client)
    form = WearerForm(request.POST or None, wearer=known)
    if request.method == "POST" and form.is_valid():
        try:
            kept = _written(form, request.user)
            messages.success(request, _("%(name)s is written down.") % {"name": kept.first_name})
            return redirect("pages:card", pk=pk)
        except ChangedMeanwhileError as changed:
            form.ask(changed)
        except Wearer.DoesNotExist:
            form.add_error(
                None, _("Somebody removed this person meanwhile; bring them back on the card. What you typed stands below.")
            )
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/wearer.html", {"client": client, "form": form, "wearer": known}, status=status)


def _written(form: WearerForm, by: Employee) -> Wearer:
    if form.wearer.pk:
        return giving.change(form.wearer, edit=form.edit(), read=form.standing, by=by)
    return giving.keep(form.apply(), by=by)


@require_POST
@everybody
def forget_wearer(request: CrmRequest, pk: int, wearer_pk: int) -> HttpResponse:
    gone = giving.forget(get_object_or_404(Client.objects.live(), pk=pk), wearer_pk, now=timezone.now())
    if gone:
        messages.success(
            request, _("%(name)s is forgotten; until tomorrow the card can bring them back.") % {"name": gone.first_name}
        )
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def remember_wearer(request: CrmRequest, pk: int, wearer_pk: int) -> HttpResponse:
    if back := giving.remember(get_object_or_404(Client.objects.live(), pk=pk), wearer_pk):
        messages.success(request, _("%(name)s is written down.") % {"name": back.first_name})
    return redirect("pages:card", pk=pk)

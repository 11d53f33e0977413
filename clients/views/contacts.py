"""Further phones and e-mails on the card."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clients import contacts
from clients.beside_forms import ContactForm
from clients.contacts import HeldError
from clients.models import Client, ContactBeside
from clients.services import PhoneTakenError
from stores.lookups import shows_contacts
from stores.models import Employee
from stores.opened import ChangedMeanwhileError
from stores.policies import CrmRequest, everybody


@require_http_methods(["GET", "POST"])
@everybody
@shows_contacts()
def contact(request: CrmRequest, pk: int, contact_pk: int | None = None) -> HttpResponse:
    """A new one, or one to correct."""
    client = get_object_or_404(Client.objects.live(), pk=pk)
    known = _of(client, contact_pk) if contact_pk else ContactBeside(client=client)
    form = ContactForm(request.POST or None, contact=known)
    if request.method == "POST" and form.is_valid() and _kept(form, known, request.user):
        return redirect("pages:card", pk=pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "clients/contact.html", {"client": client, "form": form}, status=status)


def _kept(form: ContactForm, known: ContactBeside, by: Employee) -> bool:
    """Whether it is written down; where it is not, the form says why."""
    wanted = ContactBeside(client=known.client, **form.wanted()) if known.pk is None else known
    try:
        contacts.keep(wanted, by=by, edit=form.edit() if known.pk else None)
    except HeldError:
        form.add_error("value", _("The card has this contact already."))
        return False
    except ChangedMeanwhileError as changed:
        form.ask(changed)
        return False
    return True


@require_POST
@everybody
def make_main(request: CrmRequest, pk: int, contact_pk: int) -> HttpResponse:
    found = _of(get_object_or_404(Client.objects.live(), pk=pk), contact_pk)
    try:
        contacts.make_main(found, by=request.user)
        messages.success(request, _("The client is written to at %(contact)s from now on.") % {"contact": found.shown})
    except PhoneTakenError as taken:
        messages.error(request, _("This phone is on the card of %(name)s.") % {"name": taken.holder.full_name})
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def remove(request: CrmRequest, pk: int, contact_pk: int) -> HttpResponse:
    client = get_object_or_404(Client.objects.live(), pk=pk)
    contacts.remove(_of(client, contact_pk), by=request.user, now=timezone.now())
    messages.success(request, _("The contact is removed; until tomorrow the card can bring it back."))
    return redirect("pages:card", pk=pk)


@require_POST
@everybody
def bring_back(request: CrmRequest, pk: int, contact_pk: int) -> HttpResponse:
    removed = get_object_or_404(ContactBeside, pk=contact_pk, client=get_object_or_404(Client.objects.live(), pk=pk))
    try:
        contacts.bring_back(removed, by=request.user)
    except HeldError:
        messages.error(request, _("The card has this contact already."))
    return redirect("pages:card", pk=pk)


def _of(client: Client, contact_pk: int) -> ContactBeside:
    return get_object_or_404(ContactBeside.objects.kept(), pk=contact_pk, client=client)

"""Intake: the visitor's card, the envelopes of a ticket, photos and passport, all in one transaction."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from clients import services as clients_services
from clients.models import Client
from stores.models import Employee, Store
from workshop import passports, photos, tickets
from workshop.forms import TicketForms, VisitorForm
from workshop.models import ServicePhoto, ServiceRequest
from workshop.terms import current_agreement


class Taken(NamedTuple):
    """The ticket, and whether answers of the visitor differ from their card."""

    ticket: list[ServiceRequest]
    differing: bool = False


def take_in(forms: TicketForms, *, by: Employee) -> Taken | None:
    """Save what valid forms say. None, with the words at the fields, where something is missing for a card.

    The same form twice gives the ticket of the first time. Raises PhoneTakenError and passports.KeyMissingError.
    """
    if again := ServiceRequest.objects.filter(form_key=forms.first.cleaned_data["form_key"]).first():
        return Taken(list(ServiceRequest.objects.beside(again).order_by("envelope")))
    with transaction.atomic():
        client, differing = _card(forms.visitor, by, forms.terms.store)
        if client is None or not all(form.check_owner(client) for form in forms.envelopes()):
            transaction.set_rollback(True)
            return None
        return Taken(_save(forms, client, by), differing)


def _save(forms: TicketForms, client: Client, by: Employee) -> list[ServiceRequest]:
    envelopes = list(forms.envelopes())
    requests = [form.request_for(client) for form in envelopes]
    agreement = current_agreement(forms.terms.today)
    for request in requests:
        request.agreement = agreement
    ticket = tickets.take_in_together(requests, by=by)
    if ticket[0] is requests[0]:
        # Before the photos: files stay where a transaction is taken back.
        if forms.passport_asked:
            passports.keep(ticket[0], forms.passport.cleaned_data, by=by)
        for form, request in zip(envelopes, ticket, strict=True):
            photos.add(request, form.cleaned_data["photos"], ServicePhoto.Moment.BEFORE, by=by)
    return ticket


def _card(form: VisitorForm, by: Employee, store: Store) -> tuple[Client | None, bool]:
    """The visitor's card: the one chosen, with what they gave now filled in; else a new complete one."""
    details, client, no_email = form.details(), form.cleaned_data["client"], form.cleaned_data["no_email"]
    if client:
        done = clients_services.complete_card(client, found=details, by=by, no_email=no_email, origin="service desk")
        clients_services.record_consents(client, form.yeses(), by=by, where=store)
        return client, bool(done.differing)
    if _lacks(form):
        return None, False
    if form.cleaned_data["behind"]:
        holder = Client.objects.live().filter(pk=form.cleaned_data["behind"], phone=details.phone).first()
        if holder:
            behind = clients_services.register_behind(
                holder, details, by=by, store=store, consents=form.consents(), no_email=no_email
            )
            return behind, False
    made = clients_services.register(
        details, by=by, store=store, consents=form.consents(), no_email=no_email, origin="service desk"
    )
    return made, False


def _lacks(form: VisitorForm) -> bool:
    """Whether a new card would lack something; then the words are at the fields."""
    needed = ("first_name", "phone") if form.cleaned_data["no_email"] else ("first_name", "phone", "email")
    lacking = [name for name in needed if not getattr(form.details(), name)]
    for name in lacking:
        form.add_error(name, _("A new client: this is needed for the card."))
    if not form.cleaned_data["consent_personal_data"]:
        lacking.append("consent_personal_data")
        form.add_error("consent_personal_data", _("Without this consent a card cannot be kept."))
    return bool(lacking)

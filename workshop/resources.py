"""Service requests as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import ListField, SafeResource, column
from imports.specs import filled
from workshop import telling
from workshop.listing.spec import SERVICES
from workshop.models import ServiceRequest


def _work(request: ServiceRequest) -> str:
    """The work in words; where nobody wrote any, its kind."""
    return request.work if filled(request.work) else request.get_kind_display()


class ServiceResource(SafeResource):
    """One row for a service request; what comes out is a services' list again."""

    number = ListField(SERVICES, "number", "number")
    accepted_on = ListField(SERVICES, "accepted_on", "accepted_on")
    store = ListField(SERVICES, "store", "store__name")
    own_request = ListField(SERVICES, "own_request", "pk")
    client = ListField(SERVICES, "own", "client__pk")
    name = ListField(SERVICES, "full_name", "client__full_name")
    phone = ListField(SERVICES, "phone", "client__phone_shown")
    work = ListField(SERVICES, "kind", _work)
    size_from = ListField(SERVICES, "size_from", "size_from")
    size_to = ListField(SERVICES, "size_to", "size_to")
    description = ListField(SERVICES, "description", "description")
    status = ListField(SERVICES, "status", "get_status_display")
    due_on = column(_("Due"), "due_on")
    price = ListField(SERVICES, "price", "price")


class BoardResource(SafeResource):
    """One row for a request as the workshop's board shows it: where it lies, and who works at it."""

    has_contacts = False
    ticket = column(_("Ticket"), str)
    accepted_on = column(_("Taken in"), "accepted_on")
    client = column(_("Client"), "client")
    kind = column(_("Kind of work"), "get_kind_display")
    place = column(_("Store"), telling.place_of)
    master = column(_("Master"), "master")
    due_on = column(_("Due"), "due_on")
    status = column(_("Status"), "get_status_display")
    price = column(_("Price of the work"), "price")

"""Service requests as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import SafeResource, column
from workshop.models import ServiceRequest


class ServiceResource(SafeResource):
    """One row for a service request."""

    number = column(_("Ticket"), "number")
    accepted_on = column(_("Taken in"), "accepted_on")
    store = column(_("Store"), "store__name")
    client = column(_("Card"), "client__pk")
    name = column(_("Full name"), "client__full_name")
    phone = column(_("Phone"), "client__phone_shown")
    work = column(_("Service"), "work")
    description = column(_("The piece"), "description")
    status = column(_("Status"), "get_status_display")
    due_on = column(_("Due"), "due_on")
    price = column(_("Price"), "price")

    class Meta:
        model = ServiceRequest
        fields = ("number", "accepted_on", "store", "client", "name", "phone", "work", "description", "status", "due_on",
                  "price")  # fmt: skip

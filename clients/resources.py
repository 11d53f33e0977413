"""Cards as an export gives them."""

from django.utils.translation import gettext_lazy as _

from clients.models import Client
from imports.resources import SafeResource, column


class ClientResource(SafeResource):
    """One row for a card; the list that comes back is a clients' list again."""

    pk = column(_("Card"), "pk")
    last_name = column(_("Surname"), "last_name")
    first_name = column(_("First name"), "first_name")
    middle_name = column(_("Patronymic"), "middle_name")
    birth_date = column(_("Birth date"), "birth_date")
    phone = column(_("Phone"), "phone_shown")
    email = column(_("E-mail"), "email")
    store = column(_("Store"), "home_store__name")
    registered_on = column(_("Registered"), "registered_on")
    state = column(_("State"), "get_state_display")
    note = column(_("Note"), "note")

    class Meta:
        model = Client
        fields = ("pk", "last_name", "first_name", "middle_name", "birth_date", "phone", "email", "store", "registered_on",
                  "state", "note")  # fmt: skip

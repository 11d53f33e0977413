"""The clients of a program as an export gives them."""

from django.utils.translation import gettext_lazy as _

from imports.resources import SafeResource, column


class ReachedResource(SafeResource):
    """One row for a client behind a number of a program's page."""

    pk = column("№", "pk")
    client = column(_("Client"), "full_name")
    phone = column(_("Phone"), "phone_shown")
    email = column(_("E-mail"), "email")
    store = column(_("Home store"), "home_store")

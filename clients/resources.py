"""Cards as an export gives them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.listing.spec import CLIENTS
from clients.models import Client, ContactBeside
from clients.writing import phones
from imports.resources import ListField, SafeResource, column


def _birth_date(card: Client) -> object:
    """The date, or what a list said instead: a birthday without its year."""
    return card.birth_date or card.as_written.get("birth_date", "")


def _kept(card: Client) -> list[ContactBeside]:
    """Further contacts of a card whose ``contacts_beside`` are prefetched, but for those that were taken off it."""
    return [contact for contact in card.contacts_beside.all() if not contact.removed_at]


def _further_phones(card: Client) -> str:
    return ", ".join(phones.national(contact.value) for contact in _kept(card) if "@" not in contact.value)


def _further_emails(card: Client) -> str:
    return ", ".join(contact.value for contact in _kept(card) if "@" in contact.value)


class ClientResource(SafeResource):
    """One row for a card; the list that comes back is a clients' list again."""

    # The number is Carat's own and is nobody's code: it finds the card again where the name agrees.
    pk = ListField(CLIENTS, "own", "pk")
    last_name = ListField(CLIENTS, "last_name", "last_name")
    first_name = ListField(CLIENTS, "first_name", "first_name")
    middle_name = ListField(CLIENTS, "middle_name", "middle_name")
    birth_date = ListField(CLIENTS, "birth_date", _birth_date)
    phone = ListField(CLIENTS, "phone", "phone_shown")
    phone2 = ListField(CLIENTS, "phone2", _further_phones)
    email = ListField(CLIENTS, "email", "email")
    email2 = ListField(CLIENTS, "email2", _further_emails)
    postal_address = ListField(CLIENTS, "postal_address", "postal_address")
    store = ListField(CLIENTS, "store", "home_store__name")
    registered_on = ListField(CLIENTS, "registered_on", "registered_on")
    heard_from = ListField(CLIENTS, "heard_from", lambda card: card.heard_from or "")
    state = column(_("State"), "get_state_display")
    note = ListField(CLIENTS, "note", "note")


class LackingResource(SafeResource):
    """One row for a card that is not as it should be, with what it lacks."""

    client = column(_("Client"), "full_name")
    phone = column(_("Phone"), "phone_shown")
    email = column(_("E-mail"), "email")
    lacks = column(_("Lacks"), "missing_shown")
    store = column(_("Home store"), "home_store")


class ToCompleteResource(LackingResource):
    """The same of an incomplete card, with what its list said instead of what is lacking."""

    written = column(_("The list said instead"), lambda client: "; ".join(client.as_written.values()))

    class Meta:
        export_order = ("client", "phone", "email", "lacks", "written", "store")


class PairResource(SafeResource):
    """One row for two cards that may be one person's."""

    first = column(pgettext_lazy("of a client", "Card"), "first")
    first_phone = column(_("Phone"), "first__phone_shown")
    second = column(pgettext_lazy("of a client", "Card"), "second")
    second_phone = column(_("Phone"), "second__phone_shown")
    likeness = column(_("Likeness"), lambda pair: round(pair.score, 2))

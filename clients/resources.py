"""Cards as an export gives them."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from clients.listing.spec import CLIENTS
from clients.models import Client, ContactBeside
from imports.resources import ListField, SafeResource, column

PHONE, EMAIL = ContactBeside.Kind.PHONE, ContactBeside.Kind.EMAIL


def _further(kind: str, at: int) -> Callable[[Client], str]:
    """The card's further contact of a kind, by its place among them; of cards with ``contacts_beside`` prefetched."""

    def shown(client: Client) -> str:
        kept = [contact.shown for contact in client.contacts_beside.all() if contact.kind == kind and not contact.removed_at]
        return kept[at] if at < len(kept) else ""

    return shown


class ClientResource(SafeResource):
    """One row for a card; the list that comes back is a clients' list again."""

    # No list knows this column: the number is Carat's own and is nobody's code.
    pk = column("Carat №", "pk")
    last_name = ListField(CLIENTS, "last_name", "last_name")
    first_name = ListField(CLIENTS, "first_name", "first_name")
    middle_name = ListField(CLIENTS, "middle_name", "middle_name")
    birth_date = ListField(CLIENTS, "birth_date", "birth_date")
    phone = ListField(CLIENTS, "phone", "phone_shown")
    phone2 = ListField(CLIENTS, "phone2", _further(PHONE, 0))
    phone3 = ListField(CLIENTS, "phone3", _further(PHONE, 1))
    phone4 = ListField(CLIENTS, "phone4", _further(PHONE, 2))
    email = ListField(CLIENTS, "email", "email")
    email2 = ListField(CLIENTS, "email2", _further(EMAIL, 0))
    email3 = ListField(CLIENTS, "email3", _further(EMAIL, 1))
    store = ListField(CLIENTS, "store", "home_store__name")
    registered_on = ListField(CLIENTS, "registered_on", "registered_on")
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

    first = column(_("Card"), "first")
    first_phone = column(_("Phone"), "first__phone_shown")
    second = column(_("Card"), "second")
    second_phone = column(_("Phone"), "second__phone_shown")
    likeness = column(_("Likeness"), lambda pair: round(pair.score, 2))

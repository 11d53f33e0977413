"""What a manager may take out of Carat: of their own stores, for a period, noted down."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clients.models import Client
from clients.resources import ClientResource
from imports.exports import CSV, XLSX
from imports.resources import MOST_ROWS, SafeResource
from messaging.models import Message
from messaging.resources import MessageResource
from purchases.models import Piece
from purchases.resources import PieceResource
from stores.forms import CrmForm
from stores.models import Store
from workshop.models import ServiceRequest
from workshop.resources import ServiceResource


class Extract(NamedTuple):
    """A kind of export: its words, its columns, and its rows of some stores between two days, both included."""

    label: str | Promise
    resource: type[SafeResource]
    rows: Callable[[list[Store], date, date], "QuerySet[Any]"]


def _clients(stores: list[Store], first: date, last: date) -> "QuerySet[Client]":
    """Cards that came into being in the period."""
    made = Q(registered_on__range=(first, last)) | Q(registered_on=None, created_at__date__range=(first, last))
    return (
        Client.objects.live()
        .of_stores(stores)
        .filter(made)
        .select_related("home_store")
        .prefetch_related("contacts_beside")
        .order_by("pk")
    )


def _pieces(stores: list[Store], first: date, last: date) -> "QuerySet[Piece]":
    """Pieces of receipts that stand, and behind them those of voided ones, which say so."""
    sold = Piece.objects.filter(purchase__store__in=stores, purchase__sold_on__range=(first, last))
    return (
        sold.select_related("purchase__store", "purchase__client")
        .prefetch_related("purchase__tenders")
        .order_by(F("purchase__voided_at").asc(nulls_first=True), "purchase__sold_on", "pk")
    )


def _services(stores: list[Store], first: date, last: date) -> "QuerySet[ServiceRequest]":
    taken = ServiceRequest.objects.filter(store__in=stores, accepted_on__range=(first, last))
    return taken.select_related("store", "client").order_by("accepted_on", "pk")


def _messages(stores: list[Store], first: date, last: date) -> "QuerySet[Message]":
    home = Q(client__home_store__in=stores) | Q(client__home_store=None)
    return Message.objects.filter(home, created_at__date__range=(first, last)).select_related("client").order_by("pk")


EXTRACTS = {
    "clients": Extract(pgettext_lazy("people who buy", "clients"), ClientResource, _clients),
    "purchases": Extract(_("Purchases"), PieceResource, _pieces),
    "services": Extract(_("Services"), ServiceResource, _services),
    "messages": Extract(_("Messages"), MessageResource, _messages),
}


class ExportForm(CrmForm):
    """What, of which store, of which days, and as what."""

    what = forms.ChoiceField(label=_("What"))
    store = forms.TypedChoiceField(label=_("Store"), required=False, coerce=int, empty_value=None)
    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label=_("As"), choices=[(XLSX, "Excel"), (CSV, "CSV")])

    def __init__(self, *args: Any, stores: list[Store], **kwargs: Any) -> None:
        today = timezone.localdate()
        begin = {"first": today - timedelta(days=30), "last": today, "kind": XLSX}
        super().__init__(*args, initial=begin, **kwargs)
        self.stores = stores
        self.fields["what"].choices = [(name, str(extract.label).capitalize()) for name, extract in EXTRACTS.items()]  # type: ignore[attr-defined]
        self.fields["store"].choices = [("", _("all of mine")), *((s.pk, s.name) for s in stores)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order, and no more rows than one can wait for."""
        said = super().clean() or {}
        if not self.errors:
            if said["first"] > said["last"]:
                raise ValidationError({"last": _("The last day is before the first.")})
            chosen = [store for store in self.stores if said["store"] in (None, store.pk)]
            said["rows"] = EXTRACTS[said["what"]].rows(chosen, said["first"], said["last"])
            count = said["rows"].count()
            if count > MOST_ROWS:
                text = _("These are %(count)s rows; an export holds %(most)s. Choose a store or fewer days.")
                raise ValidationError({"first": text % {"count": count, "most": MOST_ROWS}})
        return said

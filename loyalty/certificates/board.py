"""The list of certificates: narrowed by its address, counted and summed beside its filters, and as a file."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter

from imports.resources import ListField, SafeResource, column
from loyalty.certificates.listing import CERTIFICATES
from loyalty.models import Certificate
from loyalty.models.certificates import SOON
from stores.filters import KeyFilter, Narrowing
from stores.models import Store

STATES = {
    "open": pgettext_lazy("certificates", "hold"),
    "soon": pgettext_lazy("certificates", "end within 30 days"),
    "spent": pgettext_lazy("certificates", "spent"),
    "ended": pgettext_lazy("certificates", "ended"),
    "cancelled": pgettext_lazy("certificates", "cancelled"),
}


def _standing(today: date) -> dict[str, Q]:
    live = Q(cancelled_at=None)
    return {
        "open": live & Q(left__gt=0, until_on__gte=today),
        "soon": live & Q(left__gt=0, until_on__range=(today, today + SOON)),
        "spent": live & Q(left=0),
        "ended": live & Q(left__gt=0, until_on__lt=today),
        "cancelled": Q(cancelled_at__isnull=False),
    }


def certificates_of(stores: Iterable[Store], text: str = "") -> QuerySet[Certificate]:
    """Those that these stores sold; by a whole code of any store, for it is paid by in all of them."""
    by_code = Certificate.objects.of_code(text).values("pk")
    found = Certificate.objects.filter(pk__in=by_code) if by_code else Certificate.objects.filter(store__in=stores)
    return found.select_related("store", "client", "seller").order_by("-pk")


class CertificateFilter(Narrowing):
    """Certificates of a state and a store."""

    state = ChoiceFilter(choices=list(STATES.items()), method="standing")
    store = KeyFilter()
    q = CharFilter(method="coded")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def standing(self, found: "QuerySet[Certificate]", name: str, state: str) -> "QuerySet[Certificate]":
        return found.filter(_standing(self.today)[state])

    def coded(self, found: "QuerySet[Certificate]", name: str, text: str) -> "QuerySet[Certificate]":
        return found.of_code(text)  # type: ignore[attr-defined, no-any-return]


def counts(found: "QuerySet[Certificate]", today: date) -> dict[str, int]:
    """How many stand at each state. One query."""
    return found.order_by().aggregate(**{name: Count("pk", filter=state) for name, state in _standing(today).items()})


class Totals(NamedTuple):
    """What was sold, what was bought by it, and what is owed to whoever holds the rest."""

    sold: Decimal
    spent: Decimal
    left: Decimal


def totals(found: "QuerySet[Certificate]") -> Totals:
    """Sums of a list without what was cancelled. One query."""
    nothing = Decimal(0)
    sums = found.order_by().filter(cancelled_at=None)
    told = sums.aggregate(sold=Sum("amount", default=nothing), left=Sum("left", default=nothing))
    return Totals(told["sold"], told["sold"] - told["left"], told["left"])


def state_of(certificate: Certificate, today: date) -> str:
    """Where a certificate stands, by the names of ``STATES``."""
    if certificate.cancelled_at:
        return "cancelled"
    if not certificate.left:
        return "spent"
    if certificate.until_on < today:
        return "ended"
    return "soon" if certificate.until_on <= today + SOON else "open"


class CertificateResource(SafeResource):
    """One row for a certificate; what comes out is a list of certificates again."""

    has_contacts = False
    code = ListField(CERTIFICATES, "number", lambda one: one.number or str(one))
    sold_on = ListField(CERTIFICATES, "sold_on", "sold_on")
    store = ListField(CERTIFICATES, "store", "store__name")
    amount = ListField(CERTIFICATES, "amount", "amount")
    spent = column(pgettext_lazy("certificates", "Spent"), "spent")
    left = ListField(CERTIFICATES, "left", "left")
    paid_by = column(_("Paid by"), "get_paid_by_display")
    until_on = ListField(CERTIFICATES, "until", "until_on")
    client = column(_("Buyer"), "client")
    seller = column(_("Seller"), "seller")
    cancelled = ListField(CERTIFICATES, "cancelled", lambda one: localtime(one.cancelled_at).date() if one.cancelled_at else "")

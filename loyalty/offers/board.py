"""The list of coupons: narrowed by its address, counted beside its filters, and as a file."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter

from imports.resources import SafeResource, column
from loyalty import codes
from loyalty.models import Right
from stores.filters import Narrowing

STATES = {
    "open": pgettext_lazy("coupons", "hold"),
    "used": pgettext_lazy("coupons", "used up"),
    "ended": pgettext_lazy("coupons", "ended"),
    "revoked": pgettext_lazy("coupons", "revoked"),
}
WHOSE = {"anyone": _("coupons"), "personal": _("personal offers")}


def _standing(today: date) -> dict[str, Q]:
    not_revoked = Q(revoked_at=None)
    return {
        "open": not_revoked & Q(uses_left__gt=0, until_on__gte=today),
        "used": not_revoked & Q(uses_left=0),
        "ended": not_revoked & Q(uses_left__gt=0, until_on__lt=today),
        "revoked": Q(revoked_at__isnull=False),
    }


def with_sums() -> QuerySet[Right]:
    """Coupons with ``times`` used and what was ``taken`` off by them."""
    stands = Q(used__isnull=False, used__back_on=None)
    return (
        Right.objects.select_related("client", "by")
        .annotate(times=Count("used", filter=stands), taken=Sum("used__amount", filter=stands, default=Decimal(0)))
        .order_by("-pk")
    )


class RightFilter(Narrowing):
    """Coupons of a state, open or personal, of a name or a code."""

    state = ChoiceFilter(choices=list(STATES.items()), method="standing")
    whose = ChoiceFilter(choices=list(WHOSE.items()), method="given_to")
    q = CharFilter(method="named")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def standing(self, rights: "QuerySet[Right]", name: str, state: str) -> "QuerySet[Right]":
        return rights.filter(_standing(self.today)[state])

    def given_to(self, rights: "QuerySet[Right]", name: str, whose: str) -> "QuerySet[Right]":
        return rights.filter(client__isnull=whose == "anyone")

    def named(self, rights: "QuerySet[Right]", name: str, text: str) -> "QuerySet[Right]":
        return rights.filter(Q(code_key__in=codes.readings(text)) | Q(name__icontains=text.strip()))


def counts(rights: "QuerySet[Right]", today: date) -> dict[str, int]:
    """How many stand at each state. One query."""
    return rights.order_by().aggregate(**{name: Count("pk", filter=state) for name, state in _standing(today).items()})


def state_of(right: Right, today: date) -> str:
    """Where a coupon stands, by the names of ``STATES``."""
    if right.revoked_at:
        return "revoked"
    if not right.uses_left:
        return "used"
    return "open" if right.until_on >= today else "ended"


class RightResource(SafeResource):
    """One row for a coupon."""

    has_contacts = False
    code = column(_("Code"), "code")
    name = column(pgettext_lazy("of a coupon", "Name"), "name")
    gives = column(_("Gives"), "gives")
    client = column(_("Client"), "client")
    from_on = column(_("Holds from"), "from_on")
    until_on = column(_("Holds until"), "until_on")
    uses = column(_("Uses"), "uses")
    uses_left = column(_("Uses left"), "uses_left")
    taken = column(_("Taken off"), "taken")


def last_uses(right: Right, most: int = 50) -> Any:
    """Uses of a coupon, the newest first."""
    return right.used.select_related("by").order_by(F("pk").desc())[:most]

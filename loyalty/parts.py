"""What loyalty keeps about clients: their share in an account, and its bonuses."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from loyalty import joining, services
from loyalty.models import Entry, Lot, Member
from stores.chain_day import day_of


class LoyaltyPart:
    """The ``ClientPart`` of loyalty."""

    stays: ClassVar[Mapping[str, str | Promise]] = {"bonuses": gettext_lazy("the card stays: it has bonuses")}

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing here waits for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """An account is opened with its first bonuses, or for a family."""
        return {pk: "bonuses" for (pk,) in Member.objects.present().filter(client__in=clients).values_list("client")}

    def counted(self, client: int) -> dict[str, int]:
        """Two queries."""
        member = Member.objects.present().filter(client=client).first()
        return {_("bonuses"): sum(Lot.objects.filter(account=member.account_id).values_list("left", flat=True))} if member else {}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return joining.join(absorbed, survivor, on=day_of(timezone.now()))

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        joining.part(moved, absorbed, survivor, on=day_of(timezone.now()))

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Lots and moves of the accounts that the person has a share in. Three queries."""
        accounts = list(Member.objects.present().filter(client=client).values_list("account", flat=True))
        lots = Lot.objects.filter(account__in=accounts).order_by("pk")
        moves = Entry.objects.filter(lot__account__in=accounts).order_by("pk")
        return {
            _("Bonuses"): moving.describe_rows(lots, ("source", "amount", "left", "from_on", "until_on")),
            _("Moves of bonuses"): moving.describe_rows(moves, ("on", "kind", "amount")),
        }

    def reason_not_to_erase(self, client: int) -> str:
        """Bonuses never stand against it."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """The person has a share no more; bonuses that are nobody's then are taken back. Their sums stay for the figures."""
        for member in Member.objects.present().filter(client=client):
            services.leave(member, on=day_of(timezone.now()))
        return {"bonuses": Member.objects.filter(client=client).count()}

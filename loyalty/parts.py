"""What loyalty keeps about clients: their share in an account with its bonuses, offers and certificates."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import moving
from loyalty import joining, services
from loyalty.friends import acts as friends_acts
from loyalty.friends import following
from loyalty.models import Certificate, Entry, Lot, LoyaltyCard, Member, Referral, ReferralStatus, Right, VoidReason
from loyalty.offers import acts as offers
from stores.chain_day import day_of

TABLES = (Right, Certificate)
RIGHT_FIELDS = ("name", "code_key", "benefit", "value", "from_on", "until_on", "uses_left")
FRIEND_FIELDS = ("on", "status")
CARD_FIELDS = ("shown", "issued_on", "status")
CERTIFICATE_FIELDS = ("sold_on", "amount", "left", "until_on")


class LoyaltyPart:
    """The ``ClientPart`` of loyalty."""

    stays: ClassVar[Mapping[str, str | Promise]] = {
        "bonuses": gettext_lazy("the card stays: it has bonuses"),
        "rights": gettext_lazy("the card stays: it has a personal offer"),
        "friends": gettext_lazy("the card stays: a friend brought it, or it brought one"),
        "certificates": gettext_lazy("the card stays: it bought a certificate"),
    }

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing here waits for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """An account is opened with its first bonuses, or for a family."""
        pairs = Referral.objects.filter(Q(friend__in=clients) | Q(referrer__in=clients)).values_list("friend", "referrer")
        held = {pk: "friends" for pair in pairs for pk in pair if pk in clients}
        held |= {pk: "certificates" for (pk,) in Certificate.objects.filter(client__in=clients).values_list("client")}
        held |= {pk: "rights" for (pk,) in Right.objects.filter(client__in=clients).values_list("client")}
        return held | {pk: "bonuses" for (pk,) in Member.objects.present().filter(client__in=clients).values_list("client")}

    def counted(self, client: int) -> dict[str, int]:
        """Four queries."""
        member = Member.objects.present().filter(client=client).first()
        left = sum(Lot.objects.filter(account=member.account_id).values_list("left", flat=True)) if member else 0
        counted = {_("bonuses"): left, _("personal offers"): Right.objects.filter(client=client).count()}
        counted[_("certificates")] = Certificate.objects.filter(client=client).count()
        return {label: many for label, many in counted.items() if many}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        moved = joining.join(absorbed, survivor, on=day_of(timezone.now()))
        moved |= following.move(absorbed, survivor, on=day_of(timezone.now()))
        return {**moved, **moving.move_rows(TABLES, absorbed, survivor)}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        moving.restore_rows(TABLES, moved, absorbed, survivor)
        following.restore(moved, absorbed, survivor)
        joining.part(moved, absorbed, survivor, on=day_of(timezone.now()))

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Lots, moves and cards of the accounts that the person has a share in, their offers and certificates. Seven queries."""
        accounts = list(Member.objects.present().filter(client=client).values_list("account", flat=True))
        lots = Lot.objects.filter(account__in=accounts).order_by("pk")
        moves = Entry.objects.filter(lot__account__in=accounts).order_by("pk")
        return {
            _("Bonuses"): moving.describe_rows(lots, ("source", "amount", "left", "from_on", "until_on")),
            _("Moves of bonuses"): moving.describe_rows(moves, ("on", "kind", "amount")),
            _("Personal offers"): moving.describe_rows(Right.objects.filter(client=client).order_by("pk"), RIGHT_FIELDS),
            _("Certificates"): moving.describe_rows(Certificate.objects.filter(client=client).order_by("pk"), CERTIFICATE_FIELDS),
            _("Friends"): moving.describe_rows(Referral.objects.filter(referrer=client).order_by("pk"), FRIEND_FIELDS),
            _("Plastic cards"): moving.describe_rows(
                LoyaltyCard.objects.filter(account__in=accounts).order_by("pk"), CARD_FIELDS
            ),
        }

    def reason_not_to_erase(self, client: int) -> str:
        """Bonuses never stand against it."""
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """The person has a share no more, and no offers; an account that is nobody's is emptied. Sums stay for figures."""
        offers.revoke_of(client)
        waiting = Referral.objects.filter(Q(friend=client) | Q(referrer=client), status=ReferralStatus.REGISTERED)
        friends_acts.void(waiting, VoidReason.ERASED, on=day_of(timezone.now()))
        for member in Member.objects.present().filter(client=client):
            services.leave(member, on=day_of(timezone.now()))
            if not Member.objects.present().filter(account=member.account_id).exists():
                LoyaltyCard.objects.filter(account=member.account_id).delete()
        held = {"bonuses": Member, "rights": Right, "certificates": Certificate}
        return {name: table._default_manager.filter(client=client).count() for name, table in held.items()}

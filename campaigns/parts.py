"""What programs and campaigns keep about clients: by whom and when they were chosen."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import touching
from campaigns.evenings.parts import EveningsPart
from campaigns.models import Arm, Touch, TouchState, WhyOut
from clients import moving
from messaging.models import Errand, Message, MessageState, Reason

EVENINGS = EveningsPart()


class CampaignsPart:
    """The ``ClientPart`` of campaigns, with clubs and evenings: an app has one."""

    stays: ClassVar[Mapping[str, str | Promise]] = {
        "touches": gettext_lazy("the card stays: a program has chosen it"), **EVENINGS.stays,
    }  # fmt: skip

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing here waits for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        """Who was left alone for comparison has no message, and is needed all the same."""
        touched = dict.fromkeys(Touch.objects.filter(client__in=clients).values_list("client", flat=True), "touches")
        return EVENINGS.holdings(clients) | touched

    def counted(self, client: int) -> dict[str, int]:
        """Three queries."""
        chosen = Touch.objects.compared().filter(client=client).count()
        return {_("times chosen by programs"): chosen} | EVENINGS.counted(client)

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        """Rounds that chose one card alone are the survivor's; of a round that chose both, the survivor's touch speaks.

        The other stays with its card, out of the comparison, and what it set going is called off.
        """
        twin = Touch.objects.filter(source=OuterRef("source"), round=OuterRef("round"), client=survivor)
        twins = list(Touch.objects.filter(Exists(twin), client=absorbed).order_by("pk"))
        told = [[touch.pk, touch.arm, touch.reason, touch.state] for touch in twins]
        Touch.objects.filter(pk__in=[touch.pk for touch in twins]).update(
            arm=Arm.OUT, reason=WhyOut.MERGED, state=TouchState.OVER
        )
        alone = Touch.objects.filter(client=absorbed).exclude(pk__in=[touch.pk for touch in twins])
        moved = list(alone.order_by("pk").values_list("pk", flat=True))
        alone.update(client=survivor)
        return {"touches": moved, "twins": told, **_call_off(twins), **EVENINGS.move(absorbed, survivor)}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Each round is whose it was; a message that was called off waits again by messaging's own rules."""
        EVENINGS.restore(moved, absorbed, survivor)
        Touch.objects.filter(pk__in=moved.get("touches", []), client=survivor).update(client=absorbed)
        for pk, arm, reason, state in moved.get("twins", []):
            Touch.objects.filter(pk=pk, client=absorbed, reason=WhyOut.MERGED).update(arm=arm, reason=reason, state=state)
        quieted = Message.objects.filter(pk__in=moved.get("messages", []), reason=Reason.MERGED, expires_at__gt=timezone.now())
        quieted.update(state=MessageState.PENDING, reason="")
        dropped = Errand.objects.filter(pk__in=moved.get("errands", []), outcome=Errand.Outcome.DROPPED, done_at=None)
        dropped.update(outcome=Errand.Outcome.OPEN)

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        """Three queries."""
        chosen = Touch.objects.compared().filter(client=client).order_by("pk")
        told = {_("Chosen by programs"): moving.describe_rows(chosen, ("counted_from", "source", "way"))}
        return told | EVENINGS.describe(client)

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Who was in which arm stays for the figures; nothing more happens."""
        touches = Touch.objects.filter(client=client)
        touching.end(touches, WhyOut.CARD)
        return {"touches": touches.count()} | EVENINGS.erase(client, contacts)


def _call_off(twins: Collection[Touch]) -> dict[str, list[int]]:
    """What waits of these touches does not go. Returns the keys of messages and errands."""
    keys = [touch.key(step) for touch in twins for step in range(1, 4)]
    messages = Message.objects.filter(occasion_key__in=keys, state=MessageState.PENDING)
    errands = Errand.objects.filter(occasion_key__in=keys, outcome=Errand.Outcome.OPEN)
    found = {"messages": list(messages.values_list("pk", flat=True)), "errands": list(errands.values_list("pk", flat=True))}
    messages.update(state=MessageState.SUPPRESSED, reason=Reason.MERGED)
    errands.update(outcome=Errand.Outcome.DROPPED)
    return found

"""Two wordings against each other: whether a campaign is large enough to tell, and which of them brought more buyers.

Those who are written to are split by a hash with a salt of its own, so that the comparison with the held arm knows nothing of it.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from analytics.figures import statistics
from analytics.figures.experiments import FEW_BUYERS, Says
from campaigns import touching
from campaigns.models import Arm, Campaign, Touch, Variant
from campaigns.once.forecasting import USUAL_SHARE, Outlook

# A wording that brings so many points more is worth knowing of.
GAP, HALF = 0.05, 0.5
ROWS = """
SELECT touch.variant, COUNT(*), SUM(CASE WHEN EXISTS (SELECT 1 FROM visits_visit AS visit WHERE {bought}) THEN 1 ELSE 0 END)
FROM campaigns_touch AS touch WHERE touch.source = %s AND touch.variant <> '' GROUP BY touch.variant
"""


def needed() -> int:
    """How many have to be written to, so that ``GAP`` over the usual share of buyers shows in four campaigns of five."""
    return statistics.needed(USUAL_SHARE, GAP, HALF)


class Room(NamedTuple):
    """How many a draft writes to by the way that was chosen, as far as that is counted; None before."""

    clients: int | None

    @property
    def is_enough(self) -> bool:
        return self.clients is not None and self.clients >= needed()

    @property
    def why_not(self) -> str:
        """Why no second wording is offered; empty where it is."""
        if self.clients is None:
            return _("Two texts can be tried against each other once it is counted how many get them.")
        if self.is_enough:
            return ""
        words = _(
            "A second text is not offered: %(clients)s get this one, and it takes %(needed)s to tell which brings more buyers."
        )
        return words % {"clients": self.clients, "needed": needed()}


def room_for(campaign: Campaign, found: Outlook) -> Room:
    return Room(found.reached.get(campaign.way, 0) * (100 - campaign.holdout) // 100)


def split(campaign: Campaign, *, phase: str) -> int:
    """Each who is written to by the way that was chosen gets one of the two wordings by lot. Returns how many.

    Nobody does where there is one wording, or where so few would tell nothing: everybody gets the first then.
    """
    if not campaign.has_second:
        return 0
    mine = Touch.objects.filter(source=campaign.source, arm=Arm.TREATED, way=campaign.way)
    return touching.split(campaign.source, phase=phase, way=campaign.way) if Room(mine.count()).is_enough else 0


def told(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Buyers of both, and how many more the second brought (Newcombe's interval); nothing where nobody was split."""
    sides = {variant: {"clients": int(clients), "bought": int(bought)} for variant, clients, bought in rows}
    if sides.keys() != set(Variant.values):
        return {}
    first, second = sides[Variant.A], sides[Variant.B]
    bought, clients = (second["bought"], first["bought"]), (second["clients"], first["clients"])
    found = statistics.difference(bought, clients)
    expected = sum(bought) / sum(clients) * min(clients)
    says = Says.TOO_FEW if expected < FEW_BUYERS else _said(found)
    return {"a": first, "b": second, "interval": list(found), "says": str(says)}


def _said(found: statistics.Interval) -> Says:
    return Says.MORE if found.low > 0 else Says.LESS if found.high < 0 else Says.UNCLEAR

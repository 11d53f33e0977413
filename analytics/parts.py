"""What the figures keep about clients: the names of record holders, and what employees wrote in names of questions and boards."""

import json
from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext

from analytics.models import Board, Segment, Snapshot
from clients.models import Client
from clients.writing.mentions import Somebody

# Tells whose the records are.
NAMING = "breakdown"


class AnalyticsPart:
    """The ``ClientPart`` of analytics. Figures follow receipts by the stale days; only names have to be forgotten here."""

    stays: ClassVar[Mapping[str, str | Promise]] = {}

    def appeared(self, clients: Collection[int]) -> None:
        """Nothing waits here for a card."""

    def holdings(self, clients: Collection[int]) -> dict[int, str]:
        return {}

    def counted(self, client: int) -> dict[str, int]:
        return {}

    def move(self, absorbed: int, survivor: int) -> dict[str, Any]:
        return {}

    def restore(self, moved: Mapping[str, Any], absorbed: int, survivor: int) -> None:
        """Nothing was moved."""

    def describe(self, client: int) -> dict[str, list[dict[str, Any]]]:
        return {}

    def reason_not_to_erase(self, client: int) -> str:
        return ""

    def erase(self, client: int, contacts: list[str]) -> dict[str, int]:
        """Figures that name clients are computed anew when somebody looks, or by night; a saved question about them goes, and a
        board that bears their name gets a plain one."""
        Snapshot.objects.filter(figure=NAMING).delete()
        card = Client.objects.get(pk=client)
        said = Somebody(card.last_name, card.first_name, card.birth_date, contacts)
        for pk, name, definition in Segment.objects.values_list("pk", "name", "definition"):
            asked = f"{name} {json.dumps(definition, ensure_ascii=False)}"
            if said.is_named_in(asked) or said.is_in([asked]):
                Segment.objects.filter(pk=pk).delete()
        for pk, name in Board.objects.values_list("pk", "name"):
            if said.is_named_in(name) or said.is_in([name]):
                Board.objects.filter(pk=pk).update(name=gettext("Board %(n)s") % {"n": pk})
        return {}

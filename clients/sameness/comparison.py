"""Two cards side by side, for the person who decides whether they are one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from clients import parts
from clients.models import Client, Pair
from clients.parts import holdings_counted
from clients.sameness import merging
from clients.sameness.merging import Word
from stores.texts import writing

# Lines of a heading, and letters of a line.
LAST, LONGEST = 5, 120


class Fact(NamedTuple):
    """A fact of both cards as a page shows it; ``taken`` is the side that is proposed."""

    field: str
    label: str
    survivor: str
    absorbed: str
    taken: str

    @property
    def differs(self) -> bool:
        return self.survivor != self.absorbed and bool(self.survivor and self.absorbed)


class Comparison(NamedTuple):
    """What the page of a merge shows. ``joined`` facts are kept of both; ``histories``: heading, the last lines of each card."""

    survivor: Client
    absorbed: Client
    facts: list[Fact]
    words: list[Word]
    survivor_holds: dict[str, int]
    absorbed_holds: dict[str, int]
    pair: Pair | None
    joined: list[Fact]
    histories: list[tuple[str, list[str], list[str]]]


def compare_cards(survivor: Client, absorbed: Client) -> Comparison:
    """A number of queries that does not depend on the cards."""
    first, second = sorted((survivor.pk, absorbed.pk))
    return Comparison(
        survivor, absorbed, [_fact(field, survivor, absorbed) for field in merging.FACTS],
        merging.consents_together(survivor, absorbed), holdings_counted(survivor.pk), holdings_counted(absorbed.pk),
        Pair.objects.filter(first=first, second=second).first(),
        [_fact(field, survivor, absorbed) for field in merging.JOINED], _histories(survivor, absorbed),
    )  # fmt: skip


def _histories(survivor: Client, absorbed: Client) -> list[tuple[str, list[str], list[str]]]:
    """What each app tells of the two, the newest last: enough to see whether one person could have done it."""
    mine, theirs = _history(survivor), _history(absorbed)
    return [(heading, mine.get(heading, []), theirs.get(heading, [])) for heading in {**mine, **theirs}]


def _history(client: Client) -> dict[str, list[str]]:
    told = {heading: rows for part in parts.every() for heading, rows in part.describe(client.pk).items() if rows}
    return {heading: [_line(row) for row in rows[-LAST:]] for heading, rows in told.items()}


def _line(row: Mapping[str, Any]) -> str:
    words = " · ".join(str(value) for value in row.values() if value)
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"


def _fact(field: str, survivor: Client, absorbed: Client) -> Fact:
    label = str(Client._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    mine, theirs = _shown(survivor, field), _shown(absorbed, field)
    return Fact(field, label, mine, theirs, "absorbed" if theirs and not mine else "survivor")


def _shown(client: Client, field: str) -> str:
    if field == "phone":
        return client.phone_shown
    if field == "home_store_id":
        return str(client.home_store or "")
    display = getattr(client, f"get_{field}_display", None)
    value: Any = display() if display else getattr(client, field)
    return writing.short_day(value) if field == "birth_date" else str(value or "")

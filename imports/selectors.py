"""Lists and their rows for a screen."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from imports import intake, services, values
from imports.models import ImportState, ListImport, Outcome, StagedRow
from imports.specs import BACK, ListSpec

CHANGED = ~Q(planned="")
STAYED = ~Q(undone__in=["", BACK])


def sources() -> list[str]:
    """Where lists came from so far. One query."""
    return list(ListImport.objects.order_by("source").values_list("source", flat=True).distinct()[:50])


class Tally(NamedTuple):
    """A way to look at the rows: its name in the address, its words, and how many rows it shows."""

    show: str
    label: str
    rows: int


def rows_shown(found: ListImport, show: str) -> QuerySet[StagedRow]:
    """The rows of an outcome, or of one of the other ways to look at them; all for anything else."""
    rows = found.rows.select_related("replaced_by")
    if show in Outcome.values:
        return rows.filter(outcome=show)
    ways = {"open": services.waiting_rows(found), "changed": rows.filter(CHANGED), "stayed": rows.filter(STAYED)}
    return ways.get(show, rows.all())


def overview(found: ListImport) -> dict[str, Any]:
    """What the page of a list shows beside its rows. One query."""
    spec = intake.spec_of(found)
    more = found.rows.aggregate(
        open=Count("pk", filter=Q(decision="", replaced_by=None) & (Q(outcome=Outcome.CONFLICT) | ~Q(likeness=""))),
        decided=Count("pk", filter=~Q(decision="")),
        changed=Count("pk", filter=CHANGED),
        stayed=Count("pk", filter=STAYED),
        replaced=Count("pk", filter=~Q(replaced_by=None)),
    )
    return {
        "list": found,
        "spec": spec,
        "counts": [Tally(outcome.value, str(outcome.label), found.counts.get(outcome.value, 0)) for outcome in Outcome],
        "more": more,
        "columns": columns(found),
        "to_say": values.open_writings(found),
        "undoable": found.state in (ImportState.APPLIED, ImportState.PAUSED),
    }


def columns(found: ListImport) -> list[tuple[str, str]]:
    """Header as written → what it was taken for."""
    spec, taken = intake.spec_of(found), {place: name for name, place in found.layout.get("columns", {}).items()}
    return [
        (header, str(spec.column(taken[at]).label) if at in taken else "")
        for at, header in enumerate(intake.headers_shown(found))
    ]


def next_to_settle(found: ListImport, *, after: int = 0) -> StagedRow | None:
    """The next row that waits for a decision, from the beginning again after the last. Two queries."""
    waiting = services.waiting_rows(found).order_by("number")
    return waiting.filter(number__gt=after).first() or waiting.first()


class Pair(NamedTuple):
    """A fact as the card has it and as the list says it."""

    label: str
    card: str
    row: str
    differs: bool


def side_by_side(found: ListImport, row: StagedRow) -> dict[str, Any]:
    """A row beside the card that it contradicts or resembles. One query of the card."""
    spec = intake.spec_of(found)
    card = row.resembles or row.subject
    facts, said = spec.facts(card) if card else {}, intake.written(found, row.raw)
    if not facts and row.earlier:
        facts, card = _said_earlier(found, row.earlier), None
    return {
        "spec": spec,
        "card": card if facts else None,
        "earlier": row.earlier,
        "pairs": _pairs(spec, facts, said, row),
        "choices": [(choice, str(at)) for at, choice in enumerate(spec.choices(row), start=1)],
    }


def _said_earlier(found: ListImport, number: int) -> dict[str, str]:
    """What an earlier row of the list says, which is all that a preview knows of its card."""
    row = found.rows.filter(number=number).first()
    return intake.written(found, row.raw) if row else {}


def _pairs(spec: ListSpec, facts: Mapping[str, str], said: Mapping[str, str], row: StagedRow) -> list[Pair]:
    named = [column for column in spec.columns if said.get(column.name) or (facts.get(column.name) and column.name in said)]
    planned = {field: str(was or "") for field, (was, _brings) in row.changes.items()}
    return [
        Pair(
            str(column.label), facts.get(column.name, planned.get(column.name, "")), said.get(column.name, ""),
            column.name in row.changes,
        )
        for column in named
    ]  # fmt: skip

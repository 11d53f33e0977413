"""Bringing a list in, in one call."""

from pathlib import Path

from imports import intake
from imports.models import StagedRow
from imports.passes import engine


def bring(kind: str, path: Path, *, preview: bool = False, source: str = "list") -> list[StagedRow]:
    """Apply (or preview) a file; its rows in order."""
    with path.open("rb") as file:
        kept = intake.keep_file(kind, file, path.name, by=None, source=source)
    intake.read(kept)
    done = engine.preview(kept) if preview else engine.apply(kept)
    rows = list(done.rows.order_by("number"))
    assert [row.number for row in rows] == list(range(1, done.rows_total + 1))
    assert sum(done.counts.values()) == done.rows_total
    return rows


def verdicts(rows: list[StagedRow]) -> list[str]:
    return [row.outcome for row in rows]

"""Bringing a list in, in one call."""

from pathlib import Path

from imports import intake, services, values
from imports.models import ListImport, StagedRow
from imports.passes import engine
from stores.models import Employee


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


def answer(found: ListImport, by: Employee, **said: dict[str, str]) -> ListImport:
    """Say what writings mean, as ``column={"writing": "meaning"}``, and let the worker do its part."""
    asked = [one for one in values.questions(found) if one.said.text in said.get(one.said.column, {})]
    assert len(asked) == sum(map(len, said.values()))
    services.answer_values(found, [(one, said[one.said.column][one.said.text]) for one in asked], by=by)
    return engine.advance(ListImport.objects.get(pk=found.pk))

"""How a list and its rows look in words."""

from django import template

from imports import intake, specs
from imports.models import ListImport, StagedRow
from imports.specs import ListSpec

register = template.Library()


@register.filter
def beside(cells: list[str], columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cells of a row with the headers that they stand under."""
    headers = [header for header, _taken in columns]
    return [(headers[at] if at < len(headers) else "", cell) for at, cell in enumerate(cells)]


@register.filter
def list_kind(kind: str) -> str:
    """The kind of a list in words."""
    spec = specs.registered().get(kind)
    return str(spec.label) if spec else kind


@register.filter
def said_by(reason: str, spec: ListSpec) -> str:
    """Why a row ended so, in the words of its list."""
    return spec.say(reason)


@register.filter
def at(cells: list[str], place: int) -> str:
    """The cell of a row at a place; rows may be shorter than the widest."""
    return cells[place] if place < len(cells) else ""


@register.filter
def column_of(name: str, spec: ListSpec) -> str:
    """A column of a list in words."""
    return str(spec.column(name).label).lower()


@register.filter
def suggested(row: StagedRow, found: ListImport) -> str:
    """What a broken cell of a row may have meant."""
    return "" if row.decision else specs.registered()[found.spec].suggest(intake.values_of(found, row.raw))


@register.filter
def changes_by(row: StagedRow, spec: ListSpec) -> list[tuple[str, str, str]]:
    """What a row changes or contradicts: column, what the base has, what the list brings."""
    labels = {column.name: str(column.label) for column in spec.columns}
    return [
        (labels.get(name, name), spec.shown(name, was), spec.shown(name, brings))
        for name, (was, brings) in row.changes.items()
        if not name.startswith("_")
    ]

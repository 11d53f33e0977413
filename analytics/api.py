"""The figures for spreadsheets and BI tools: the same numbers as on the pages."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from analytics import pages, snapshots
from analytics.figures.registry import FIGURES
from stores.models import Employee, Store

router = Router(tags=["figures"])


class FigureName(Schema):
    """A figure that can be asked. A ``standing`` one is as of ``last`` and has no ``first``."""

    name: str
    title: str
    standing: bool


class FigureAnswer(Schema):
    """A figure. ``stale``: sales in the past have changed days under it since ``computed_at``."""

    figure: str
    store: str | None
    first: date
    last: date
    computed_at: datetime | None
    stale: bool
    data: dict[str, Any]


class Computing(Schema):
    """The figure takes long; ask again. ``done`` of ``parts`` are ready."""

    figure: str
    done: int
    parts: int


class Refusal(Schema):
    """Why not, in words."""

    detail: str


@router.get("", response=list[FigureName], summary="Which figures there are")
def figures(request: HttpRequest) -> list[FigureName]:
    return [FigureName(name=one.name, title=str(one.title), standing=one.standing) for one in FIGURES.values()]


@router.get("{slug:name}/", response={200: FigureAnswer, 202: Computing, 404: Refusal, 422: Refusal}, summary="A figure")
def figure(
    request: HttpRequest, name: str, first: date | None = None, last: date | None = None, store: str | None = None
) -> Status[Any]:
    """Over ``first..last``, both included (the last month without them), of a store by its code or of the whole chain."""
    if name not in FIGURES:
        raise HttpError(404, f"No figure {name!r}. Known: {', '.join(FIGURES)}.")
    place = _store(request, store)
    today = place.today() if place else timezone.localdate()
    period = pages.period_of(FIGURES[name], first, last, today)
    if period.first > period.last:
        raise HttpError(422, "The period ends before it begins.")
    told = snapshots.shown(name, period, store=place)
    if told.data is None:
        assert told.pending  # noqa: S101 — one or the other
        pages.start(told)
        return Status(202, Computing(figure=name, done=told.pending.progress, parts=told.pending.parts))
    answer = FigureAnswer(
        figure=name, store=place.code if place else None, first=period.first, last=period.last, computed_at=told.computed_at,
        stale=told.stale, data=told.data,
    )  # fmt: skip
    return Status(200, answer)


def _store(request: HttpRequest, code: str | None) -> Store | None:
    """The store that is asked, where the key's employee may see it; None for the chain."""
    employee: Employee = request.auth  # type: ignore[attr-defined]
    if code:
        found = Store.objects.all().visible_to(employee).named(code)
        if found is None:
            raise HttpError(404, f"No store {code!r} among those of this key.")
        return found
    if not employee.sees_chain():
        raise HttpError(422, "This key sees some stores alone: name one of them as store.")
    return None

"""What the pages of figures share: whose figures, over which days, and a page that waits for a figure that takes long."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from analytics import snapshots, tasks
from analytics.figures import periods
from analytics.figures.periods import Period
from analytics.figures.registry import FIGURES, Figure
from analytics.shown import sheets
from imports.exports import export_table
from stores.policies import CrmRequest
from stores.selectors import counter

Fill = Callable[["Asked", dict[str, Any]], dict[str, Any]]


class Asked:
    """Whose figures and over which days an address asks: a store of the employee's, or the chain where they may see it."""

    def __init__(self, request: CrmRequest, *, default: str = "last-month") -> None:
        here = counter(request)
        self.request = request
        self.store = here.from_query()
        standing = self.store or here.store
        self.today = standing.today() if standing else timezone.localdate()
        self.presets = periods.presets(self.today)
        self.preset, self.period, self.error = periods.asked(request.GET, self.presets, default)
        self.stores = None if self.store is None else [self.store]

    @property
    def as_of_today(self) -> Period:
        return Period(self.today, self.today)

    @property
    def store_query(self) -> str:
        """The part of an address that chooses the same store."""
        return f"store={self.store.pk}" if self.store else ""

    def context(self) -> dict[str, Any]:
        """What the heads of the pages need."""
        return {
            "asked": self, "store": self.store, "period": self.period, "presets": self.presets, "preset": self.preset,
            "error": self.error, "today": self.today,
        }  # fmt: skip


def figure_page(
    request: CrmRequest, name: str, template: str, fill: Fill = lambda asked, data: {}, *, default: str = "last-month"
) -> HttpResponse:
    """A page of one figure: its data as ``data``, more of its context from ``fill``; ``?export`` gives its tables.

    Where the figure takes long, the page shows how far it is and comes by itself when it is there.
    """
    asked = Asked(request, default=default)
    period = asked.as_of_today if FIGURES[name].standing else asked.period
    told = snapshots.shown(name, period, store=asked.store)
    context = {**asked.context(), "figure": FIGURES[name], "shown": told}
    if told.data is None:
        start(told)
        return render(request, "analytics/pending.html", {**context, "pending": told.pending})
    if "export" in request.GET:
        return export_table(request, name, *sheets.table_of(told.data))
    return render(request, template, {**context, "data": told.data, **fill(asked, told.data)})


def period_of(figure: Figure, first: date | None, last: date | None, today: date) -> Period:
    """The period that a program asks: its days, else the last month; a standing figure is as of the last day alone."""
    if figure.standing:
        return Period(last or today, last or today)
    usual = periods.presets(today)["last-month"][1]
    return Period(first or usual.first, last or usual.last)


def start(told: snapshots.Shown) -> None:
    """Wake a worker for a figure that nobody computes yet."""
    if told.pending and told.starts:
        transaction.on_commit(partial(tasks.compute_asked.delay, told.pending.pk))

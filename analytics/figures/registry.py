"""The figures by name. Each is a function of a store (None is the chain) and a period that gives plain JSON.

A page, an export, ``manage.py figure`` and the REST endpoint all read the same JSON, live or from a snapshot. Public.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.figures import (
    breakdown,
    changes,
    coming_back,
    companions,
    desk,
    holidays,
    loyalty,
    occasions,
    people,
    report_json,
    returning,
    silent,
    sources,
    worth,
)
from analytics.figures.periods import Period
from stores.models import Store

Json = dict[str, Any]
MOST_MONTHS = 37
# Name of a part of a figure, and what computes it; a figure of several parts shows its progress by them.
Part = tuple[str, Callable[[Store | None, Period], Any]]


@dataclass(frozen=True)
class Figure:
    """``parts`` give the figure together. A ``standing`` figure is as of the period's last day, over all the time before it;
    ``heavy`` ones are computed while somebody waits only where there is little to count. ``reach``: the first day that the
    figure looks at; records reach back twelve months. A ``live`` one rests on more than visit days, which alone are watched for
    changes: it is small, and computed each time. One that ``ages`` rests on more, too, and is too large for that: it is kept, and
    computed anew by night, and after an hour where there is little to count."""

    name: str
    title: str | Promise
    parts: tuple[Part, ...]
    standing: bool = False
    heavy: bool = True
    live: bool = False
    ages: bool = False
    reach: Callable[[Period], date] = lambda period: min(period.first, returning.year_before(period.last))

    def rests_on(self, period: Period) -> Period:
        """The days that the figure over a period depends on; a standing one on all before its day."""
        return Period(date.min if self.standing else self.reach(period), period.last)

    def compute(self, store: Store | None, period: Period) -> Json:
        """The whole figure, live."""
        return dict(self.steps(store, period))

    def steps(self, store: Store | None, period: Period) -> Iterator[tuple[str, Any]]:
        """Part after part, as they are computed."""
        for name, part in self.parts:
            yield name, part(store, period)


def _report(store: Store | None, period: Period) -> Json:
    return report_json.as_json(returning.returning_report(*period, store=store))


def _months(store: Store | None, period: Period) -> list[Json]:
    return [report_json.month_as_json(month) for month in returning.months(period.last, count=MOST_MONTHS, store=store)]


FIGURES = {
    figure.name: figure
    for figure in (
        Figure("returning", _("Returning and new clients"), (("report", _report),), heavy=False),
        Figure(
            "months",
            _("Who comes back, month by month"),
            (("months", _months),),
            heavy=False,
            reach=lambda period: returning.month_starts(period.last, MOST_MONTHS)[0],
        ),
        Figure("breakdown", _("Who comes back, in detail"), breakdown.PARTS),
        Figure("coming-back", _("Coming back"), coming_back.PARTS, standing=True),
        Figure("silent", _("Silent"), silent.PARTS, standing=True),
        Figure("worth", _("Worth"), worth.PARTS, standing=True),
        Figure("people", _("People and stores"), people.PARTS, reach=people.reach),
        Figure("sources", _("How clients hear of us"), sources.PARTS, heavy=False, live=True),
        Figure("occasions", _("What is bought for"), occasions.PARTS, reach=lambda period: period.first),
        Figure("companions", _("What goes together"), companions.PARTS, heavy=False, live=True),
        Figure("holidays", _("Holidays"), holidays.PARTS, heavy=False, reach=holidays.reach),
        Figure("desk", _("Service desk"), desk.PARTS, heavy=False, live=True),
        Figure("loyalty", _("Loyalty"), loyalty.PARTS, heavy=False, live=True),
        Figure("changes", _("What changed"), changes.PARTS, standing=True),
    )
}


def register(figure: Figure) -> None:
    """A figure of an app to the right of this one; it calls so in ``AppConfig.ready``."""
    FIGURES[figure.name] = figure

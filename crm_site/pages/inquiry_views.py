"""How many of those who did not buy at once have bought since, with what the numbers allow to say."""

from datetime import date, timedelta
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.figures.statistics import FEW, Interval, wilson
from inquiries import selectors
from inquiries.selectors import Line
from stores.policies import CrmRequest, managers
from stores.selectors import counter, store_of

MONTHS = timedelta(days=90)


class Shown(NamedTuple):
    """A line with its share in per cent; without one where there are too few to say."""

    line: Line
    share: Interval | None


@require_GET
@managers
def inquiry_figures(request: CrmRequest) -> HttpResponse:
    """Inquiries of ninety days, or of the days that the address names."""
    today = store_of(request).today()
    first, last = _day(request, "first") or today - MONTHS, _day(request, "last") or today
    counted = selectors.counted(first, last, counter(request).stores)
    tables = (counted.stores, counted.sellers, counted.sources)
    context = {
        "first": first, "last": last, "whole": _shown(counted.whole), "reasons": counted.reasons,
        "tables": [[_shown(line) for line in lines] for lines in tables],
    }  # fmt: skip
    return render(request, "pages/inquiry_figures.html", context)


def _shown(line: Line) -> Shown:
    if line.asked < FEW:
        return Shown(line, None)
    return Shown(line, Interval(*(100 * value for value in wilson(line.won, line.asked))))


def _day(request: CrmRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None

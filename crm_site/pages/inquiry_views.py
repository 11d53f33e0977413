"""How many of those who did not buy at once have bought since, with what the numbers allow to say."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.figures.statistics import FEW, Interval, wilson
from analytics.models import VisitorCount
from inquiries import selectors
from inquiries.selectors import Line
from purchases.models import Purchase
from stores.models import Store
from stores.policies import CrmRequest, managers
from stores.selectors import counter, store_of

MONTHS = timedelta(days=90)


class Shown(NamedTuple):
    """A line with its share in per cent; without one where there are too few to say."""

    line: Line
    share: Interval | None


class Funnel(NamedTuple):
    """A store: who came in, who of them left an inquiry, how many receipts, and which part of the visitors these are."""

    store: Store
    visitors: int
    asked: int
    receipts: int
    conversion: Interval | None


def _funnel(first: date, last: date, stores: list[Store], lines: list[Line]) -> list[Funnel]:
    """From the door to the receipt, by store. Two queries. Receipts of days without a counted visitor are left out."""
    counted = VisitorCount.objects.filter(store__in=stores, day__range=(first, last), visitors__gt=0)
    came = dict(counted.order_by().values("store").annotate(n=Sum("visitors")).values_list("store", "n"))
    days = counted.filter(store=OuterRef("store"), day=OuterRef("sold_on"))
    bought = Purchase.objects.of_stores(stores).sold_between(first, last).kept().filter(Exists(days))
    receipts = dict(bought.order_by().values("store").annotate(n=Count("pk")).values_list("store", "n"))
    asked = {line.name: line.asked for line in lines}
    return [
        Funnel(store, came[store.pk], asked.get(store.name, 0), sold := receipts.get(store.pk, 0), _share(sold, came[store.pk]))
        for store in stores
        if store.pk in came
    ]


def _share(part: int, whole: int) -> Interval | None:
    """In per cent; None where there are too few to say, or more receipts than visitors: a counter that was off."""
    if whole < FEW or part > whole:
        return None
    return Interval(*(100 * value for value in wilson(part, whole)))


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
        "funnel": _funnel(first, last, counter(request).stores, counted.stores),
        "tables": [[_shown(line) for line in lines] for lines in tables],
    }  # fmt: skip
    return render(request, "pages/inquiries/inquiry_figures.html", context)


def _shown(line: Line) -> Shown:
    return Shown(line, _share(line.won, line.asked))


def _day(request: CrmRequest, name: str) -> date | None:
    try:
        return date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return None

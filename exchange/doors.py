"""Visitors as door counters tell them: kept by device and period, and added up to the visitors of the store's day."""

from datetime import datetime, timedelta
from typing import Annotated, Final, NamedTuple

from django.db import transaction
from django.db.models import Sum
from pydantic import AwareDatetime, Field, TypeAdapter

from analytics.models import VisitorCount
from exchange.documents import finding
from exchange.documents.contract import SEEN, Part, Word, text
from exchange.models import DoorCount, Source
from stores.models import Store

# More is a counter that went mad.
MOST = 100_000
LONGEST, AHEAD = timedelta(hours=24), timedelta(minutes=10)


class Visitors(Part):
    """So many came in through a door of a store from one moment to another, of one day of the store."""

    store: Word
    device: Annotated[str, text(60), SEEN]
    begins_at: AwareDatetime = Field(alias="from")
    ends_at: AwareDatetime = Field(alias="until")
    came: int = Field(alias="in", ge=0, le=MOST)


VISITORS: Final[TypeAdapter[Visitors]] = TypeAdapter(Visitors)


class PeriodError(Exception):
    """The period ends before it begins, spans two days of the store, or is still to come."""


class OverlapError(Exception):
    """The device has told another period that covers a part of this one."""


class Taken(NamedTuple):
    """The store's day, and how many came on it by all its doors."""

    told: DoorCount
    visitors: int


@transaction.atomic
def take(source: Source, told: Visitors, *, now: datetime) -> Taken:
    """Keep a period; the same once more changes nothing, another number for it takes the place of the first.

    Raises WaitsError for a store that is not known or not this source's, PeriodError, OverlapError; nothing is kept then.
    """
    store = finding.store_of(told.store, source)
    begins, ends = told.begins_at.astimezone(store.zone), told.ends_at.astimezone(store.zone)
    last = (ends - timedelta(microseconds=1)).date()
    if not begins < ends <= min(begins + LONGEST, now + AHEAD) or begins.date() != last:
        raise PeriodError
    Store.objects.select_for_update().get(pk=store.pk)  # the day's sum is made by one at a time
    others = DoorCount.objects.filter(source=source, device=told.device, begins_at__lt=ends, ends_at__gt=begins)
    if others.exclude(begins_at=begins, ends_at=ends).exists():
        raise OverlapError
    count, _is_new = DoorCount.objects.update_or_create(
        source=source, device=told.device, begins_at=begins, ends_at=ends,
        defaults={"store": store, "day": begins.date(), "came": told.came},
    )  # fmt: skip
    visitors = DoorCount.objects.filter(store=store, day=count.day).aggregate(n=Sum("came"))["n"] or 0
    VisitorCount.objects.update_or_create(store=store, day=count.day, defaults={"visitors": visitors})
    return Taken(count, visitors)

"""Who looks at how many clients' contacts: each page that shows one counts, to a bound an hour, and by day for the admin. Public.

``shows_contacts`` marks a view. What stands out is told by ``overview``; a list taken as a file is an ``ExportRecord``.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from statistics import median
from typing import Any, NamedTuple, TypeVar

import structlog
from django.core.cache import cache
from django.db.models import F, Sum
from django.shortcuts import render
from django.utils import timezone
from django_ratelimit.core import is_ratelimited

from stores import rules
from stores.models import Employee, ExportRecord, LookUps
from stores.policies import CrmRequest

log = structlog.get_logger(__name__)
View = TypeVar("View", bound=Callable[..., Any])
# A look-up itself writes to the cache alone: it is in the table after so many seconds, or when so many wait.
WRITTEN_EACH, WRITTEN_AT = 60, 20
KEPT = timedelta(days=180)
MONTH = timedelta(days=28)
# A day stands out from so many look-ups on, at so many times the person's usual day, or of their colleagues'.
WORTH_A_LOOK, TIMES = 60, 3


def shows_contacts(*, when: str = "") -> Callable[[View], View]:
    """Declare that a view shows clients' contacts; with ``when``, only where the address or the form names this."""

    def declare(view: View) -> View:
        @wraps(view)
        def counted(request: CrmRequest, *args: Any, **kwargs: Any) -> Any:
            asked = not when or request.GET.get(when) or request.POST.get(when)
            if asked and is_over(request, view.__name__):
                return render(request, "pages/limited.html", status=429)
            return view(request, *args, **kwargs)

        counted.shows_contacts = True  # type: ignore[attr-defined]
        return counted  # type: ignore[return-value]

    return declare


def is_over(request: CrmRequest, place: str) -> bool:
    """Whether this employee has looked up more than a person at a counter does (``lookups_per_hour``); counts this one."""
    rate = f"{rules.current().lookups_per_hour}/h"
    over = bool(is_ratelimited(request, group="look-ups", key="user", rate=rate, increment=True))
    if over:
        log.warning("lookups.limited", employee=request.user.pk, place=place)
    _note(request.user, place[:40], refused=over)
    return over


def _note(employee: Employee, place: str, *, refused: bool) -> None:
    """Into the cache, and from there now and then into the table."""
    kind = "refused" if refused else "shown"
    waiting = f"look-ups:{employee.pk}:{place}:{kind}"
    cache.add(waiting, 0, None)
    count = _incremented(waiting)
    is_time = cache.add(f"{waiting}:written", 1, WRITTEN_EACH) and count > 1
    if is_time or count >= WRITTEN_AT:
        cache.delete(waiting)
        _write(employee, place, kind, count)


def _incremented(key: str) -> int:
    try:
        return cache.incr(key)
    except ValueError:  # written and gone between two lines of ours
        return 1


def _write(employee: Employee, place: str, kind: str, count: int) -> None:
    row, _new = LookUps.objects.get_or_create(employee=employee, day=timezone.localdate(), place=place)
    LookUps.objects.filter(pk=row.pk).update(**{kind: F(kind) + count})


def forget(today: date) -> int:
    """Counts older than half a year go. Returns how many rows."""
    return LookUps.objects.filter(day__lt=today - KEPT).delete()[0]


class Looked(NamedTuple):
    """What one employee looked at: on the day, on a usual one of theirs, in 28 days; rows taken as files, refusals."""

    employee: Employee
    today: int
    usual: float
    month: int
    exported: int
    refused: int
    stands_out: bool


def overview(day: date) -> list[Looked]:
    """Who looked at how many on a day, those who stand out first. Three queries."""
    days = _by_day(day)
    people = {one.pk: one for one in Employee.objects.filter(pk__in=days)}
    taken = ExportRecord.objects.filter(at__date__gt=day - MONTH, at__date__lte=day).values("by").annotate(rows=Sum("rows"))
    rows = {one["by"]: one["rows"] for one in taken}
    colleagues = median([shown for of_one in days.values() for shown, _refused in of_one.values()] or [0])
    told = [_looked(people[pk], of_one, day, colleagues, rows.get(pk, 0)) for pk, of_one in days.items()]
    return sorted(told, key=lambda one: (-one.stands_out, -one.today, -one.month))


def _by_day(day: date) -> dict[int, dict[date, tuple[int, int]]]:
    found: dict[int, dict[date, tuple[int, int]]] = {}
    counted = LookUps.objects.filter(day__gt=day - MONTH, day__lte=day).values("employee", "day")
    for one in counted.annotate(all_shown=Sum("shown"), all_refused=Sum("refused")):
        found.setdefault(one["employee"], {})[one["day"]] = one["all_shown"], one["all_refused"]
    return found


def _looked(employee: Employee, days: dict[date, tuple[int, int]], day: date, colleagues: float, exported: int) -> Looked:
    today, refused = days.get(day, (0, 0))
    usual = median([shown for when, (shown, _refused) in days.items() if when != day] or [colleagues])
    stands_out = bool(refused) or (today >= WORTH_A_LOOK and today > TIMES * max(usual, colleagues / TIMES))
    return Looked(employee, today, usual, sum(shown for shown, _refused in days.values()), exported, refused, stands_out)

"""The standing figures by plain loops over visit days: slow, obvious, and independent of the SQL."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from math import floor
from typing import Any

from stores.models import Store
from visits.models import Visit

DaysByClient = defaultdict[int, dict[date, tuple[int, Decimal]]]


def visits(store: Store | None = None) -> DaysByClient:
    """Client → day → (items, total) of a scope, from the derived rows, which have a twin of their own."""
    days: DaysByClient = defaultdict(dict)
    for client, day, items, total in Visit.objects.filter(scope=store.pk if store else 0).values_list(
        "client", "day", "items", "total"
    ):
        days[client][day] = (items, total)
    return days


def cohort_counts(store: Store | None, today: date, windows: Sequence[int]) -> dict[str, list[Any]]:
    """Month → [clients, full and came again for each window]."""
    chain, here = visits(), visits(store)
    found: defaultdict[str, list[Any]] = defaultdict(lambda: [0, *([0, 0] for _ in windows)])
    for client, days in chain.items():
        first, second = [*sorted(days), None][:2]
        if first not in here.get(client, {}) or first > today:
            continue
        row = found[f"{first:%Y-%m}"]
        row[0] += 1
        for place, window in enumerate(windows, start=1):
            if first + timedelta(days=window) < today:
                row[place][0] += 1
                row[place][1] += bool(second and (second - first).days <= window)
    return dict(found)


def next_counts(store: Store | None, today: date) -> dict[int, tuple[int, int]]:
    """n → (days that were followed within a year, days whose year is over)."""
    here = visits(store)
    found: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for client, days in visits().items():
        buying = sorted(day for day, (items, _total) in days.items() if items)
        for n, day in enumerate(buying, start=1):
            if (today - day).days > 365 and here.get(client, {}).get(day, (0, 0))[0]:
                later = buying[n] if n < len(buying) else None
                found[min(n, 11)][1] += 1
                found[min(n, 11)][0] += bool(later and (later - day).days <= 365)
    return {n: (followed, over) for n, (followed, over) in found.items()}


def silences(typical: Callable[[int], float], today: date, since: date) -> tuple[Counter[date], Counter[date]]:
    """Mondays of the weeks in which regulars fell silent and came back, as the rule looked at the time."""
    fell: Counter[date] = Counter()
    back: Counter[date] = Counter()
    for client, days in visits().items():
        ordered = sorted(day for day in days if day <= today)
        for n, day in enumerate(ordered, start=1):
            if n < 2:
                continue
            alike = typical(client)
            usual = ((day - ordered[0]).days + 3 * alike) / (n - 1 + 3) if n >= 3 else alike
            silent = day + timedelta(days=floor(3 * usual + 1e-6) + 1)
            later = ordered[n] if n < len(ordered) else None
            if later is None or later >= silent:
                if since <= silent <= today:
                    fell[silent - timedelta(days=silent.weekday())] += 1
                if later and since <= later <= today:
                    back[later - timedelta(days=later.weekday())] += 1
    return fell, back

"""The day at a glance for managers, counted and written out once in half a minute for all who look at the same stores."""

from datetime import date
from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from analytics import pages, snapshots
from analytics.figures import targets, today
from analytics.figures.periods import Period
from campaigns import selectors as campaigns_selectors
from clients import selectors as clients_selectors
from messaging import selectors as messaging_selectors
from stores.models import Store
from stores.selectors import Counter
from workshop import board

KEPT = 30  # seconds


def glance(here: Counter, day: date) -> SafeString:
    """The page's part, in the reader's language. Of the chain where the employee may see it, else of their own stores; what moved
    and who is silent, of the one they stand in. Nothing in it depends on who else looks.
    """
    stores = "chain" if here.sees_chain else "-".join(str(store.pk) for store in here.stores)
    key = f"glance:{get_language()}:{day}:{stores}:{here.store and here.store.pk}"
    return cache.get_or_set(key, lambda: _written(here, day), KEPT) or SafeString()


def _written(here: Counter, day: date) -> SafeString:
    counted = _counted(here, day)
    return render_to_string("pages/home/_glance.html", {**counted, "glance": counted})


def _counted(here: Counter, day: date) -> dict[str, Any]:
    stores: list[Store] | None = None if here.sees_chain else here.stores
    store, as_of = None if here.sees_chain else here.store, Period(day, day)
    changes = snapshots.shown("changes", as_of, store=store)
    pages.start(changes)
    return {
        "compared": today.compared(day, stores), "course": today.course(day, stores), "weeks": today.weeks(day, stores),
        "standing": targets.standing(day, here.stores),
        "registered": today.registered(day, stores), "of": store and store.name,
        "changes": (changes.data or {}).get("changes"), "silent": snapshots.kept("silent", as_of, store=store),
        "outbox": messaging_selectors.pulse(stores, timezone.now()), "errands": messaging_selectors.errands_due(stores, day),
        "services": board.counts(board.board(here.stores), day), "completeness": clients_selectors.completeness(here.stores),
        "birthdays": list(campaigns_selectors.celebrating(here.stores, today=day, now=timezone.now(), limit=30)),
        "to_complete": list(clients_selectors.to_complete(here.stores)[:5]),
    }  # fmt: skip

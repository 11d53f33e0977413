"""What was done to an order, in words: taken, moved, put right, closed; what stood there, and what stands since."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from purchases.changes import Change, Told
from purchases.models import Order
from stores.texts import writing

TOLD = ("status", "article", "description", "kind", "size", "wish", "price", "due_on", "note", "cancel_reason")


def story_of(order: Order) -> list[Told]:
    """The newest first; payments stand beside it. Two queries."""
    states = list(order.history.select_related("history_user").order_by("history_id"))
    told = [Told(pgettext("an order", "taken"), state.history_user, state.history_date, []) for state in states[:1]]
    for was, now in pairwise(states):
        if changes := list(_changes(was, now)):
            told.append(Told(_act(was, now), now.history_user, now.history_date, changes))
    return told[::-1]


def _act(was: Any, now: Any) -> str:
    return str(now.get_status_display()) if was.status != now.status else _("corrected")


def _changes(was: Any, now: Any) -> Iterator[Change]:
    for name in TOLD:
        if getattr(was, name) != getattr(now, name):
            yield Change(str(Order._meta.get_field(name).verbose_name).capitalize(), _in_words(was, name), _in_words(now, name))  # type: ignore[union-attr]


def _in_words(state: Any, name: str) -> str:
    value = getattr(state, name)
    if value in (None, ""):
        return writing.NONE
    shown = {"price": writing.money, "due_on": writing.short_day, "size": writing.shortest}
    if name in shown:
        return str(shown[name](value))
    return str(getattr(state, f"get_{name}_display", lambda: value)())

"""What was taken out as a file, in words: which page, of which days and store, narrowed by how much else."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm_site.pages.exports import EXTRACTS
from stores.models import ExportRecord, Store
from stores.selectors import whole_number
from stores.texts import writing

# By how the name of a file begins: the longest that fits.
PAGES: dict[str, str | Promise] = {
    "all-clients": gettext_lazy("All clients"),
    "brought": gettext_lazy("What it all brought"),
    "calls": gettext_lazy("Calls"),
    "campaign": gettext_lazy("Clients of a campaign"),
    "certificates": gettext_lazy("Certificates"),
    "coupons": gettext_lazy("Coupons and offers"),
    "errands": gettext_lazy("Errands"),
    "expenses": gettext_lazy("Expenses"),
    "list": gettext_lazy("Outcomes of a list"),
    "loyalty": gettext_lazy("Figures of loyalty"),
    "members": gettext_lazy("Members of loyalty"),
    "orders": gettext_lazy("Orders"),
    "pairs": gettext_lazy("Cards that look alike"),
    "people": gettext_lazy("People and stores"),
    "person": gettext_lazy("All that we hold about a client"),
    "quality": gettext_lazy("Quality of the base"),
    "quality-cards": gettext_lazy("Incomplete cards"),
    "receipts": gettext_lazy("Receipts"),
    "returning": gettext_lazy("Returning and new"),
    "breakdown": gettext_lazy("Returning and new"),
    "reviews": gettext_lazy("Reviews"),
    "segment": gettext_lazy("Clients found by a question"),
    "silent": gettext_lazy("Silent clients"),
    "to-complete": gettext_lazy("Incomplete cards"),
    "units": gettext_lazy("Money"),
}
DAYS = ("first", "last")
NO_CONDITION = {"export", "page", "view", "sort", "json", "store", *DAYS}


class Taken(NamedTuple):
    """A record with what it was and what it was narrowed by, in words."""

    record: ExportRecord
    what: str
    narrowed: str


def told(records: Iterable[ExportRecord]) -> list[Taken]:
    """One query beside the records'."""
    stores = {str(store.pk): store.name for store in Store.objects.all()}
    return [Taken(record, _named(record.what), _narrowed(record.query, stores)) for record in records]


def _named(what: str) -> str:
    if what in EXTRACTS:
        return str(EXTRACTS[what].label).capitalize()
    fits = [name for name in PAGES if what == name or what.startswith(f"{name}-")]
    return str(PAGES[max(fits, key=len)]) if fits else what


def _narrowed(query: str, stores: dict[str, str]) -> str:
    if ".." in query.split(" ")[0]:  # of the page of exports itself
        span, _space, store = query.partition(" store=")
        first, last = span.split("..")
        asked = QueryDict(f"first={first}&last={last}&store={store if store != 'all' else ''}")
    else:
        asked = QueryDict(query)
    words = [_days(asked), stores.get(asked.get("store", ""), "")]
    if whole_number(asked.get("card", "")):
        words.append(_("card %(number)s") % {"number": asked["card"]})
    others = [name for name, value in asked.items() if value and name not in {*NO_CONDITION, "card"}]
    if others:
        words.append(ngettext("%(n)s condition", "%(n)s conditions", len(others)) % {"n": len(others)})
    return " · ".join(filter(None, words))


def _days(asked: QueryDict) -> str:
    try:
        first, last = (writing.short_day(date.fromisoformat(str(asked[name]))) for name in DAYS)
    except (KeyError, ValueError):
        return ""
    return first if first == last else f"{first}–{last}"

"""What to do now for the client at the counter, and the strip of their visits. No queries: the card's parts are given."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.models import Client, Occasion, Wearer
from crm_site.pages.whole_card import Told
from stores.texts.writing import day as in_words
from workshop.models import ServiceRequest, ServiceStatus

SOON = 14  # days ahead in which an occasion is worth a word
AROUND = 14  # days about the expected one
WIDTH, HEIGHT, EDGE = 640, 34, 8


class Act(NamedTuple):
    """A line of what to do: an icon, words, and where it is done, if anywhere; the sooner first."""

    icon: str
    words: str
    link: str = ""
    deed: str = ""
    tone: str = ""


def acts(card: Client, given: Mapping[str, Any], today: date) -> list[Act]:
    """In the order in which a seller would do it: hand out, call, answer, congratulate, offer, ask again."""
    return [
        *_ready(given["services"]),
        *_calls(given["errands"], today),
        *_days(card, given["occasions"], given["wearers"], today),
        *_expected(given, today),
    ]


def _ready(services: Iterable[ServiceRequest]) -> list[Act]:
    return [
        Act(
            "tool", _("Ready: %(what)s") % {"what": one.description or one.get_kind_display()},
            reverse("workshop:service", args=[one.pk]), _("Hand out"), "good",
        )
        for one in services
        if one.status == ServiceStatus.READY
    ]  # fmt: skip


def _calls(errands: Iterable[Any], today: date) -> list[Act]:
    link = reverse("messaging:errands")
    return [
        Act("phone", f"{one.reason}, {in_words(one.due_on)}", link, _("To the errand"), "warn" if one.due_on < today else "")
        for one in errands
    ]


def _days(card: Client, occasions: Iterable[Occasion], wearers: Iterable[Wearer], today: date) -> list[Act]:
    known: list[tuple[int | None, str]] = []
    if card.birth_date:
        known.append((card.birth_date.month * 100 + card.birth_date.day, _("the client's birthday")))
    known += [(occasion.day, str(occasion.kind)) for occasion in occasions]
    known += [
        (one.day, f"{one.first_name} ({one.get_relation_display()}): {one.occasion or _('birthday')}")
        for one in wearers
        if not one.forgotten_at
    ]
    coming = sorted((ahead, name) for day, name in known if (ahead := days_ahead(day, today)) is not None and ahead <= SOON)
    return [Act("calendar-heart", _in_days(ahead) % {"name": name, "n": ahead}) for ahead, name in coming]


def _in_days(ahead: int) -> str:
    if ahead == 0:
        return _("Today: %(name)s")
    return ngettext("In %(n)s day: %(name)s", "In %(n)s days: %(name)s", ahead)


def days_ahead(day: int | None, today: date) -> int | None:
    """How many days until month × 100 + day comes next; the 29th of February is kept on the 1st of March in a short year."""
    if not day:
        return None
    for year in (today.year, today.year + 1):
        try:
            found = date(year, day // 100, day % 100)
        except ValueError:
            found = date(year, 3, 1)
        if found >= today:
            return (found - today).days
    return None


def _expected(given: Mapping[str, Any], today: date) -> list[Act]:
    rhythm = given.get("rhythm")
    if rhythm is None or not given.get("usual"):
        return []
    if given.get("is_silent"):
        return [
            Act(
                "hourglass",
                _("Silent since %(day)s: glad to see them again") % {"day": in_words(rhythm.silent_from)},
                tone="warn",
            )
        ]
    if rhythm.expected_on and abs((rhythm.expected_on - today).days) <= AROUND:
        return [Act("calendar-event", _("Usually comes about %(day)s") % {"day": in_words(rhythm.expected_on)})]
    return []


class Dot(NamedTuple):
    x: float
    r: float
    bought: bool


class Year(NamedTuple):
    x: float
    year: int


class Strip(NamedTuple):
    """A picture of visits: a dot a day on a line of years, larger where more was bought, hollow where nothing was."""

    dots: list[Dot]
    years: list[Year]
    first: date
    last: date
    visits: int
    width: int = WIDTH
    height: int = HEIGHT


def strip_of(days: Sequence[Told], today: date) -> Strip | None:
    """None where there is no more than one visit: a single dot has no rhythm."""
    if len(days) < 2:
        return None
    first = date(days[0].day.year, 1, 1)
    span = max((today - first).days, 1)

    def place(day: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * min((day - first).days, span) / span, 1)

    dots = [Dot(place(one.day), round(2.5 + min(one.items, 6) * 0.5, 1), one.items > 0) for one in days]
    step = max(1, (today.year - first.year) // 6)
    years = [Year(place(date(year, 1, 1)), year) for year in range(first.year, today.year + 1, step)]
    if span - (date(years[-1].year, 1, 1) - first).days < span * 0.06:
        years.pop()
    return Strip(dots, years, days[0].day, days[-1].day, len(days))


def since_of(card: Client, days: Sequence[Told]) -> date | None:
    """Since when the chain knows the client: registered, or the first visit if that was before."""
    known = [day for day in (card.registered_on, days[0].day if days else None) if day]
    return min(known) if known else None

"""What came of calls: closed, agreed, came within the window, by topic, seller and store; and what clients complained of.

Each share with its interval.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from analytics.figures.coming_back import share
from messaging.models import Errand
from stores import chain_day
from stores.models import Employee, Store
from visits.models import CHAIN, Visit

WINDOW = timedelta(days=30)
SHOWN = ("closed", "agreed", "full", "came")
CUTS = ("topic", "seller", "store", "problem")
Told = dict[str, Any] | None


class Call(NamedTuple):
    """A closed errand. ``full``: its window is over; ``came``: a visit day lies within it; ``problem``: of a complaint."""

    pk: int
    topic: str
    seller: int | None
    store: int | None
    agreed: bool
    full: bool
    came: bool
    problem: str


class Problem(NamedTuple):
    """How many closed calls, of ``of``, named this problem; ``key`` names it in an address."""

    key: str
    name: str
    n: int
    of: int

    @property
    def share(self) -> Told:
        return share(self.n, self.of)


class Line(NamedTuple):
    """Calls of one topic, seller or store; ``key`` names it in an address. ``came`` are those of the full windows alone."""

    key: str
    name: str
    closed: int
    agreed: int
    full: int
    came: int

    @property
    def agreed_share(self) -> Told:
        return share(self.agreed, self.closed)

    @property
    def came_share(self) -> Told:
        return share(self.came, self.full)


class CallFigures(NamedTuple):
    """The whole, and its cuts by their names in an address; problems, the most frequent first."""

    total: Line
    topic: list[Line]
    seller: list[Line]
    store: list[Line]
    problem: list[Problem]


def calls(first: date, last: date, *, stores: Sequence[Store], today: date) -> list[Call]:
    """Errands of the stores that were closed on the chain's days ``first..last``, both included. Two queries."""
    period = (chain_day.ends_of(first)[0], chain_day.ends_of(last)[1])
    closed = Errand.objects.filter(store__in=stores, done_at__range=period).exclude(result="").order_by("pk")
    rows = list(closed.values_list("pk", "topic", "done_by", "store", "client", "result", "done_at", "problem"))
    days = _visit_days({row[4] for row in rows}, first, last + WINDOW)
    return [_call(row, days, today) for row in rows]


def _call(row: tuple[Any, ...], days: dict[int, list[date]], today: date) -> Call:
    pk, topic, seller, store, client, result, done_at, problem = row
    on = _day(done_at)
    visits = days.get(client, [])
    at = bisect_left(visits, on)
    came = at < len(visits) and visits[at] < on + WINDOW
    return Call(pk, topic, seller, store, result == "agreed", on + WINDOW <= today, came, problem)


def _day(moment: datetime) -> date:
    return chain_day.day_of(moment)


def _visit_days(clients: Iterable[int], first: date, last: date) -> dict[int, list[date]]:
    """Visit days of clients, in their order. One query."""
    found: dict[int, list[date]] = defaultdict(list)
    visits = Visit.objects.filter(scope=CHAIN, client__pk__any=list(clients), day__range=(first, last))
    for client, day in visits.order_by("client", "day").values_list("client", "day"):
        found[client].append(day)
    return found


def call_figures(found: Sequence[Call]) -> CallFigures:
    """The calls summed up; the cuts by how many there are. Two queries for the names."""
    sellers = {one.pk: one.short_name for one in Employee.objects.filter(pk__in={call.seller for call in found if call.seller})}
    stores = dict(Store.objects.values_list("pk", "name"))
    topics = {topic.value: str(topic.label) for topic in Errand.Topic}
    return CallFigures(
        _line("", "", found),
        _by(found, lambda call: call.topic, lambda key: topics[key]),
        _by(found, lambda call: call.seller or 0, lambda key: sellers.get(key, "—")),
        _by(found, lambda call: call.store or 0, lambda key: stores.get(key, "—")),
        _problems(found),
    )


def _problems(found: Sequence[Call]) -> list[Problem]:
    named = Counter(call.problem for call in found if call.problem)
    return [Problem(key, str(Errand.Problem(key).label), n, len(found)) for key, n in named.most_common()]


def _by(found: Sequence[Call], key: Callable[[Call], Any], name: Callable[[Any], str]) -> list[Line]:
    groups: dict[Any, list[Call]] = defaultdict(list)
    for call in found:
        groups[key(call)].append(call)
    lines = [_line(str(one), name(one), group) for one, group in groups.items()]
    return sorted(lines, key=lambda line: (-line.closed, line.name))


def _line(key: str, name: str, found: Sequence[Call]) -> Line:
    full = [call for call in found if call.full]
    return Line(key, name, len(found), sum(call.agreed for call in found), len(full), sum(call.came for call in full))


def behind(found: Sequence[Call], show: str, *, by: str, key: str) -> list[int]:
    """Keys of the errands behind a number: one of ``SHOWN``, of a line's cut and key, or of all."""
    wanted = [call for call in found if by not in CUTS or str(getattr(call, by) or 0) == key]
    match show:
        case "agreed":
            return [call.pk for call in wanted if call.agreed]
        case "full":
            return [call.pk for call in wanted if call.full]
        case "came":
            return [call.pk for call in wanted if call.full and call.came]
    return [call.pk for call in wanted]

"""What purchases' and services' lists share: whose a row is, of which store, and rows that wait for a client."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from clients.models import Client, ClientKey
from imports.models import Outcome
from imports.specs import ListContext, SourceRow, Verdict, times_before
from purchases import reading
from purchases.models import WaitingLine
from purchases.reading import BadRowError, Who
from stores import services as stores_services
from stores.models import Employee, Store


@dataclass
class Line:
    """A row of a list on its way to an outcome."""

    row: SourceRow
    who: Who
    store: Store | None
    facts: dict[str, Any]
    row_key: str = ""
    occurrence: int = 1
    client: int | None = None
    verdict: Verdict | None = None

    @property
    def key(self) -> str:
        """What the line stands for, its n-th occurrence included."""
        return reading.line_key(self.row_key, self.occurrence)


class StoreBook:
    """Stores by their name or code; a base without stores takes those of the list."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.stores = list(Store.objects.all())
        self.names = {name.lower(): store for store in self.stores for name in (store.name, store.code)}

    def take(self, wanted: Iterable[str]) -> None:
        unknown = sorted({name for name in wanted if name and " ".join(name.lower().split()) not in self.names})
        if not (unknown and self.context.takes_stores):
            return
        made = (
            stores_services.take_stores(unknown)
            if self.context.write
            else [Store(name=name, code=stores_services.store_code(name)) for name in unknown]
        )
        self.stores += made
        self.names |= {" ".join(store.name.lower().split()): store for store in made}

    def find(self, name: str) -> Store | None:
        """The store of a row; a chain of one store needs no name."""
        if name:
            return self.names.get(" ".join(name.lower().split()))
        return self.stores[0] if len(self.stores) == 1 else None


def find_clients(source: str, people: Collection[Who]) -> dict[Who, int]:
    """Cards that rows refer to: by the source's code, else by phone, else by name and birth date. Three queries."""
    codes = dict(
        ClientKey.objects.filter(source=source, key__in={w.code for w in people if w.code}).values_list("key", "client_id")
    )
    live = Client.objects.live().filter(
        Q(phone__in={w.phone for w in people if w.phone}) | Q(person_key__in={w.person_key for w in people if w.person_key})
    )
    phones: dict[str, int] = {}
    persons: dict[str, list[int]] = {}
    for client in live.only("pk", "phone", "person_key"):
        phones[client.phone or ""] = client.pk
        persons.setdefault(client.person_key, []).append(client.pk)
    found = {}
    for one in people:
        same = persons.get(one.person_key, []) if one.person_key else []
        client_id = codes.get(one.code) or phones.get(one.phone) or (same[0] if len(same) == 1 else None)
        if one and client_id:
            found[one] = client_id
    return found


class WaitingRoom:
    """Lines whose client is unknown: kept once, told apart by what they stand for."""

    def __init__(self, spec: str, context: ListContext) -> None:
        self.spec = spec
        self.context = context
        self.planned: set[str] = set()

    def keep(self, lines: Sequence[Line]) -> None:
        """Give each line its verdict: incomplete the first time, unchanged when it already waits. One query."""
        fingerprints = {line.key for line in lines}
        known = set(WaitingLine.objects.filter(fingerprint__in=fingerprints).values_list("fingerprint", flat=True))
        new = []
        for line in lines:
            waits = line.key in known | self.planned
            self.planned.add(line.key)
            line.verdict = Verdict(Outcome.UNCHANGED if waits else Outcome.INCOMPLETE, "client unknown", key=line.row_key)
            new += [] if waits else [line]
        if self.context.write:
            WaitingLine.objects.bulk_create([self._waiting(line) for line in new])

    def _waiting(self, line: Line) -> WaitingLine:
        values = {**line.row.values, "occurrence": str(line.occurrence)}
        return WaitingLine(
            spec=self.spec,
            fingerprint=line.key,
            source=self.context.source,
            code=line.who.code,
            phone=line.who.phone,
            person_key=line.who.person_key,
            values=values,
            origin=f"list {self.context.import_id} row {line.row.number}",
        )


def user(context: ListContext) -> Employee | None:
    return Employee.objects.filter(pk=context.actor_id).first() if context.actor_id else None


class LineHandler:
    """The road of every such row: read it, find its client, let it wait or settle it.

    Subclasses say how a row is read (``read``), what it stands for (``stands_for``) and how the lines
    that found their client meet the base (``settle``, which gives each its verdict).
    """

    spec = ""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.today = context.now.date()
        self.stores = StoreBook(context)
        self.waiting = WaitingRoom(self.spec, context)

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        self.stores.take(row.values.get("store", "") for row in rows)
        verdicts: dict[int, Verdict] = {}
        lines = []
        for row in rows:
            try:
                lines.append(self._line(row))
            except BadRowError as error:
                verdicts[row.number] = Verdict(Outcome.REJECTED, str(error))
        self._count_occurrences(lines)
        self._sort_out(lines)
        verdicts |= {line.row.number: line.verdict for line in lines if line.verdict}
        return [verdicts[row.number] for row in rows]

    def _line(self, row: SourceRow) -> Line:
        who = reading.who(row.values, self.today)
        store = self.stores.find(row.values.get("store", ""))
        line = Line(row, who, store, self.read(row))
        line.row_key = reading.line_key(row.values.get("store", ""), *self.stands_for(line))
        return line

    def _count_occurrences(self, lines: Sequence[Line]) -> None:
        if not lines:
            return
        seen = times_before(self.context, lines[0].row.number, {line.row_key for line in lines})
        seen = Counter(seen)
        for line in lines:
            seen[line.row_key] += 1
            line.occurrence = int(line.row.values.get("occurrence", 0)) or seen[line.row_key]

    def _sort_out(self, lines: Sequence[Line]) -> None:
        clients = find_clients(self.context.source, {line.who for line in lines if line.who})
        ready, waiting = [], []
        for line in lines:
            line.client = clients.get(line.who)
            if line.store is None:
                line.verdict = Verdict(Outcome.CONFLICT, "store", line.client, line.row_key)
            elif line.client is None and (line.who or not self.may_be_nobodys):
                waiting.append(line)
            else:
                ready.append(line)
        self.waiting.keep(waiting)
        self.settle(ready)

    may_be_nobodys = True

    def read(self, row: SourceRow) -> dict[str, Any]:
        """Facts of the row. Raises BadRowError."""
        raise NotImplementedError

    def stands_for(self, line: Line) -> tuple[object, ...]:
        raise NotImplementedError

    def settle(self, lines: Sequence[Line]) -> None:
        raise NotImplementedError

"""What purchases' and services' lists share: whose a row is, of which store, and rows that wait for a client."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from clients.models import Client, ClientKey
from clients.writing import names
from clients.writing.identities import with_zeros
from imports import intake, storebook
from imports.models import Decision, ListImport, Outcome, StagedRow
from imports.specs import BACK, BadRowError, ListContext, SourceRow, Verdict
from imports.storebook import StoreBook, store_key
from imports.vocabulary import unknown
from purchases.listing import reading
from purchases.listing.reading import Who
from purchases.listing.sums import UnclearRowError
from purchases.models import WaitingLine
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
    # How many of its like the list has told of already in another writing.
    told: int = 0
    client: int | None = None
    verdict: Verdict | None = None

    @property
    def pieces(self) -> int:
        """How many pieces the row tells of."""
        return int(self.facts.get("pieces", 1))

    @property
    def key(self) -> str:
        """What the line stands for, its n-th occurrence included."""
        return reading.line_key(self.row_key, self.occurrence)


class FoundCard(NamedTuple):
    """A card that a row refers to; ``contradicts`` where the row's name is not the card's, ``unclear`` where the source has
    several clients whose codes are the same but for zeros."""

    client: int
    contradicts: bool = False
    unclear: bool = False


def find_clients(source: str, people: Collection[Who]) -> dict[Who, FoundCard]:
    """Cards that rows refer to: by Carat's own number where nothing contradicts it, else by the source's code, else by
    phone, else by name and birth date. Three queries at most."""
    numbers = {w.own for w in people if w.own}
    numbered = Client.objects.in_bulk(numbers) if numbers else {}
    asked = {writing for w in people if w.code for writing in with_zeros(w.code)}
    codes = {key.key: key.client for key in ClientKey.objects.filter(source=source, key__any=asked).select_related("client")}
    live = Client.objects.live().filter(
        Q(phone__in={w.phone for w in people if w.phone}) | Q(person_key__in={w.person_key for w in people if w.person_key})
    )
    phones: dict[str, Client] = {}
    persons: dict[str, list[Client]] = {}
    for client in live.order_by("pk"):
        if client.phone:
            phones[client.phone] = client
        if client.person_key:
            persons.setdefault(client.person_key, []).append(client)
    found = {}
    for one in people:
        own = _numbered(one, numbered)
        same = persons.get(one.person_key, []) if one.person_key else []
        if card := FoundCard(own.pk) if own else _named(one, _of_code(one.code, codes), phones.get(one.phone), same):
            found[one] = card
    return found


def _named(one: Who, coded: Sequence[Client], phone: Client | None, same: Sequence[Client]) -> FoundCard | None:
    """The card among those of the row's code, of its phone, and of the same person."""
    card = phone if len(coded) > 1 and phone in coded else None
    card = card or next(iter(coded), None) or phone or (same[0] if len(same) == 1 else None)
    if card is None:
        return None
    contradicts = bool(one.name.last) and not names.compatible(card.name, one.name)
    return FoundCard(card.pk, contradicts, len(coded) > 1 and phone not in coded)


def _numbered(one: Who, cards: Mapping[int, Client]) -> Client | None:
    """The card of a number of Carat's own, where name and phone are what that card says; nobody's, if it was erased."""
    card = cards.get(one.own or 0)
    same = card and names.full_key(card.name) == names.full_key(one.name) and (card.phone or "") == one.phone
    return card if same else None


def _of_code(code: str, codes: Mapping[str, Client]) -> list[Client]:
    """Clients of a code, or of one that is the same but for zeros that a spreadsheet took; each once."""
    if code.startswith("0") and code in codes:
        return [codes[code]]
    held = {codes[writing].pk: codes[writing] for writing in sorted(with_zeros(code)) if writing in codes} if code else {}
    return list(held.values())


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
        return WaitingLine(
            spec=self.spec,
            fingerprint=line.key,
            source=self.context.source,
            code=line.who.code,
            phone=line.who.phone,
            person_key=line.who.person_key,
            values=dict(line.row.values),
            origin=f"{self.context.origin} row {line.row.number}",
            list_import_id=self.context.import_id or None,
            number=line.row.number,
            occurrence=line.occurrence,
        )


def user(context: ListContext) -> Employee | None:
    return Employee.objects.filter(pk=context.actor_id).first() if context.actor_id else None


# A key of a row's changes that is nobody's to see: of how many pieces the row tells.
PIECES = "_pieces"
# And which ones a row of several made or changed.
ALL = "_all"
CHAIN_ZONE = ZoneInfo(settings.CHAIN_TIME_ZONE)
SETTLED = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.INCOMPLETE)


def _with_pieces(verdict: Verdict, line: Line) -> Verdict:
    return verdict._replace(changes={**verdict.changes, PIECES: [1, line.pieces]}) if line.pieces > 1 else verdict


class LineHandler:
    """The road of every such row: read it, find its client, let it wait or settle it.

    Subclasses say how a row is read (``read``), what it stands for (``stands_for``) and how the lines
    that found their client meet the base (``settle``, which gives each its verdict).
    """

    spec = ""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.today = context.today
        self.stores = StoreBook(context)
        self.waiting = WaitingRoom(self.spec, context)
        # Rows that waited for their client, with which of their like they were then.
        self.waited_as: dict[int, int] = {}

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        verdicts = self._make_room(rows)
        lines = []
        for row in rows:
            if row.number in verdicts:
                continue
            try:
                who, store = reading.who(row.values, self.today), self.stores.find(row.values.get("store", ""))
                lines.append(Line(row, who, store, self.read(row, store.zone if store else CHAIN_ZONE)))
            except BadRowError as error:
                verdicts[row.number] = Verdict(Outcome.REJECTED, str(error))
            except UnclearRowError as error:
                verdicts[row.number] = Verdict(Outcome.CONFLICT, str(error))
        self._sort_out(lines)
        verdicts |= {line.row.number: _with_pieces(line.verdict, line) for line in lines if line.verdict}
        return [verdicts[row.number] for row in rows]

    def _make_room(self, rows: Sequence[SourceRow]) -> dict[int, Verdict]:
        """What the rows did that these correct goes; a correction of what is in use by now is a conflict.

        A row that came back as it was stays what it became.
        """
        same = {
            row.number: Verdict(Outcome.UNCHANGED, "", row.former.subject)
            for row in rows
            if row.former and row.former.outcome in SETTLED and row.values == row.former_values
        }
        corrected = [(row, row.former) for row in rows if row.former and row.number not in same]
        if not corrected:
            return same
        former = [before for _row, before in corrected]
        with transaction.atomic():
            words = self.undo_of(former[0].list_import_id, former)
            if not self.context.write:
                transaction.set_rollback(True)
        return same | {
            row.number: Verdict(Outcome.CONFLICT, "in use", before.subject)
            for (row, before), word in zip(corrected, words, strict=True)
            if word not in ("", BACK)
        }

    def undo_of(self, import_id: int, rows: Sequence[StagedRow]) -> list[str]:
        """Take back rows of another list."""
        return type(self)(self.context._replace(import_id=import_id)).undo(rows)

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        raise NotImplementedError

    def _sort_out(self, lines: Sequence[Line]) -> None:
        """Find whose each line is, count its likes, and let it conflict, wait or settle."""
        cards = find_clients(self.context.source, {line.who for line in lines if line.who or line.who.own})
        ready, waiting = [], []
        for line in lines:
            card = cards.get(line.who)
            line.client = card.client if card else None
            line.verdict = self._contradiction(line, card)
            if line.verdict:
                continue
            if card and card.contradicts and line.row.decision == Decision.OTHER:
                line.who = replace(line.who, code="", phone="")
                line.row = line.row._replace(values={**line.row.values, "code": "", "phone": ""})
                line.client = None
                waiting.append(line)
            elif card is None and (line.who or not self.may_be_nobodys):
                waiting.append(line)
            else:
                ready.append(line)
        self.adopt(ready)
        for line in waiting:
            source = self.context.source if line.who.code else ""
            line.row_key = reading.line_key("waits", source, line.who, store_key(line.store), *self.stands_for(line))
        for line in ready:
            if line.verdict:
                continue
            line.row_key = reading.line_key(line.client, store_key(line.store), *self.stands_for(line))
        self._count_occurrences(lines)
        self.waiting.keep(waiting)
        if self.context.write:
            self._lock(ready)
        self.settle(ready)

    def _contradiction(self, line: Line, card: FoundCard | None) -> Verdict | None:
        """What keeps a line from being anybody's or anywhere, for a person to decide."""
        if line.store is None:
            return Verdict(Outcome.CONFLICT, unknown(storebook.REASON, line.row.values.get("store", "")), line.client)
        if card and card.unclear:
            return Verdict(Outcome.CONFLICT, "code")
        if card and card.contradicts and line.row.decision not in (Decision.SAME, Decision.TAKE, Decision.OTHER):
            return Verdict(Outcome.CONFLICT, "name", line.client)
        return None

    def _count_occurrences(self, lines: Sequence[Line]) -> None:
        """Which of its like each line is. The same line in another writing (zeros lost, say) is no further one."""
        counted = [line for line in lines if line.row_key]
        if not counted:
            return
        seen = self._told_before([line.row.number for line in lines], {line.row_key for line in counted})
        for line in counted:
            told, writing = seen[line.row_key], self.written(line.row.values)
            line.occurrence = max(told[writing] + 1, self.waited_as.get(line.row.number, 1))
            line.told = max((times for other, times in told.items() if other != writing), default=0)
            told[writing] = line.occurrence - 1 + line.pieces

    def _told_before(self, numbers: Sequence[int], keys: Collection[str]) -> dict[str, Counter[tuple[str, ...]]]:
        """How many pieces of each key other rows of this list have told of, by the writing: those before these, or all that
        wait no more where these are decided once more. One query."""
        seen: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        rows = StagedRow.objects.filter(list_import=self.context.import_id, key__in=keys)
        if self.context.again:
            rows = rows.exclude(outcome=Outcome.CONFLICT).exclude(number__in=numbers)
        else:
            rows = rows.filter(number__lt=numbers[0])
        for row in rows.only("key", "raw", "changes", "list_import_id"):
            writing = self.written(intake.values_of(self.list_import, row.raw))
            seen[row.key][writing] += row.changes.get(PIECES, [1, 1])[1]
        return seen

    @cached_property
    def list_import(self) -> ListImport:
        return ListImport.objects.get(pk=self.context.import_id)

    def written(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What two rows of one key must share to be two of a kind, and not one line in two writings."""
        return ()

    def _lock(self, lines: Sequence[Line]) -> None:
        """A sale of one of these clients waits until the chunk is written, and the other way round."""
        clients = {line.client for line in lines if line.client}
        list(Client.objects.select_for_update().filter(pk__in=clients).order_by("pk").values_list("pk"))

    def adopt(self, lines: Sequence[Line]) -> None:
        """Give lines that name nobody the client that others of the same document name."""

    may_be_nobodys = True

    def read(self, row: SourceRow, zone: tzinfo) -> dict[str, Any]:
        """Facts of the row; moments are told in ``zone``. Raises BadRowError, UnclearRowError."""
        raise NotImplementedError

    def stands_for(self, line: Line) -> tuple[object, ...]:
        raise NotImplementedError

    def settle(self, lines: Sequence[Line]) -> None:
        raise NotImplementedError

"""The clients' list: its columns, and what each of its rows becomes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clients import forgotten, parts
from clients.listing import hearing, taking_back
from clients.listing.filling import FACTS, NAMES, CardWriter, as_json, differences
from clients.listing.known import KnownCards
from clients.listing.planned import PlannedCards
from clients.sameness.matching import ROW_SOURCE, Card, Match, Rule
from clients.sameness.resembling import Lookalikes, Resemblance
from clients.writing.names import BadNameError
from clients.writing.person import Person, understand
from imports.models import Decision, Outcome, StagedRow
from imports.specs import UNREAD, ListContext, SourceRow, Verdict
from imports.storebook import StoreBook

HAS_A_CARD = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.INCOMPLETE)


@dataclass(slots=True)
class Draft:
    """A verdict in the making: ``card`` may get its primary key when it is written; ``person`` is looked around for."""

    outcome: Outcome
    reason: str = ""
    card: Card | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    person: Person | None = None
    resembles: Resemblance | None = None
    forget: bool = False

    def verdict(self) -> Verdict:
        alike = self.resembles
        return Verdict(
            self.outcome, self.reason, self.card.pk if self.card else None, changes=as_json(self.changes),
            resembles=alike.card.pk if alike else None, likeness=alike.likeness if alike else "", earlier=self._earlier(),
            forget=self.forget,
        )  # fmt: skip

    def _earlier(self) -> int | None:
        """The row that planned the card in question, where that card is not saved yet."""
        other = self.resembles.card if self.resembles else self.card if self.outcome == Outcome.CONFLICT else None
        return other.row if other and other.pk is None else None


# What a conflict is about, by the column that a person may let the list win in.
CONTESTED = {"birth_date": "birth_date", "identity": "phone", "email": "email"}


class ClientsHandler:
    """Decides rows against the base and against the rows before them; writes when the pass is not a preview."""

    def __init__(self, context: ListContext) -> None:
        self.context = context
        self.today: date = context.today
        self.stores = StoreBook(context)
        self.heard = hearing.answers()
        self.plan = None if context.write else PlannedCards()
        self.known = KnownCards(context.source, self.plan)
        self.writer = CardWriter(context, heard=self.heard)
        self.fresh, self.meant = Lookalikes(), False

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]:
        people = [read(row.values, self.today) if row.meaning is UNREAD else row.meaning for row in rows]
        self.known = KnownCards(self.context.source, self.plan)
        self.fresh, self.meant = Lookalikes(), any(_is_same(row) for row in rows)
        self.known.load([person for person in people if person], _chosen(rows))
        self.writer = CardWriter(self.context, self.known.held, self.heard)
        self._find_meant(rows, people)
        erased = forgotten.erased_on(people, self.context.source)
        drafts = [self._decide(row, person, on) for row, person, on in zip(rows, people, erased, strict=True)]
        self._look_around(drafts)
        if self.context.write:
            parts.tell_appeared(self.writer.write())
        self.known.keep_plan()
        return [draft.verdict() for draft in drafts]

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        return taking_back.take_back(rows, self.context)

    def _decide(self, row: SourceRow, person: Person | None, erased_on: date | None) -> Draft:
        if person is None:
            return Draft(Outcome.REJECTED, "name")
        if row.former and row.former.subject in self.known.by_pk and row.former.outcome in HAS_A_CARD:
            return self._correct(row, person, self.known.by_pk[row.former.subject])
        match = self.known.match(person, decided=row.subject) or self._meant(row, person)
        if match is None:
            comes_back = row.decision in (Decision.TAKE, Decision.OTHER)
            return _erased(row, erased_on) if erased_on and not comes_back else self._create(row, person)
        if match.rule is not Rule.DECIDED and row.decision == Decision.OTHER and match.conflicts:
            return self._create(row, person, beside=match)
        if match.conflicts and row.decision in (Decision.SAME, Decision.TAKE, Decision.OTHER):
            return self._settle(row, person, match)
        return self._match(row, person, match)

    def _find_meant(self, rows: Sequence[SourceRow], people: Sequence[Person | None]) -> None:
        """Whom rows resemble of which somebody said, when the card was but planned, that they are the same."""
        self.known.load_lookalikes([p for row, p in zip(rows, people, strict=True) if p and _is_same(row) and not row.subject])

    def _meant(self, row: SourceRow, person: Person) -> Match | None:
        found = (self.known.resemblance(person) or self.fresh.find(person)) if _is_same(row) else None
        return self.known.as_match(found.card, person) if found else None

    def _match(self, row: SourceRow, person: Person, match: Match) -> Draft:
        """Fill the card as far as nothing stands against it, or say what does."""
        card, prefer = match.card, self.context.prefer
        if row.decision == Decision.SKIP and match.conflicts:
            return Draft(Outcome.CONFLICT, match.conflicts[0], card, differences(card, person))
        against = [conflict for conflict in match.conflicts if CONTESTED.get(conflict) not in prefer]
        said = differences(card, person) if match.conflicts or prefer else {}
        if prefer and _promised_otherwise(row, said, prefer):
            return Draft(Outcome.CONFLICT, "changed", card, said)
        if against and against[0] != "email":
            return Draft(Outcome.CONFLICT, against[0], card, said)
        changes = self._fill(row, person, card, over=prefer, taken=person.phone == card.behind)
        if against:
            self.writer.conflict(card, "email", person.email or "", row.number)
            return Draft(Outcome.CONFLICT, against[0], card, {**changes, "email": said["email"]})
        return Draft(Outcome.UPDATED, ", ".join(changes), card, changes) if changes else Draft(Outcome.UNCHANGED, "", card)

    def _settle(self, row: SourceRow, person: Person, match: Match) -> Draft:
        """A person said whose the row is: fill the card, and put the row's facts over its own where they said so."""
        card = match.card
        taken = "phone" in match.conflicts
        take = row.decision == Decision.TAKE
        if "email" in match.conflicts:
            self.writer.settle(card, "email", person.email or "", taken=take)
        over = (*FACTS, *NAMES) if take else ()
        changes = self._fill(row, person, card, over=over, taken=taken)
        return Draft(Outcome.UPDATED, ", ".join(changes), card, changes) if changes else Draft(Outcome.UNCHANGED, "", card)

    def _correct(self, row: SourceRow, person: Person, card: Card) -> Draft:
        """A corrected row may change what its former one brought, as long as that still stands on the card."""
        before = read(row.former_values, self.today)
        said = differences(card, person)
        brought = {} if before is None else differences(card, before)
        over = {field for field in said if field not in brought}
        holder = self.known.phones.get(person.phone) if person.phone else None
        changes = self._fill(row, person, card, over=over, taken=holder not in (None, card))
        if holder not in (None, card):
            return Draft(Outcome.CONFLICT, "phone", holder, changes)
        return Draft(Outcome.UPDATED, ", ".join(changes), card, changes) if changes else Draft(Outcome.UNCHANGED, "", card)

    def _fill(
        self, row: SourceRow, person: Person, card: Card, *, over: Collection[str], taken: bool
    ) -> dict[str, tuple[Any, Any]]:
        store = self.stores.named(person.store)
        changes = self.writer.fill(card, person, store, row.number, over=over, taken=taken)
        self.known.remember(card, person)
        self.writer.key(card, self.context.source, person.code)
        return changes

    def _create(self, row: SourceRow, person: Person, beside: Match | None = None) -> Draft:
        """A card of their own; ``beside`` is the match that a person said is somebody else."""
        holder = self.known.phones.get(person.phone) if beside and person.phone else None
        card = self.writer.create(person, self.stores.named(person.store), row.number, holder)
        self.known.remember(card, person)
        if self.meant:
            self.fresh.add(card)
        if not (beside and beside.rule is Rule.CODE):
            self.writer.key(card, self.context.source, person.code)
        self.writer.key(card, ROW_SOURCE, person.fingerprint)
        lacks = [*person.missing, *(["phone"] if holder else [])]
        verdict = (Outcome.INCOMPLETE, "missing: " + ", ".join(lacks)) if lacks else (Outcome.CREATED, "")
        return Draft(*verdict, card, person=None if row.decision == Decision.OTHER else person)

    def _look_around(self, drafts: Sequence[Draft]) -> None:
        """For each new card, the one before it that it resembles."""
        new = [draft for draft in drafts if draft.person]
        self.known.load_lookalikes([draft.person for draft in new if draft.person])
        for draft in new:
            if draft.person and draft.card:
                draft.resembles = self.known.resemblance(draft.person)
                self.known.lookalikes.add(draft.card)


def read(values: Mapping[str, str], today: date) -> Person | None:
    """Whom a row is about; nobody where it names nobody."""
    try:
        return understand(values, today)
    except BadNameError:
        return None


def _erased(row: SourceRow, on: date) -> Draft:
    """Somebody whose data were erased comes back by a decision only; with the word not to, the row's text goes."""
    return Draft(Outcome.CONFLICT, f"{forgotten.REASON}: {on.isoformat()}", forget=row.decision == Decision.SKIP)


def _is_same(row: SourceRow) -> bool:
    return row.decision in (Decision.SAME, Decision.TAKE)


def _chosen(rows: Sequence[SourceRow]) -> set[int]:
    """Cards that people chose for rows, and those of the rows that these correct."""
    return {row.subject for row in rows if row.subject} | {
        row.former.subject for row in rows if row.former and row.former.subject
    }


def _promised_otherwise(row: SourceRow, said: Mapping[str, tuple[Any, Any]], prefer: Collection[str]) -> bool:
    """Whether a fact that the list would put over the card's is not the one that the preview showed."""
    if row.promised is None:
        return False
    return any(as_json({f: said[f]})[f] != list(row.promised.get(f, ())) for f in said if f in prefer)

"""How an app describes a list that it takes. Public to every app to the right.

A ``ListSpec`` names the columns with their usual writings and the handler that decides
what each row becomes; the engine reads, maps, stages, checkpoints and counts.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from django.conf import settings
from django.db.models import Model
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from imports.above import FromAbove
from imports.day_order import REASON
from imports.models import Decision, Outcome, StagedRow
from imports.vocabulary import Vocabulary
from stores.models import Employee
from stores.texts.visible import visible
from stores.texts.writing import short_day

UNREAD = object()


class SourceRow(NamedTuple):
    """One row of a list: ``number`` counts from 1 after the header, ``values`` by column name.

    ``decision`` is what a person said about this row, with the card ``subject`` that they meant. ``promised`` are
    the changes that the preview showed, None without one. ``former`` is the row that this one corrects, with its
    ``former_values``. ``meaning`` is what the spec's ``understand`` made of the values. ``said`` are the values as they are
    written, where people said what some of them mean.
    """

    number: int
    cells: list[str]
    values: Mapping[str, str]
    decision: str = ""
    subject: int | None = None
    promised: Mapping[str, Sequence[Any]] | None = None
    former: StagedRow | None = None
    former_values: Mapping[str, str] = MappingProxyType({})
    meaning: Any = UNREAD
    said: Mapping[str, str] | None = None

    @property
    def written(self) -> Mapping[str, str]:
        """The values as they stand in the list, whatever people said that they mean."""
        return self.values if self.said is None else self.said

    @property
    def digest(self) -> str:
        """What the row says, whatever the order of the list's columns."""
        said = "\x1f".join(f"{name}\x1e{text}" for name, text in sorted(self.written.items()) if text)
        return hashlib.blake2b(said.encode(errors="replace"), digest_size=16).hexdigest()


class Verdict(NamedTuple):
    """What a row becomes.

    ``reason`` is a stable English key with details, shown translated; ``client`` a card; ``key`` says what the
    row stands for, so that later rows of the list can be told from it; ``target`` is what the row
    made, if not a card; ``resembles`` a card that may be the same person's because of ``likeness``, ``earlier`` the row
    that planned the card in question where a preview has no other name for it; ``changes`` are
    the facts that it changes or contradicts: field → [there, in the list], as JSON. The text of a row to ``forget`` is not
    kept.
    """

    outcome: Outcome
    reason: str = ""
    client: int | None = None
    key: str = ""
    target: int | None = None
    resembles: int | None = None
    likeness: str = ""
    earlier: int | None = None
    changes: Mapping[str, Sequence[Any]] = MappingProxyType({})
    forget: bool = False


class ListContext(NamedTuple):
    """What a handler knows about the list its rows come from."""

    import_id: int
    source: str
    takes_stores: bool
    now: datetime
    write: bool
    actor_id: int | None
    new_stores: tuple[str, ...] = ()
    prefer: frozenset[str] = frozenset()
    # Whether every other row of the list has been seen, so that what a row waits for will not come any more.
    whole: bool = True
    # Whether rows that waited are decided once more, long after those that stand behind them.
    again: bool = False
    # What the first pass of a preview, which writes nothing, tells those after it.
    memory: dict[str, Any] | None = None

    @property
    def origin(self) -> str:
        """What the history calls a write of this list by."""
        return f"list {self.import_id}"

    @property
    def today(self) -> date:
        """The chain's day on which the list is read."""
        return timezone.localdate(self.now)


BACK = "back"


class Handler(Protocol):
    """Decides chunk after chunk; when ``context.write`` it also writes, inside the engine's transaction.

    One handler serves one pass over one list, so in a preview it remembers what earlier rows would have made.
    """

    def decide(self, rows: Sequence[SourceRow]) -> list[Verdict]: ...

    def undo(self, rows: Sequence[StagedRow]) -> list[str]:
        """Take back what these rows did, given from the last to the first.

        For each: ``BACK``, "" where it had done nothing, or why something of it stays (an English key like a reason).
        """
        ...


@dataclass(frozen=True)
class Column:
    """A column of a list: ``writings`` are whole headers, ``pattern`` finds the rest but ``never`` (all normalised).

    ``looks`` tells of a cell whether it can stand in the column: cells vote beside the header; one that is ``shy`` only changes
    its place with another, for others look so, too. ``dash``: one alone is a writing there, and no empty cell.
    """

    name: str
    label: str | Promise
    writings: tuple[str, ...] = ()
    pattern: str = ""
    never: str = ""
    looks: Callable[[str], bool] | None = None
    shy: bool = False
    dash: bool = False

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """Headers that mean this column: its writings, then its own label in each language, under which it is exported."""
        labels = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels.append(normalise_header(str(self.label)))
        return (*self.writings, *labels)

    def matches(self, header: str) -> bool:
        if not self.pattern or (self.never and re.search(self.never, header)):
            return False
        return re.search(self.pattern, header) is not None


# The number that Carat gave to what a row tells of. It stands in Carat's own exports alone, whose cells are escaped.
OWN = Column("own", "Carat №")
GENERAL_REASONS: Mapping[str, str | Promise] = {
    "back": gettext_lazy("taken back"),
    "the base refused this row": gettext_lazy("the base refused this row"),
    "changed": gettext_lazy("changed since the preview; look again"),
    "in use": gettext_lazy("what the former row made is in use; correct it there"),
    "stays: changed since": gettext_lazy("stays: somebody has changed it since"),
}


@dataclass(frozen=True)
class ListSpec:
    """A kind of list. ``needs`` names the columns of which one of each group must be there; ``writes`` are the tables
    that it fills.

    ``reasons`` are words for the keys that its verdicts give, ``further_reasons`` for those that other apps bring along.
    ``facts`` tells what the base says of a card, by column; ``shown`` writes such a fact for a person; ``suggest`` what a
    broken cell of a row may have meant, for a person to ``accept(card, suggestion, origin, by)``. ``understand`` reads a
    row's values without asking the base: it is called ahead, in another thread, while the base writes the rows before.
    ``forgets``: reasons of rows whose text goes with the word to skip them.
    ``days`` names the columns that hold days: whether their day or their month comes first is decided by the whole column.
    ``reconsidered`` are reasons of conflicts that are decided once more when the whole list has been seen. ``is_row`` tells
    rows from what only stands between them (nothing, totals), ``may_end`` of a row that it is none where no other follows it;
    both see the columns ``told_by`` and those of days and words. ``watched`` is looked for in columns that nobody mapped; the
    cells that hold it stand in the values as ``besides``. ``vocabularies`` are the columns of few words, which a person
    explains where the rules do not know them. ``rows_at_once`` are written in one transaction: many are quick, and keep from the
    sellers for long what they lock. ``dialects``: a header by which the file of one program is told → what others of
    its headers say here ("": nothing), all normalised. ``above`` is what rows owe to those above them. ``figures`` are columns of
    sums, ``counts`` those of pieces: how many decimals they have is decided by all of them.
    """

    kind: str
    label: str | Promise
    columns: tuple[Column, ...]
    needs: tuple[tuple[str, ...], ...]
    handler: Callable[[ListContext], Handler]
    finish: Callable[[ListContext], None] = field(default=lambda context: None)
    reasons: Mapping[str, str | Promise] = field(default_factory=dict)
    further_reasons: Callable[[], Mapping[str, str | Promise]] = field(default=dict)
    preferable: tuple[str, ...] = ()
    decisions: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    writes: tuple[type[Model], ...] = ()
    facts: Callable[[int], Mapping[str, str]] = field(default=lambda subject: {})
    shown: Callable[[str, Any], str] = field(default=lambda column, value: "" if value is None else str(value))
    suggest: Callable[[Mapping[str, str]], str] = field(default=lambda values: "")
    accept: Callable[[int, str, str, Employee], None] | None = None
    forgets: frozenset[str] = frozenset()
    understand: Callable[[Mapping[str, str], date], Any] = field(default=lambda values, today: UNREAD)
    days: tuple[str, ...] = ()
    reconsidered: tuple[str, ...] = ()
    is_row: Callable[[Sequence[str], Mapping[str, str]], bool] = field(default=lambda cells, values: True)
    may_end: Callable[[Sequence[str], Mapping[str, str]], bool] = field(default=lambda cells, values: False)
    told_by: tuple[str, ...] = ()
    rows_at_once: int = 1_000
    watched: re.Pattern[str] | None = None
    vocabularies: tuple[Vocabulary, ...] = ()
    dialects: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    above: FromAbove | None = None
    figures: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()

    @cached_property
    def dashes(self) -> tuple[str, ...]:
        """Columns in which a dash is a writing."""
        return tuple(column.name for column in self.columns if column.dash)

    @cached_property
    def told_beside(self) -> tuple[Vocabulary, ...]:
        """The vocabularies whose writings stand in other columns, too."""
        return tuple(words for words in self.vocabularies if words.beside)

    @property
    def answerable(self) -> frozenset[str]:
        """Reasons of rows that wait until somebody says what a writing means, or in which order days are written."""
        return frozenset({words.reason for words in self.vocabularies if words.reason} | ({REASON} if self.days else set()))

    def choices(self, row: StagedRow) -> tuple[Decision, ...]:
        """What a person may decide about a row that the rules left open; nothing about others."""
        if row.outcome == Outcome.CONFLICT:
            return self.decisions.get(head_of(row.reason), (Decision.SKIP,))
        return (Decision.SAME, Decision.TAKE, Decision.OTHER) if row.likeness else ()

    def say(self, reason: str) -> str:
        """A verdict's reason in the person's language; fields are named as the list's columns are."""
        known = {**GENERAL_REASONS, **self.further_reasons(), **self.reasons}
        if reason in known:
            return str(known[reason])
        labels = {column.name: str(column.label) for column in self.columns}
        if head_of(reason) in self.answerable:
            return self._say_unknown(reason)
        head, colon, fields = reason.rpartition(": ")
        if head in self.forgets:
            return str(known[head]) % {"detail": short_day(date.fromisoformat(fields))}
        named = ", ".join(labels.get(name, name) for name in fields.split(", "))
        if head == "missing":
            return _("lacks: %(fields)s") % {"fields": named}
        return _("stays, changed since: %(fields)s") % {"fields": named} if colon and head == "changed since" else named

    def _say_unknown(self, reason: str) -> str:
        head, _colon, text = reason.partition(": ")
        column = next(words.column for words in self.vocabularies if words.reason == head)
        said = {"column": self.column(column).label, "text": text}
        return _("%(column)s “%(text)s”: what this means is not known; say it on the page of values") % said

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def head_of(reason: str) -> str:
    """A reason without its details."""
    return reason.partition(": ")[0]


BLANK = frozenset(
    ("-", "--", "—", "–", "?", "нет", "нету", "н/д", "нд", "б/н", "бн", "n/a", "na", "null", "none", "nan", "не указан",
     "не указано", "не указана", "неизвестно", "отсутствует")
)  # fmt: skip


# What a spreadsheet writes where a formula failed: nothing is there, and a sum that was to be there is not known.
ERRORS = frozenset(
    ("#н/д", "#n/a", "#ссылка!", "#ref!", "#знач!", "#value!", "#дел/0!", "#div/0!", "#имя?", "#name?", "#число!", "#num!",
     "#пусто!", "#null!")
)  # fmt: skip
DASHES = frozenset("-–—−")
# What is longer than this is read from its beginning; the row keeps all of it.
LONGEST_CELL = 1_000
SPACES = re.compile(r"\s+")
LONGEST_BLANK = max(map(len, BLANK)) + 3


def filled(cell: str) -> str:
    """A cell without spaces around it, empty where people wrote that there is nothing."""
    text = (cell if cell.isascii() else visible(cell)).strip()
    if len(text) > LONGEST_BLANK:
        return SPACES.sub(" ", text)[:LONGEST_CELL] if len(text) > LONGEST_CELL else text
    if not text or text[0].isdigit():  # no word for nothing begins so
        return text
    bare = text.lower().strip(". ")
    return "" if bare in BLANK or bare in ERRORS else text


def error(cell: str) -> str:
    """The error of a formula, where a cell holds one."""
    text = cell.strip()
    return text if text.lower() in ERRORS else ""


def dash(cell: str) -> str:
    """The dash of a cell that says nothing else."""
    text = cell.strip()
    return text if text in DASHES else ""


def normalise_header(header: str) -> str:
    """``Дата  рожд.`` → ``дата рожд``: lower case, ё→е, letters and digits alone; ``%`` is a word too."""
    return " ".join(re.sub(r"[\W_]+", " ", visible(header).lower().replace("ё", "е").replace("%", " процент ")).split())


_specs: dict[str, ListSpec] = {}


def register(spec: ListSpec) -> None:
    """Called from ``AppConfig.ready`` by the app that takes the list."""
    _specs[spec.kind] = spec


def registered() -> dict[str, ListSpec]:
    """Every kind of list, in the order in which the apps stand."""
    return dict(_specs)


class BadRowError(ValueError):
    """A row that cannot be a line of its list; the text is the field that is wrong."""

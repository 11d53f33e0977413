"""What the rows of a list say in its columns of words and of days, what nobody understands of that, and what people answered.

All of it stands in the list's layout, so that a list is read the same way until somebody answers again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from imports import decimals, specs
from imports.day_order import ASK, DAY, MONTH, UNCLEAR, ColumnOfDays, put_in_order
from imports.decimals import ColumnOfFigures
from imports.models import ListImport, ValueMeaning
from imports.specs import ListSpec, SourceRow
from imports.vocabulary import KNOWN, NOTHING, OF_FILE, Reader, Vocabulary

# Unknown writings of a column that a page can ask about, known ones that it shows, and all that are remembered while reading.
MOST_ASKED, MOST_SHOWN, MOST_REMEMBERED = 200, 50, 5_000
# A column with more unknown writings than these, for none of which rows wait, holds names and not words.
MOST_WORDS = 12
LONGEST_TEXT, LONGEST_EXAMPLE = 100, 160
ORDERS: Mapping[str, str | Promise] = {DAY: _("the day comes first"), MONTH: _("the month comes first")}


@dataclass
class Said:
    """A writing in a column of a list: how many rows have it, the first of them, and what the rules take it for ("": nobody
    knows). Of a column of days it is the order of day and month, under the key ``UNCLEAR``."""

    column: str
    key: str
    text: str
    number: int
    example: str
    meaning: str = ""
    rows: int = 0

    @classmethod
    def of(cls, column: str, key: str, text: str, row: SourceRow) -> "Said":
        example = " · ".join(cell.strip() for cell in row.cells if cell.strip())[:LONGEST_EXAMPLE]
        return cls(column, key, text[:LONGEST_TEXT], row.number, example)


class Words:
    """What the cells of a column of words have said so far."""

    def __init__(self, vocabulary: Vocabulary, read: Reader) -> None:
        self.vocabulary = vocabulary
        self.read = read
        self.by_text: dict[str, Said | None] = {}
        self.by_key: dict[str, Said] = {}
        self.room = {True: MOST_ASKED, False: MOST_SHOWN}

    def see(self, row: SourceRow) -> None:
        text = row.values.get(self.vocabulary.column)
        if text is None:
            if self.vocabulary.absent and not self.vocabulary.absent(row.values):
                return
            text = ""
        try:
            said = self.by_text[text]
        except KeyError:
            said = self._first(text, row)
            if len(self.by_text) < MOST_REMEMBERED:
                self.by_text[text] = said
        if said is not None:
            said.rows += 1

    def _first(self, text: str, row: SourceRow) -> Said | None:
        """A writing that was not met before; None for one that is not to be shown."""
        meaning = self.read(text) if text else "" if self.vocabulary.empty else KNOWN
        key = self.vocabulary.key(text)
        if meaning == KNOWN or key in self.by_key or not self.room[not meaning]:
            return self.by_key.get(key) if meaning != KNOWN else None
        self.room[not meaning] -= 1
        self.by_key[key] = said = Said.of(self.vocabulary.column, key, text, row)
        said.meaning = meaning
        return said

    def told(self, read: Reader) -> Iterator[Said]:
        """All that is worth a look; ``read`` knows the whole list."""
        unknown = [said for said in self.by_key.values() if not said.meaning]
        free = not self.vocabulary.reason and len(unknown) > MOST_WORDS
        for said in self.by_key.values():
            whole_file = not said.text and self.vocabulary.empty == OF_FILE
            if said.meaning or (not free and not (whole_file and read(""))):
                yield said


class Gathering:
    """What the rows of a list say, as they are counted: its words, and the order of its days."""

    def __init__(self, list_import: ListImport, spec: ListSpec) -> None:
        self.list_import = list_import
        mapped = list_import.layout["columns"]
        self.words = [Words(words, words.opened(list_import)) for words in spec.vocabularies if words.is_asked(mapped)]
        self.days = {name: ColumnOfDays() for name in spec.days if name in mapped}
        self.orders: dict[str, Said] = {}
        self.counts = spec.counts
        self.figures = {name: ColumnOfFigures() for name in (*spec.figures, *spec.counts) if name in mapped}
        # All that it must see of a row, and what tells rows from what stands between them.
        self.columns = {name for one in self.words for name in (one.vocabulary.column, *one.vocabulary.beside)}
        self.columns |= {*spec.days, *spec.told_by, *self.figures}

    def see(self, row: SourceRow) -> None:
        for words in self.words:
            words.see(row)
        for name, column in self.days.items():
            if column.see(row.values[name]):
                if name not in self.orders:
                    self.orders[name] = Said.of(name, UNCLEAR, row.values[name], row)
                self.orders[name].rows += 1

        for name, figures in self.figures.items():
            if cell := row.values[name]:
                figures.see(cell)

    def keep(self) -> None:
        """Put all that was seen, and what people answered about it, into the list's layout. Two queries."""
        shown = {name: column.order for name, column in self.days.items()}
        for name, said in self.orders.items():
            said.meaning = shown[name] if shown[name] != ASK else ""
        told = [said for words in self.words for said in words.told(words.vocabulary.opened(self.list_import))]
        writings = [asdict(said) for said in (*told, *self.orders.values())]
        decimal = decimals.with_decimals(self.figures, self.counts)
        self.list_import.layout |= {"shown": shown, "said": writings, "decimals": decimal}
        take_answers(self.list_import)


def take_answers(list_import: ListImport) -> None:
    """Put into the list's layout what people answered about its writings, for itself or for its source. One query."""
    spec, layout = specs.registered()[list_import.spec], list_import.layout
    held = {(answer.column, answer.key): answer.meaning for answer in answers_to(list_import)}
    given = {name: held.get((name, UNCLEAR), "") for name in layout["shown"]}
    layout["orders"] = {name: given[name] if given[name] in ORDERS else order for name, order in layout["shown"].items()}
    layout["meanings"] = {}
    for words in spec.vocabularies:
        lawful = words.answers(list_import)
        said = {key: meaning for (column, key), meaning in held.items() if column == words.column and meaning in lawful}
        if said:
            layout["meanings"][words.column] = said


def answers_to(list_import: ListImport) -> list[ValueMeaning]:
    """What was answered about the writings of this list, the answers for this file alone last. One query.

    The order of a column's days that its source told holds only where the column does not show it; what empty cells mean, only
    where the list has the column.
    """
    shown = {name for name, order in list_import.layout["shown"].items() if order != ASK}
    known = ValueMeaning.objects.filter(Q(source=list_import.source, list_import=None) | Q(list_import=list_import))
    answers = known.filter(spec=list_import.spec).select_related("by").order_by("pk")
    columns = list_import.layout["columns"]
    of_file = {(w.column, "") for w in specs.registered()[list_import.spec].vocabularies if w.is_of_file("", columns)}
    untold = of_file | {(name, UNCLEAR) for name in shown}
    theirs = [one for one in answers if one.list_import_id is None and (one.column, one.key) not in untold]
    return theirs + [one for one in answers if one.list_import_id]


def meant(spec: ListSpec, layout: Mapping[str, Any], values: dict[str, str]) -> dict[str, str]:
    """The values of a row with what people said that its writings mean, and its days with the day first.

    Without an answer it is the same dictionary.
    """
    orders = {name: order for name, order in layout.get("orders", {}).items() if order != DAY}
    figures = {name: decimals.without_idle(values[name]) for name in layout.get("decimals", ()) if values.get(name)}
    explained = explain(spec, layout, {**values, **figures} if figures else values)
    return put_in_order(dict(explained), orders) if orders else explained


def explain(spec: ListSpec, layout: Mapping[str, Any], values: dict[str, str]) -> dict[str, str]:
    """The values of a row with what people said that its writings mean; what they mean already stays."""
    meanings: Mapping[str, Mapping[str, str]] = layout.get("meanings") or {}
    if not meanings:
        return values
    changed = dict(values)
    for words in spec.vocabularies:
        given = meanings.get(words.column, {})
        if said := given.get(words.key(values.get(words.column, ""))) if given else None:
            changed[words.column] = "" if said == NOTHING else said
    return changed


class Question(NamedTuple):
    """A writing that a person may explain: ``answers`` are lawful, ``answer`` is theirs, ``understood`` are the words for
    what the rules take it for. Rows of one that ``waits`` wait for it; one ``of_file`` is answered for this file alone, and
    ``asks`` in words of its own."""

    said: Said
    label: str
    answers: Mapping[str, str | Promise]
    understood: str
    waits: bool
    of_file: bool
    answer: ValueMeaning | None
    asks: str | Promise = ""

    @property
    def is_order(self) -> bool:
        return self.said.key == UNCLEAR

    @property
    def is_open(self) -> bool:
        """Whether neither the rules nor a person say what it means."""
        return not self.said.meaning and self.answer is None


def questions(list_import: ListImport) -> list[Question]:
    """All writings of the list that a person may explain, column by column. One query, and one of stores."""
    spec, layout = specs.registered()[list_import.spec], list_import.layout
    if not layout.get("said"):
        return []
    held = {(answer.column, answer.key): answer for answer in answers_to(list_import)}
    words = {vocabulary.column: (vocabulary, vocabulary.answers(list_import)) for vocabulary in spec.vocabularies}
    found = []
    for one in layout["said"]:
        said, label = Said(**one), str(spec.column(one["column"]).label)
        answer = held.get((said.column, said.key))
        if said.key == UNCLEAR:
            understood = str(ORDERS.get(said.meaning, ""))
            found.append(Question(said, label, ORDERS, understood, True, bool(said.meaning), answer))
        elif said.column in words:
            vocabulary, lawful = words[said.column]
            answer = answer if answer and answer.meaning in lawful else None
            of_file = vocabulary.is_of_file(said.text, layout["columns"])
            understood = str(lawful.get(said.meaning, said.meaning))
            asks = vocabulary.of_file if of_file else ""
            found.append(Question(said, label, lawful, understood, bool(vocabulary.reason), of_file, answer, asks))
    return sorted(found, key=lambda one: (list(words).index(one.said.column) if one.said.column in words else 99, -one.said.rows))


def open_writings(list_import: ListImport, *, waiting: bool = False) -> int:
    """How many writings of the list neither the rules nor a person explain; only those for which rows wait, if asked so.
    No query: as the list is read now."""
    layout = list_import.layout
    meanings, orders = layout.get("meanings", {}), layout.get("orders", {})
    soft = {words.column for words in specs.registered()[list_import.spec].vocabularies if not words.reason}
    found = [said for said in layout.get("said", []) if not said["meaning"] and not (waiting and said["column"] in soft)]
    return sum(
        orders.get(said["column"]) == ASK if said["key"] == UNCLEAR else said["key"] not in meanings.get(said["column"], {})
        for said in found
    )


def forget_example(list_import: ListImport, number: int) -> None:
    """The text of a row goes: it is no example any more."""
    shown = [said for said in list_import.layout.get("said", []) if said["number"] == number]
    for said in shown:
        said["example"] = ""
    if shown:
        list_import.save(update_fields=["layout"])

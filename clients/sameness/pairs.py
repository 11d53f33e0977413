"""Cards of one person, looked for in the whole base: proposed to a person as pairs, never made one by the machine.

Each card goes into blocks by words that survive a slip (``blocks``); cards that share a block are compared by
``clients.sameness.likeness``. The blocks are joined in the database, so memory does not grow with the base.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from clients.models import LIVE, Client, Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts, Likeness
from clients.writing import short_names, spelling
from clients.writing.names import PersonName
from imports.bulk import batched
from stores.bases import direct

# A block of more cards than this says nothing about any two of them: a switchboard's number, a word for "no e-mail".
CROWD = 200
CHUNK = 20_000
# The first reason of a pair that a person asked about.
ASKED = "seller"
FACTS = ("pk", "last_name", "first_name", "middle_name", "birth_date", "phone", "email")


class FoundPair(NamedTuple):
    """What a search of the whole base did: cards read, pairs compared, and how the table of pairs changed."""

    cards: int
    compared: int
    made: int
    changed: int
    closed: int


def blocks(facts: Facts) -> set[str]:
    """Words of a card; two cards of one person share one of them unless more than a slip parts them."""
    surname = spelling.stem_fold(facts.name.last)
    firsts = sorted(short_names.full_names(facts.name.first)) if facts.name.first else []
    found = {f"e{facts.email}"} if facts.email else set()
    if facts.phone:
        found.add(f"p{facts.phone}")
        found |= {f"{half}{name}" for half in _halves(facts.phone) for name in filter(None, (surname, *firsts))}
    if facts.birth_date:
        found |= _by_day(facts.birth_date, surname, firsts)
    return found


def _halves(phone: str) -> tuple[str, str]:
    """Of two phones that differ in one digit, or in two neighbours, the beginnings agree or the ends."""
    return f"b{phone[:7]}|", f"f{phone[7:]}|"


def _by_day(day: date, surname: str, firsts: Sequence[str]) -> set[str]:
    """The day with either name; the whole name with what a wrong digit, or day and month exchanged, leaves of the day."""
    found = {f"d{day}|{surname[:3]}"} if surname else set()
    found |= {f"d{day}|{first}" for first in firsts}
    low, high = sorted((day.day, day.month))
    for first in firsts if surname else ():
        # Surname and first name may stand exchanged.
        whole = "|".join(sorted((surname, spelling.stem_fold(first))))
        found |= {f"y{day.year}|{whole}", f"m{low}.{high}|{whole}"}
    return found


def find_pairs(*, tell: Callable[[int], object] = lambda compared: None) -> FoundPair:
    """Bring the table of open pairs up to date with the cards; what somebody decided is left alone. Safe to run twice."""
    with direct.connection().cursor() as cursor:
        _forget(cursor)
        cursor.execute("CREATE TEMPORARY TABLE pair_word (word bigint NOT NULL, card bigint NOT NULL)")
        try:
            cards = _write_words(cursor)
            _join(cursor)
            book = _Book()
            for candidates in _candidates(cursor):
                book.take(candidates)
                tell(book.compared)
        finally:
            _forget(cursor)
    return FoundPair(cards, book.compared, book.made, book.changed, book.close_others())


def _forget(cursor: Any) -> None:
    for table in ("pair_word", "pair_candidate"):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _write_words(cursor: Any) -> int:
    """The blocks of each live card, as numbers. Returns the cards read."""
    count = 0
    cards = Client.objects.live().order_by().values_list(*FACTS).iterator(chunk_size=5_000)
    for rows in batched(cards, 5_000):
        count += len(rows)
        words = [(hash(word), row[0]) for row in rows for word in blocks(facts_of(row))]
        if connection.vendor == "postgresql":
            with cursor.copy("COPY pair_word FROM STDIN") as copy:
                for word in words:
                    copy.write_row(word)
        else:
            cursor.executemany("INSERT INTO pair_word VALUES (%s, %s)", words)
    return count


def _join(cursor: Any) -> None:
    """Cards that share a block, each two once, in order."""
    cursor.execute("CREATE INDEX pair_word_by_word ON pair_word (word, card)")
    if connection.vendor == "postgresql":
        cursor.execute("ANALYZE pair_word")
    cursor.execute(
        """CREATE TEMPORARY TABLE pair_candidate AS
           WITH block AS (SELECT word FROM pair_word GROUP BY word HAVING count(*) BETWEEN 2 AND %s),
                met AS (SELECT p.word, p.card FROM pair_word p JOIN block ON block.word = p.word)
           SELECT DISTINCT one.card AS first, other.card AS second
           FROM met one JOIN met other ON other.word = one.word AND one.card < other.card""",
        [CROWD],
    )
    cursor.execute("CREATE INDEX pair_candidate_in_order ON pair_candidate (first, second)")
    if connection.vendor == "postgresql":
        cursor.execute("ANALYZE pair_candidate")


def _candidates(cursor: Any) -> Iterator[list[tuple[int, int]]]:
    """Pairs to compare, in chunks in their order."""
    last = (0, 0)
    while True:
        cursor.execute(
            "SELECT first, second FROM pair_candidate WHERE (first, second) > (%s, %s) ORDER BY first, second LIMIT %s",
            [*last, CHUNK],
        )
        found = cursor.fetchall()
        if not found:
            return
        yield found
        last = found[-1]


class _Book:
    """The table of pairs while it is brought up to date."""

    def __init__(self) -> None:
        self.compared = self.made = self.changed = 0
        self.holding: set[tuple[int, int]] = set()

    def take(self, candidates: Sequence[tuple[int, int]]) -> None:
        """Compare the candidates and write down those that are alike. Four queries at most."""
        self.compared += len(candidates)
        cards = _facts(set(chain.from_iterable(candidates)))
        alike = {}
        for first, second in candidates:
            if first in cards and second in cards:
                said = likeness.compare(cards[first], cards[second])
                if said.kind:
                    alike[first, second] = said
        self.holding |= alike.keys()
        self._write(alike)

    def _write(self, alike: dict[tuple[int, int], Likeness]) -> None:
        known = {
            (pair.first_id, pair.second_id): pair for pair in Pair.objects.filter(first__id__any={first for first, _ in alike})
        }
        new = [_pair(*cards, said) for cards, said in alike.items() if cards not in known]
        Pair.objects.bulk_create(new, ignore_conflicts=True, batch_size=1_000)
        self.made += len(new)
        other = []
        for cards, said in alike.items():
            pair = known.get(cards)
            wanted = [*(reason for reason in pair.reasons if reason[0] == ASKED), *_reasons(said)] if pair else []
            if pair and pair.state == Pair.State.OPEN and pair.reasons != wanted:
                pair.score, pair.kind, pair.reasons = said.score, _kind(said), wanted
                other.append(pair)
        self.changed += len(other)
        Pair.objects.bulk_update(other, ["score", "kind", "reasons"], batch_size=500)

    def close_others(self) -> int:
        """Open pairs that no longer hold, or one of whose cards is gone, are asked about no more. Returns how many.

        What a person asked stays, whatever the machine thinks of it, as long as both cards live.
        """
        open_ones = Pair.objects.filter(state=Pair.State.OPEN).values_list(
            "pk", "first", "second", "reasons", "first__state", "second__state"
        )
        gone = [
            pk for pk, first, second, reasons, *states in open_ones.iterator()
            if (first, second) not in self.holding
            and not (any(reason[0] == ASKED for reason in reasons) and all(state in LIVE for state in states))
        ]  # fmt: skip
        for keys in batched(gone, 500):
            Pair.objects.filter(pk__in=keys, state=Pair.State.OPEN).delete()
        return len(gone)


def _facts(keys: Iterable[int]) -> dict[int, Facts]:
    return {row[0]: facts_of(row) for row in Client.objects.live().filter(pk__any=keys).order_by().values_list(*FACTS)}


def facts_of(row: Sequence[Any]) -> Facts:
    """What is compared, from the columns ``FACTS``."""
    _pk, last, first, middle, born, phone, email = row
    return Facts(PersonName(last, first, middle), born, phone, email)


def _pair(first: int, second: int, said: Likeness) -> Pair:
    return Pair(
        first_id=first, second_id=second, score=said.score, kind=_kind(said), reasons=_reasons(said), found_at=timezone.now()
    )


def _kind(said: Likeness) -> Pair.Kind:
    return said.kind or Pair.Kind.LIKELY


def _reasons(said: Likeness) -> list[list[Any]]:
    return [[reason.key, reason.weight] for reason in said.reasons]

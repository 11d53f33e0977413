"""What a preview would have made of cards so far, on disk: a list of millions fits, and later rows find earlier ones."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from clients.sameness.matching import Card
from clients.writing.names import PersonName

TABLES = """
CREATE TABLE card (id INTEGER PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE word (word TEXT NOT NULL, card INTEGER NOT NULL, PRIMARY KEY (word, card)) WITHOUT ROWID;
"""


class PlannedCards:
    """Cards by words: whatever they may be asked for by, as ``phone:+7914…``. A base of its own, gone with the object."""

    def __init__(self) -> None:
        self.base = sqlite3.connect("")  # a file that SQLite makes for itself and deletes
        self.base.executescript(TABLES)

    def find(self, words: Collection[str]) -> Iterator[tuple[Card, list[str]]]:
        """Cards that have one of the words, each with those that it was found by. One query."""
        sql = """SELECT card.id, facts, json_group_array(word) FROM word JOIN card ON card.id = word.card
                 WHERE word IN (SELECT value FROM json_each(?)) GROUP BY card.id ORDER BY card.id"""
        for plan, facts, found in self.base.execute(sql, [json.dumps(list(words))]):
            yield _card(plan, json.loads(facts)), json.loads(found)

    def keep(self, cards: Iterable[tuple[Card, Collection[str]]]) -> None:
        """Remember the cards as they now are, with further words."""
        for card, words in cards:
            if card.plan is None:
                card.plan = self.base.execute("INSERT INTO card (facts) VALUES (?)", [_facts(card)]).lastrowid
            else:
                self.base.execute("UPDATE card SET facts = ? WHERE id = ?", [_facts(card), card.plan])
            self.base.executemany("INSERT OR IGNORE INTO word VALUES (?, ?)", [(word, card.plan) for word in words])
        self.base.commit()


def _facts(card: Card) -> str:
    days = [day.isoformat() if day else None for day in (card.birth_date, card.registered_on)]
    return json.dumps([card.pk, *card.name, *days, card.phone, card.email, card.home_store, card.note, card.behind, card.row,
                       sorted(card.beside), card.heard_from, card.postal_address])  # fmt: skip


def _card(plan: int, facts: list[str | int | None]) -> Card:
    pk, last, first, middle, born, registered, phone, email, store, note, behind, row, beside, heard, address = facts
    return Card(
        pk=pk, name=PersonName(last, first, middle), birth_date=_day(born), registered_on=_day(registered),  # type: ignore[arg-type]
        phone=phone, email=email, home_store=store, note=note, behind=behind, plan=plan, row=row, beside=frozenset(beside),  # type: ignore[arg-type]
        heard_from=heard, postal_address=address,  # type: ignore[arg-type]
    )  # fmt: skip


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None

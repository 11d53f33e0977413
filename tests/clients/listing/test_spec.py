"""The legacy list of the acceptance folder, its repetition and its sequel."""

import json
from typing import Any

import pytest

from clients.models import Client
from imports.models import Outcome, StagedRow
from tests.conftest import DATA
from tests.lists import bring, verdicts

FOLDER = DATA / "legacy-list"
FACTS = ("last_name", "first_name", "middle_name", "birth_date", "phone", "email", "state", "missing")


def differences(rows: list[StagedRow], expected: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    cards = Client.objects.in_bulk()
    found: list[tuple[object, ...]] = []
    for want in expected:
        row = rows[want["row"] - 1]
        card = cards.get(row.subject)
        if row.outcome != want["outcome"]:
            found.append((want["row"], row.outcome, want["outcome"]))
        for fact in set(FACTS) & set(want):
            value = getattr(card, fact)
            if (str(value) if fact == "birth_date" else value) != want[fact]:
                found.append((want["row"], fact, value, want[fact]))
        others = [other for other in ("of_row", "with_row") if other in want]
        found += [(want["row"], other) for other in others if rows[want[other] - 1].subject != row.subject]
    return found


@pytest.fixture
def expected() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text())
    return rows


def test_each_row_ends_as_expected(db: None, expected: list[dict[str, Any]]) -> None:
    rows = bring("clients", FOLDER / "clients.csv")

    assert len(rows) == len(expected)
    assert differences(rows, expected) == []
    assert [row.reason for row in rows if row.outcome == Outcome.REJECTED] == ["name"] * 4
    assert {row.number: row.reason for row in rows if row.outcome == Outcome.CONFLICT} == {24: "identity", 25: "phone"}


def test_the_preview_promises_what_the_list_does(db: None) -> None:
    planned = verdicts(bring("clients", FOLDER / "clients.csv", preview=True))
    assert not Client.objects.exists()

    assert verdicts(bring("clients", FOLDER / "clients.csv")) == planned


def test_a_second_time_nothing_changes(db: None) -> None:
    first = bring("clients", FOLDER / "clients.csv")
    stays = (Outcome.CONFLICT, Outcome.REJECTED)

    second = bring("clients", FOLDER / "clients.csv")

    assert verdicts(second) == [row.outcome if row.outcome in stays else Outcome.UNCHANGED for row in first]
    assert [row.subject for row in second] == [row.subject for row in first]


def test_the_second_list_fills_what_the_first_lacked(db: None) -> None:
    bring("clients", FOLDER / "clients.csv")

    rows = bring("clients", FOLDER / "second.csv")

    assert differences(rows, json.loads((FOLDER / "second-expected.json").read_text())) == []


@pytest.mark.parametrize("chunk", [1, 3, 1000])
def test_the_size_of_a_chunk_changes_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, expected: list[dict[str, Any]], chunk: int
) -> None:
    monkeypatch.setattr("imports.passes.engine.CHUNK", chunk)

    assert differences(bring("clients", FOLDER / "clients.csv"), expected) == []

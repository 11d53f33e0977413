"""The report by its command: in words, as JSON alone, of a store by its code or name."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from analytics.management.commands.returning_report import store_named
from clients.models import Client
from stores.models import Store
from tests.conftest import Sell


@pytest.mark.parametrize("arguments", [("2026-02-01", "2026-01-01"), ("2026-01-01", "2026-02-01", "--store", "nowhere")])
def test_a_wrong_command_says_why(db: None, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("returning_report", *arguments, stdout=StringIO())


def told(*options: str) -> str:
    out = StringIO()
    call_command("returning_report", "2026-02-01", "2026-02-28", *options, stdout=out)
    return out.getvalue()


def test_the_report_is_told_in_lines_or_as_json(card: Client, sell: Sell) -> None:
    sell(card, date(2026, 2, 5), 700)

    lines, data = told().splitlines(), json.loads(told("--json"))

    assert [line.partition(": ")[0] for line in lines] == list(data)
    assert lines[0] == "period: ['2026-02-01', '2026-02-28']"
    assert (data["items"]["total"], data["revenue"]["newcomer"]) == (1, 700)


def test_a_store_is_known_by_its_code_and_by_its_name(card: Client, sell: Sell, store: Store, other_store: Store) -> None:
    sell(card, date(2026, 2, 5), 700)
    sell(card, date(2026, 2, 6), 300, at=other_store)

    assert [json.loads(told("--json", "--store", text))["revenue"]["total"] for text in (store.code, other_store.name)] == [
        700,
        300,
    ]


def test_a_store_that_is_not_there_is_told_with_those_that_are(store: Store) -> None:
    with pytest.raises(CommandError, match=f"No store 'nowhere'. Known: {store.code}."):
        told("--store", "nowhere")


def test_a_chain_without_stores_knows_none(db: None) -> None:
    with pytest.raises(CommandError, match="Known: none"):
        store_named("nowhere")

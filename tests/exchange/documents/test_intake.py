"""What is kept of what a source sends, and what is said of its mistakes."""

import json
from typing import Any

import pytest
from django.utils import translation

from exchange.documents import intake, words
from exchange.models import TillDocument
from tests.exchange.conftest import Till, back, sale


def line(**facts: Any) -> dict[str, Any]:
    return {"lines": [{"article": "R1", "paid": "10.00", **facts}], "paid": []}


MISTAKES = [
    ({"operation": "exchange"}, "", "operation is sale or return"),
    ({"id": ""}, "id", "is a text, not empty and not longer than fits ()"),
    ({"at": "2026-05-05T18:42:10"}, "at", 'write the offset too: "2026-11-28T18:42:10+10:00" (2026-05-05T18:42:10)'),
    ({"at": "вчера"}, "at", 'is a moment with its offset: "2026-11-28T18:42:10+10:00" (вчера)'),
    ({"at": "0001-01-01T00:00:00+00:00"}, "at", "is no day of ours (0001-01-01T00:00:00+00:00)"),
    ({"lines": []}, "lines", "is a list with 1 to 100 parts ([])"),
    (line(quantity=0), "lines[0].quantity", "is a whole number from 1 to 200 (0)"),
    (line(uins=["1"]), "lines[0].uins[0]", "is digits: fn up to 16, fd and fp up to 10, a UIN exactly 16 (1)"),
    (line(article="R\u0000"), "lines[0].article", "has signs that nobody can see (R·)"),
    (line(tag="9.00"), "lines[0]", "the tag is 9.00, and what was paid with what was taken off is 10.00"),
    (
        line(deductions=[{"source": "bonus", "sum": "0.50"}]),
        "lines[0].deductions[0]",
        "bonuses are whole: write the sum without kopecks",
    ),
    ({"paid": [{"by": "gold", "sum": "1"}]}, "paid[0].by", "is one of: cash, card, certificate, prepayment, transfer"),
    ({"paid": [{"by": "cash", "sum": "1.00"}]}, "", "the payments are 1.00 together, and the lines 1000.00"),
]


@pytest.mark.parametrize(("said", "at", "said_so"), MISTAKES)
def test_each_mistake_is_said_at_its_place(till: Till, said: dict[str, Any], at: str, said_so: str) -> None:
    with translation.override("en"):
        kept = intake.keep(till.source, json.dumps({**sale(), **said}).encode())

        told = [(wrong.at, str(wrong.say).partition(" ({'")[0]) for wrong in kept.wrongs]

    assert told == [(at, said_so)]
    assert (kept.document.state, kept.document.external_id) == ("refused", "?")


def test_a_return_names_its_sale_or_nothing(till: Till) -> None:
    with translation.override("en"):
        kept = intake.keep(till.source, json.dumps(back(of={})).encode())

        told = [one["say"] for one in words.told(kept.wrongs)]

    assert told == ["name the sale by id or by fiscal ({})"]


def test_a_missing_field_is_named(till: Till) -> None:
    with translation.override("en"):
        kept = intake.keep(till.source, b'{"operation": "sale", "id": "1", "store": "x", "lines": [{"article": "R1"}]}')

        told = [tuple(one.values()) for one in words.told(kept.wrongs)]

    assert told == [("at", "is missing"), ("lines[0].paid", "is missing")]


def test_what_is_kept_is_what_came_to_the_letter(till: Till) -> None:
    text = '{ "operation": "sale",\n\n "id": 15, "at": "2026-05-05T18:42:10+10:00", "store": "Ё", "lines": [{"article": 7, "paid": 1.5}] }'

    kept = intake.keep(till.source, text.encode())

    assert (kept.wrongs, TillDocument.objects.get().raw) == ([], text)
    assert intake.read(kept.document).lines[0].article == "7"


def test_the_text_of_a_document_without_its_client_stays_a_document(till: Till) -> None:
    kept = intake.keep(till.source, json.dumps(sale(client={"phone": "89147012233"})).encode())

    raw = intake.without_the_client(kept.document.raw)

    assert ("9147012233" in raw, json.loads(raw)["lines"]) == (False, sale()["lines"])
    assert intake.without_the_client("нечто") == ""

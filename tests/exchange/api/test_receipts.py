"""What tills and 1C are answered."""

from typing import Any

import pytest
from django.test import Client as Browser

from clients.models import Client
from exchange import services
from exchange.models import DocumentState, TillDocument
from purchases.models import Purchase
from stores.models import Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, only, sale

RUSSIAN, ENGLISH = {"Accept-Language": "ru"}, {"Accept-Language": "en"}
ADDRESSES = ["/api/receipts/1/", "/api/clients/lookup?phone=89147012233"]


@pytest.mark.parametrize("secret", ["", "till_guessed"])
def test_a_guess_opens_nothing(make_till: MakeTill, secret: str) -> None:
    make_till()
    browser = Browser(headers={"Authorization": f"Bearer {secret}"})

    assert [browser.get(address).status_code for address in ADDRESSES] == [401, 401]
    assert browser.post("/api/receipts/", {}, content_type="application/json").status_code == 401
    assert TillDocument.objects.count() == 0


def test_a_revoked_key_opens_nothing_and_another_one_still_does(till: Till) -> None:
    key, (_second, secret) = till.source.keys.get(), services.issue_key(till.source)
    services.revoke_key(key)

    assert till.send(sale()).status_code == 401
    assert Till(till.source, Browser(headers={"Authorization": f"Bearer {secret}"})).send(sale()).status_code == 202


def test_the_key_of_an_admin_is_no_key_of_a_till_and_the_other_way_round(till: Till) -> None:
    assert till.browser.get("/api/lists/1/").status_code == 401
    assert till.browser.get("/api/figures/").status_code == 401


@pytest.mark.parametrize(
    ("may", "statuses"),
    [
        ("may_send", [202, 403, 403]),
        ("may_quote", [403, 422, 403]),
        ("may_look_up", [403, 403, 404]),
        ("may_fill", [403, 403, 403]),
    ],
)
def test_a_source_may_do_what_is_said_and_no_more(make_till: MakeTill, store: Store, may: str, statuses: list[int]) -> None:
    rights = dict.fromkeys(["may_send", "may_quote", "may_look_up", "may_fill"], False) | {may: True}
    till = make_till(**rights)

    lookup = till.browser.get("/api/clients/lookup", {"phone": "89147012233"})
    assert [till.send(sale()).status_code, till.ask({}).status_code, lookup.status_code] == statuses


def test_a_source_sees_nothing_of_another(till: Till, make_till: MakeTill, store: Store) -> None:
    answer = till.send(sale())

    other = make_till("1C").browser.get(answer["Location"])

    assert (other.status_code, other.json()["error"]) == (404, "not_found")


def test_the_same_once_more_is_answered_with_what_has_become_of_it(till: Till, store: Store) -> None:
    first, again = till.send(sale()), till.send(sale())

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json() == till.became(first)
    assert Purchase.objects.count() == 1


def test_the_same_in_other_spaces_is_the_same(till: Till, store: Store) -> None:
    spaced = '{"id": "s-1",\n "operation":"sale", "at":"2026-05-05T18:42:10+10:00", "store":"luxury",   "lines":[]}'

    assert [till.send(text).status_code for text in (sale(), spaced, spaced.replace("   ", ""))] == [202, 422, 422]
    assert TillDocument.objects.count() == 2


def test_another_text_of_the_same_document_waits_for_a_person(till: Till, store: Store) -> None:
    till.send(sale())

    other = till.send(sale(number="2", id="s-1"))

    assert other.status_code == 202
    assert till.became(other)["reason"] == "differs"
    assert Purchase.objects.get().receipt_number == "1"


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        (RUSSIAN, 'lines[0].paid: это сумма от 0, с точкой и не больше чем с двумя знаками после неё: "118795.00" (1000,00)'),
        (ENGLISH, 'lines[0].paid: is a sum from 0 up, with a point and at most two digits after it: "118795.00" (1000,00)'),
    ],
)
def test_what_cannot_be_read_is_said_in_words_and_kept(till: Till, store: Store, headers: dict[str, str], said: str) -> None:
    wrong = sale(lines=[{"article": "R1", "paid": "1000,00"}])

    answer = till.send(wrong, **headers)

    assert (answer.status_code, answer.json()["error"], answer.json()["say"]) == (422, "invalid", said)
    assert answer.json()["errors"][0]["at"] == "lines[0].paid"
    assert (only().state, only().reason, "1000,00" in only().raw) == (DocumentState.REFUSED, "invalid", True)
    assert Purchase.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "NaN", '"\\ud800"', '{"a": 1e999999}', "[" * 100_000, "1" * 5_000, b"\xff\x00", '{"operation": []}'],
)
def test_nothing_that_is_sent_breaks_anything(till: Till, text: str | bytes) -> None:
    answer = till.send(text)

    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")
    assert only().state == DocumentState.REFUSED


def test_a_document_that_is_mended_is_applied_under_its_number(till: Till, store: Store) -> None:
    till.send(sale(paid=[{"by": "cash", "sum": "1.00"}]))

    mended = till.send(sale())

    assert till.became(mended)["state"] == "applied"


def test_too_many_requests_are_told_to_wait(make_till: MakeTill, store: Store) -> None:
    till = make_till(a_minute=2)

    answers = [till.send(sale(str(number))) for number in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
    assert answers[-1]["Retry-After"] == "60"
    assert TillDocument.objects.count() == 2


def test_one_source_does_not_use_up_what_another_may(make_till: MakeTill, store: Store) -> None:
    tills = [make_till(name, a_minute=1) for name in ("one", "two")]

    assert [till.send(sale(till.source.name)).status_code for till in tills] == [202, 202]


@pytest.mark.parametrize("asked", [{"phone": "8 (914) 701-22-33"}, {"phone": "+79147012233"}])
def test_a_client_is_looked_up(till: Till, asked: dict[str, Any]) -> None:
    factories.ClientFactory.create(phone="+79147012233", first_name="Анна", last_name="Соколова")

    assert till.browser.get("/api/clients/lookup", asked).json() == {"client": "Анна С.", "balance": "0", "coming": "0"}


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 422),
        ({"phone": " ", "card": ""}, 422),
        ({"phone": "89147012233"}, 404),
        ({"card": "\x00"}, 400),
        ({"phone": "нет"}, 404),
    ],
)
def test_nobody_is_looked_up(till: Till, card: Client, asked: dict[str, str], status: int) -> None:
    assert till.browser.get("/api/clients/lookup", asked).status_code == status


def test_the_contract_says_what_a_document_is(till: Till) -> None:
    paths = till.browser.get("/api/openapi.json").json()["paths"]

    body = paths["/api/receipts/"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert [part["properties"]["operation"]["const"] for part in body["oneOf"]] == ["sale", "return"]
    assert "$ref" not in str(body)

"""A client confirms at a till what is spent above the bound of the terms."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import CardState, Client
from exchange.documents import applying
from exchange.models import TillDocument
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Member, Reservation, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from messaging import codes
from messaging.models import Message, OneTimeCode
from stores.models import Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, sale


@pytest.fixture
def regular(store: Store) -> Client:
    """Who has 900 bonuses; above 100 they say a code."""
    client = factories.ClientFactory.create(phone="+79147012233", first_name="Анна", last_name="Соколова")
    today = store.today()
    loyalty_services.publish(TermsSaid(Mode.BONUSES, 5, code_from=100), since=today, by=None)  # type: ignore[arg-type]
    account = loyalty_services.open_account(client.pk, on=today)
    loyalty_services.earn(
        account, 900, birth=Birth(Source.GOODWILL, today, today + timedelta(days=365)), key="g", on=today, by=None
    )
    return client


def quoted(till: Till, spend: str = "300.00", **more: Any) -> dict[str, Any]:
    line = {"n": 1, "article": "R1", "tag": "1000.00"}
    asked = {"basket": "b-1", "store": "luxury", "client": {"phone": "89147012233"}, "spend": spend, "lines": [line]}
    told: dict[str, Any] = till.ask({**asked, **more}).json()
    return told


def ask(till: Till, quote: str) -> Any:
    return till.browser.post(f"/api/quotes/{quote}/code/")


def prove(till: Till, quote: str, code: Any) -> Any:
    return till.browser.post(f"/api/quotes/{quote}/proof/", {"code": code}, content_type="application/json")


def sent() -> str:
    """The code of the newest message."""
    codes.send(OneTimeCode.objects.latest("pk").pk, timezone.now())
    code: str = re.findall(r"\d{6}", Message.objects.filter(source="code").latest("pk").text)[0]
    return code


def other_than(code: str) -> str:
    return "000000" if code != "000000" else "000001"


def test_a_code_goes_once_and_confirms_the_spend(till: Till, regular: Client) -> None:
    quote = quoted(till)
    assert quote["needs_code"]

    first, again = ask(till, quote["quote"]), ask(till, quote["quote"])
    code = sent()
    wrong = prove(till, quote["quote"], other_than(code))
    right = [prove(till, quote["quote"], said).json() for said in (code, code)]

    assert (first.status_code, again.json(), OneTimeCode.objects.count()) == (202, first.json(), 1)
    assert (wrong.status_code, wrong.json()["error"], right) == (422, "wrong_code", [{"state": "proven"}] * 2)
    assert "9147012233" not in first.content.decode() + right[0]["state"] + wrong.content.decode()
    assert Reservation.objects.get().proven == 300


def test_what_was_confirmed_holds_for_the_basket_and_for_no_more(till: Till, regular: Client) -> None:
    quote = quoted(till)
    ask(till, quote["quote"])
    prove(till, quote["quote"], sent())

    less, more = quoted(till, "200.00"), quoted(till, "301.00", lines=[{"n": 1, "article": "R1", "tag": "2000.00"}])
    elsewhere = quoted(till, "200.00", basket="b-2")

    assert [one["needs_code"] for one in (less, more, elsewhere)] == [False, True, True]
    refused = ask(till, quoted(till, "200.00")["quote"])
    assert (refused.status_code, refused.json()["error"]) == (422, "code_not_needed")


def test_it_is_a_code_of_this_basket_alone(till: Till, make_till: MakeTill, regular: Client) -> None:
    quote, other = quoted(till)["quote"], quoted(till, basket="b-2")["quote"]
    ask(till, quote)
    code = sent()

    assert prove(till, other, code).json()["error"] == "wrong_code"
    assert [one.status_code for one in (ask(make_till("till-3"), quote), prove(make_till("till-4"), quote, code))] == [409, 409]
    assert Reservation.objects.filter(proven__gt=0).count() == 0


def test_the_limits_are_those_of_the_counter(till: Till, regular: Client) -> None:
    quote = quoted(till)["quote"]
    for _time in range(3):
        assert ask(till, quote).status_code == 202
        OneTimeCode.objects.update(created_at=timezone.now() - timedelta(minutes=1))

    refused = ask(till, quote)

    assert (refused.status_code, refused.json()["error"], OneTimeCode.objects.count()) == (422, "no_code", 3)
    code = sent()
    for _try in range(codes.MOST_TRIES):
        prove(till, quote, other_than(code))
    assert prove(till, quote, code).json()["error"] == "wrong_code"


def test_a_spend_below_the_bound_or_of_nobody_needs_none(till: Till, regular: Client) -> None:
    small, nobody = quoted(till, "100.00"), quoted(till, "0", client=None, basket="b-2")

    assert [ask(till, one["quote"]).json()["error"] for one in (small, nobody)] == ["code_not_needed"] * 2
    assert OneTimeCode.objects.count() == 0


def test_a_quote_that_is_over_or_whose_client_has_gone_proves_nothing(till: Till, regular: Client) -> None:
    quote = quoted(till)["quote"]
    assert ask(till, "q_none").status_code == 409
    Member.objects.update(until=timezone.localdate())
    assert ask(till, quote).json()["error"] == "quote_expired"
    Member.objects.update(until=None)
    Client.objects.filter(pk=regular.pk).update(state=CardState.INCOMPLETE, phone=None)
    assert ask(till, quote).json()["error"] == "no_code"
    Reservation.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert prove(till, quote, "123456").json()["error"] == "quote_expired"


@pytest.mark.parametrize("body", ["{", '{"code": "12"}', "{}", '{"code": "абвгде"}'])
def test_what_is_no_code_is_said_so(body: str, till: Till, regular: Client) -> None:
    quote = quoted(till)["quote"]

    answer = till.browser.post(f"/api/quotes/{quote}/proof/", body, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (422, "invalid")


def test_a_source_that_may_not_ask_for_bills_gets_no_code(make_till: MakeTill, regular: Client) -> None:
    till = make_till("feeds", may_quote=False)

    assert [ask(till, "q_1").status_code, prove(till, "q_1", "123456").status_code] == [403, 403]


@pytest.mark.parametrize("is_proven", [True, False])
def test_the_receipt_stands_and_says_whether_it_was_confirmed(is_proven: bool, till: Till, regular: Client, store: Store) -> None:
    quote = quoted(till)["quote"]
    if is_proven:
        ask(till, quote)
        prove(till, quote, sent())
    line = {"article": "R1", "kind": "ring", "paid": "700.00", "deductions": [{"source": "bonus", "sum": "300.00"}]}
    now = timezone.now().isoformat()
    answer = till.send(
        sale(at=now, client={"phone": "89147012233"}, quote=quote, lines=[line], paid=[{"by": "cash", "sum": "700.00"}])
    )

    applying.apply_received()

    told = till.became(answer)
    assert (told["state"], told["proven"]) == ("applied", is_proven)
    assert TillDocument.objects.get().outcome["proven"] == is_proven

"""What a basket costs, as a till is told."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client
from exchange.documents.contract import SoldLine
from loyalty import services as loyalty_services
from loyalty.ledger import Birth
from loyalty.models import Reservation, Right, Source
from loyalty.pricing import Mode
from loyalty.services import TermsSaid
from stores.models import Store
from tests import factories
from tests.exchange.conftest import MakeTill, Till, sale
from tests.loyalty.conftest import coupon


@pytest.fixture
def regular(store: Store) -> Client:
    """Who has 400 bonuses, where 30 % may be paid by them and 5 % are earned."""
    client = factories.ClientFactory.create(phone="+79147012233", first_name="Анна", last_name="Соколова")
    today = store.today()
    loyalty_services.publish(TermsSaid(Mode.BONUSES, 5), since=today, by=None)  # type: ignore[arg-type]
    account = loyalty_services.open_account(client.pk, on=today)
    birth = Birth(Source.GOODWILL, today, today + timedelta(days=365))
    loyalty_services.earn(account, 400, birth=birth, key="gift", on=today, by=None)
    return client


def basket(spend: Any = "0", **more: Any) -> dict[str, Any]:
    line = {"n": 1, "article": "R1", "tag": "1000.00"}
    return {"store": "luxury", "client": {"phone": "89147012233"}, "spend": spend, "lines": [line], **more}


def test_a_bill_is_said_and_promised(till: Till, regular: Client) -> None:
    told = till.ask(basket("300.00")).json()

    assert told["quote"] == Reservation.objects.get().key
    assert {name: told[name] for name in ("client", "balance", "most", "spent", "to_pay", "needs_code")} == {
        "client": "Анна С.", "balance": "400", "most": "300", "spent": "300", "to_pay": "700.00", "needs_code": False,
    }  # fmt: skip
    assert told["lines"] == [
        {"n": 1, "paid": "700.00", "deductions": [{"source": "bonus", "sum": "300.00"}], "earns": "35", "why": ""}
    ]
    assert told["rights"] == []


def test_as_much_as_allowed_is_spent(till: Till, regular: Client) -> None:
    assert till.ask(basket("most")).json()["spent"] == "300"


def test_more_than_may_be_spent_is_refused_with_how_much_may(till: Till, regular: Client) -> None:
    answer = till.ask(basket("301.00"))

    assert (answer.status_code, answer.json()["error"], answer.json()["most"]) == (422, "spend_too_much", "300")
    assert Reservation.objects.count() == 0


def test_two_tills_are_not_promised_the_same(till: Till, make_till: MakeTill, regular: Client) -> None:
    till.ask(basket("300.00"))

    other = make_till("till-3").ask(basket("300.00"))

    assert (other.status_code, other.json()["most"]) == (422, "100")


def test_a_second_bill_of_a_basket_takes_the_place_of_the_first(till: Till, regular: Client) -> None:
    first = till.ask(basket("300.00", basket="b-1")).json()

    second = till.ask(basket("300.00", basket="b-1")).json()

    assert second["spent"] == "300"
    assert list(Reservation.objects.values_list("key", flat=True)) == [second["quote"]] != [first["quote"]]


def test_a_quote_is_prolonged_while_it_holds(till: Till, make_till: MakeTill, regular: Client) -> None:
    key = till.ask(basket("300.00")).json()["quote"]
    again = till.ask(basket("200.00", quote=key))
    foreign = make_till("till-3").ask(basket("0", quote=again.json()["quote"]))
    Reservation.objects.update(until=timezone.now() - timedelta(seconds=1))

    late = till.ask(basket("200.00", quote=again.json()["quote"]))

    assert (again.json()["spent"], foreign.status_code) == ("200", 409)
    assert (late.status_code, late.json()["error"]) == (409, "quote_expired")


def test_the_sale_of_a_quote_takes_it(till: Till, regular: Client) -> None:
    told = till.ask(basket("300.00")).json()
    line = {"article": "R1", "kind": "ring", "tag": "1000.00", **told["lines"][0]}

    till.send(sale(at=timezone.now().isoformat(), quote=told["quote"], client={"phone": "89147012233"}, lines=[line], paid=[]))

    assert Reservation.objects.count() == 0
    assert till.ask(basket()).json()["balance"] == "100"
    assert SoldLine.model_validate(line).taken("bonus") == 300


def test_nobody_known_pays_the_tag(till: Till, store: Store) -> None:
    told = till.ask(basket(lines=[{"tag": "1000.00", "off": "100.00", "quantity": 3}])).json()

    assert (told["client"], told["to_pay"], told["lines"][0]["paid"]) == (None, "900.00", "900.00")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"store": "nowhere"}, "unknown_store"),
        ({"lines": []}, "invalid"),
        ({"rights": ["A1"]}, "unknown_right"),
        ({"spend": "0.50"}, "invalid"),
    ],
)
def test_a_bill_that_cannot_be_made_says_why(till: Till, store: Store, said: dict[str, Any], error: str) -> None:
    answer = till.ask({**basket(), **said})

    assert (answer.status_code, answer.json()["error"]) == (422, error)


def test_a_coupon_is_taken_into_the_bill(till: Till, regular: Client) -> None:
    right = coupon(from_on=date(2026, 1, 1), until=date(2099, 1, 1), kinds=["ring"])
    line = {"n": 1, "article": "R1", "tag": "1000.00"}

    told = till.ask(basket("most", rights=[right.code], lines=[line, {"n": 2, "kind": "серьги", "tag": "500.00"}])).json()

    assert told["rights"] == [{"code": right.code, "sum": "100.00", "why": ""}]
    assert told["lines"][0]["deductions"][0] == {"source": "right", "sum": "100.00"}
    assert (told["spent"], told["to_pay"]) == ("400", "1000.00")


def test_a_coupon_of_nobody_known_holds_too(till: Till, store: Store) -> None:
    right = coupon(from_on=date(2026, 1, 1), until=date(2099, 1, 1))

    assert till.ask(basket(rights=[right.code, right.code.lower()])).json()["to_pay"] == "900.00"


def test_a_coupon_that_is_not_to_be_had_says_why(till: Till, regular: Client) -> None:
    used, other = (
        coupon(from_on=date(2026, 1, 1), until=date(2099, 1, 1)),
        coupon("other", from_on=date(2026, 1, 1), until=date(2099, 1, 1)),
    )
    Right.objects.filter(pk=used.pk).update(uses_left=0)

    late, two = (till.ask(basket(rights=codes)) for codes in ([used.code], [used.code, other.code]))

    assert (late.status_code, late.json()["error"]) == (422, "right_refused")
    assert (two.status_code, two.json()["error"], Reservation.objects.count()) == (422, "unknown_right", 0)


def test_more_bonuses_than_the_terms_say_need_a_code(till: Till, regular: Client, store: Store) -> None:
    loyalty_services.publish(TermsSaid(Mode.BONUSES, 5, code_from=200), since=store.today(), by=None)  # type: ignore[arg-type]

    assert [till.ask(basket(spend, basket="b")).json()["needs_code"] for spend in ("200.00", "201.00")] == [False, True]

"""Orders on their pages: taken, paid, moved, sold, cancelled; the list; foreign ones."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from clients.models import CardState, Client
from clients.typed import GONE
from purchases.models import Order, OrderPayment, Purchase
from stores.models import Employee, Store
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.purchases.orders.conftest import Take


@pytest.fixture
def counter(signed_in: SignIn, seller: Employee) -> Browser:
    return signed_in(seller)


def post(browser: Browser, name: str, order: Order, **data: str) -> int:
    return browser.post(reverse(f"purchases:{name}_order", args=[order.pk]), data).status_code


def test_an_order_goes_from_its_form_to_its_receipt(counter: Browser, card: Client) -> None:
    typed = {
        "client": card.pk,
        "form_key": str(uuid4()),
        "article": "R1",
        "price": "10 000",
        "prepaid": "3 000",
        "paid_by": "cash",
    }
    assert counter.get("/orders/new/", {"client": card.pk}).context["form"].initial == {"client": card}

    places = [counter.post("/orders/new/", typed)["Location"] for _twice in range(2)]

    order = Order.objects.get()
    assert (places, order.held) == ([f"/orders/{order.pk}/"] * 2, 3_000)
    assert post(counter, "move", order, status="arrived") == 302
    assert post(counter, "pay", order, form_key=str(uuid4()), sum="1 000", paid_by="card") == 302
    assert post(counter, "refund", order, form_key=str(uuid4()), sum="500", paid_by="card", reason="лишнее") == 302
    assert post(counter, "sell", order, article="R1", price="10 000", paid_by="card") == 302
    receipt = Purchase.objects.get()
    assert list(receipt.tenders.values_list("kind", "sum")) == [("card", 6_500), ("prepayment", 3_500)]
    assert reverse("purchases:receipt", args=[receipt.pk]) in counter.get(f"/orders/{order.pk}/").content.decode()


def test_a_cancelled_order_says_what_goes_back(counter: Browser, take: Take) -> None:
    order = take(prepaid=3_000)

    page = counter.post(
        reverse("purchases:cancel_order", args=[order.pk]), {"reason": "не подошло", "paid_by": "cash"}, follow=True
    )

    said = page.content.decode().replace("\xa0", " ")
    assert ("3 000 ₽" in said, "не подошло" in said) == (True, True)
    order.refresh_from_db()
    assert (order.status, order.held) == ("cancelled", 0)


def test_what_is_wrong_or_refused_changes_nothing(counter: Browser, take: Take, card: Client) -> None:
    order, key = take(prepaid=3_000), str(uuid4())

    answers = [
        counter.post("/orders/new/", {"client": card.pk, "price": "5"}).status_code,
        post(counter, "pay", order, form_key=key, sum="0", paid_by="cash"),
        post(counter, "refund", order, form_key=key, sum="3 001", paid_by="cash", reason="—"),
        post(counter, "sell", order, article="R1", price="2 000", paid_by="card"),
        post(counter, "cancel", order, paid_by="cash"),
        post(counter, "move", order, status="sold"),
    ]

    order.refresh_from_db()
    assert answers == [422] * 5 + [302]
    assert (order.status, order.held, OrderPayment.objects.count(), Order.objects.count()) == ("new", 3_000, 1, 1)


def test_an_order_of_another_store_is_not_found(counter: Browser, take: Take, other_store: Store) -> None:
    order = take(store=other_store, prepaid=3_000)

    assert counter.get(f"/orders/{order.pk}/").status_code == 404
    assert {post(counter, act, order) for act in ("move", "pay", "refund", "sell", "cancel")} == {404}
    assert counter.get("/orders/new/", {"client": "x"}).status_code == 404
    order.refresh_from_db()
    assert (order.status, order.held) == ("new", 3_000)


def test_the_list_takes_as_many_queries_for_three_rows_as_for_one(
    counter: Browser, take: Take, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    take()
    counter.get("/orders/")
    with django_assert_max_num_queries(40) as once:
        counter.get("/orders/")
    take(), take(client=ClientFactory.create())

    with django_assert_max_num_queries(len(once)):
        page = counter.get("/orders/")

    assert len(page.context["page"].object_list) == 3


def test_the_list_goes_out_as_it_is_narrowed(counter: Browser, take: Take) -> None:
    take(), take(description="с синим камнем", prepaid=300)

    rows = list(load_workbook(BytesIO(counter.get("/orders/?q=2&export").content)).active.values)  # type: ignore[union-attr]

    assert [(row[4], row[6]) for row in rows[1:]] == [("R1 с синим камнем", 300)]


def test_the_card_shows_what_its_client_waits_for(counter: Browser, take: Take, card: Client, other_store: Store) -> None:
    mine, foreign = take(), take(store=other_store, description="с топазом")

    page = counter.get(reverse("pages:card", args=[card.pk])).content.decode()

    links = [reverse("purchases:order", args=[order.pk]) in page for order in (mine, foreign)]
    assert (links, "с топазом" in page) == ([True, False], True)


def test_an_order_is_put_right_on_its_page_and_says_what_was_there(counter: Browser, take: Take) -> None:
    order = take(prepaid=3_000)
    address = reverse("purchases:correct_order", args=[order.pk])
    form = counter.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}

    refused = counter.post(address, {**typed, "price": "2 000"})
    done = counter.post(address, {**typed, "price": "12 000", "description": "с сапфиром"})

    order.refresh_from_db()
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["price"])
    assert (done.status_code, order.price, order.description) == (302, 12_000, "с сапфиром")
    assert "с сапфиром" in counter.get(f"/orders/{order.pk}/").content.decode()


@pytest.mark.parametrize("size", ["", "a5", "80", "58", "none"])
def test_the_slip_says_what_is_ordered_and_paid(counter: Browser, take: Take, size: str) -> None:
    order = take(prepaid=3_000)

    page = counter.get(reverse("purchases:order_slip", args=[order.pk]), {"size": size}).content.decode().replace("\xa0", " ")

    assert [text in page for text in (f"№ {order}", "10 000 ₽", "3 000 ₽", "7 000 ₽", 'class="bars"')] == [True] * 5


def test_who_cannot_be_written_to_is_to_be_called(counter: Browser, take: Take, card: Client) -> None:
    Client.objects.filter(pk=card.pk).update(state="incomplete", phone=None, email=None)
    order = take()

    page = counter.post(reverse("purchases:move_order", args=[order.pk]), {"status": "arrived"}, follow=True).content.decode()

    assert "Написать этому клиенту некуда" in page


def test_an_order_of_a_client_who_was_erased_meanwhile_keeps_what_was_typed(counter: Browser, card: Client) -> None:
    typed = {"client": card.pk, "form_key": str(uuid4()), "article": "R1", "price": "10 000", "paid_by": "cash"}
    Client.objects.filter(pk=card.pk).update(state=CardState.ERASED, phone=None)
    other = ClientFactory.create()

    opened = counter.get("/orders/new/", {"client": card.pk})
    refused = counter.post(f"/orders/new/?client={card.pk}", typed)
    form = refused.context["form"]
    taken = counter.post(f"/orders/new/?client={card.pk}", typed | {"whose": other.phone})

    assert (opened.status_code, opened.context["client"], refused.status_code) == (200, None, 422)
    assert (form["article"].value(), [*form.errors], str(GONE) in refused.content.decode()) == ("R1", ["client"], True)
    assert (taken.status_code, Order.objects.get().client) == (302, other)


def test_an_order_of_a_card_that_became_part_of_another_is_the_other_s(counter: Browser, card: Client) -> None:
    other = ClientFactory.create()
    Client.objects.filter(pk=card.pk).update(state=CardState.MERGED, merged_into=other, phone=None)

    counter.post("/orders/new/", {"client": card.pk, "form_key": str(uuid4()), "article": "R1", "price": "1", "paid_by": "cash"})

    assert Order.objects.get().client == other

"""After signing in again one stands where one stood, and the browser is told which filled form was saved."""

from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse

from clients.models import Client
from purchases.models import Order
from stores.models import Employee
from tests.conftest import SignIn

LOGIN = "/accounts/login/?next="


@pytest.mark.parametrize(
    ("headers", "back"),
    [
        ({}, "/orders/7/pay/"),
        ({"Referer": "http://testserver/orders/7/?x=1"}, "/orders/7/%3Fx%3D1"),
        ({"Referer": "https://elsewhere.example/orders/7/"}, "/orders/7/pay/"),
    ],
)
@pytest.mark.django_db
def test_what_was_sent_leads_back_to_its_page(headers: dict[str, str], back: str) -> None:
    assert Browser().post("/orders/7/pay/", headers=headers)["Location"] == LOGIN + back


@pytest.mark.django_db
def test_a_part_of_a_page_leads_the_whole_page_away() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/sales/new/"}

    answer = Browser().post("/sales/bill/", headers=headers)

    assert (answer.status_code, answer["HX-Redirect"]) == (200, f"{LOGIN}/sales/new/")


@pytest.mark.parametrize(
    ("name", "price", "said"),
    [("0" * 32, "10 000", "0" * 32), ("0" * 32, "", None), ("card=5; path", "10 000", None), ("", "10 000", None)],
)
def test_a_form_that_was_saved_is_named_and_a_refused_one_is_not(
    signed_in: SignIn, seller: Employee, card: Client, name: str, price: str, said: str | None
) -> None:
    typed = {"client": card.pk, "form_key": str(uuid4()), "article": "R1", "price": price, "paid_by": "cash", "draft": name}

    answer = signed_in(seller).post(reverse("purchases:take_order"), typed)

    assert Order.objects.count() == bool(price)
    assert (answer.cookies["saved_draft"].value if "saved_draft" in answer.cookies else None) == said

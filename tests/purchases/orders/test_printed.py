"""An order's slip as a file."""

import pytest
from django.urls import reverse

from purchases.orders import printed
from stores.models import Employee
from tests.conftest import SignIn
from tests.purchases.orders.conftest import Take


@pytest.mark.parametrize("size", ["a5", "80", "58"])
def test_the_slip_is_one_sheet_of_each_paper(take: Take, seller: Employee, signed_in: SignIn, size: str) -> None:
    order = take(prepaid=3_000)

    answer = signed_in(seller).get(reverse("purchases:order_slip", args=[order.pk]), {"size": size, "pdf": "1"})

    assert (answer["Content-Type"], answer.content[:5], answer.content.count(b"/Type /Page\n")) == (
        "application/pdf",
        b"%PDF-",
        1,
    )


def test_it_says_what_its_page_says(take: Take) -> None:
    order = take(prepaid=3_000)
    told = "\n".join(printed.facts_of(order, list(order.payments.all()))).replace("\xa0", " ")

    assert all(words in told for words in (str(order.client), str(order.store), "10 000 ₽", "Предоплата", "3 000 ₽"))

"""A day at the counter, through the pages of several apps: registering, selling, taking in."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from clients.models import CardState, Client
from purchases.models import Purchase
from stores.models import Employee, Store
from tests.conftest import Sell, SignIn
from tests.factories import ClientFactory
from workshop.models import ServiceRequest

DETAILS = {
    "last_name": "Кузнецова", "first_name": "Анна", "birth_date": "06.05.1990", "phone": "8 924 111-22-33",
    "email": "anna@example.ru", "consent_personal_data": "on", "consent_advertising_sms": "on",
}  # fmt: skip


def sale(client: Client | None = None, /, **more: Any) -> dict[str, Any]:
    lines = {"pieces-TOTAL_FORMS": 2, "pieces-INITIAL_FORMS": 0, "pieces-0-article": "R5387-6925", "pieces-0-price": "138 795"}
    return {**lines, "client": client.pk if client else "", "form_key": uuid4(), **more}


def test_what_is_not_found_is_carried_into_the_registration(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    assert browser.get(reverse("clients:register"), {"q": "петрова анна"}).context["form"].initial == {
        "last_name": "Петрова", "first_name": "Анна",
    }  # fmt: skip
    assert browser.get(reverse("clients:register"), {"q": "8 914 000"}).context["form"].initial == {"phone": "8 914 000"}


def test_registering(seller: Employee, signed_in: SignIn, store: Store) -> None:
    response = signed_in(seller).post(reverse("clients:register"), DETAILS)

    card = Client.objects.get()
    assert response["Location"] == reverse("pages:card", args=[card.pk])
    assert (card.phone, card.home_store) == ("+79241112233", store)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "123"}, "phone"), ({"email": "anna@example,ru"}, "email"), ({"birth_date": "31.02.1990"}, "birth_date"),
        ({"birth_date": "01.01.2090"}, "birth_date"), ({"last_name": "<b>"}, "last_name"), ({"first_name": "А."}, "first_name"),
        ({"consent_personal_data": ""}, "consent_personal_data"),
    ],
)  # fmt: skip
def test_a_wrong_answer_gets_words_beside_it(seller: Employee, signed_in: SignIn, wrong: dict[str, str], field: str) -> None:
    response = signed_in(seller).post(reverse("clients:register"), DETAILS | wrong)

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert not Client.objects.exists()


def test_the_same_person_again_lands_on_the_card(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    browser.post(reverse("clients:register"), DETAILS)

    response = browser.post(reverse("clients:register"), DETAILS)

    assert response["Location"] == reverse("pages:card", args=[Client.objects.get().pk])


def test_somebody_else_with_the_phone_is_offered_a_way(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    browser.post(reverse("clients:register"), DETAILS)
    husband = DETAILS | {"last_name": "Кузнецов", "first_name": "Пётр"}

    refused = browser.post(reverse("clients:register"), husband)
    assert (refused.status_code, Client.objects.count()) == (422, 1)
    browser.post(reverse("clients:register"), husband | {"behind": refused.context["holder"].pk})

    second = Client.objects.get(first_name="Пётр")
    assert (second.state, second.reached_through) == (CardState.INCOMPLETE, refused.context["holder"])


def test_a_sale_and_its_double(seller: Employee, signed_in: SignIn, card: Client) -> None:
    browser, form = signed_in(seller), sale(card)

    for _time in range(2):
        response = browser.post(reverse("purchases:sell"), form)

    assert response["Location"] == reverse("pages:card", args=[card.pk])
    assert Purchase.objects.get().pieces.get().kind == "ring"


def test_a_sale_needs_a_client_or_a_reason_and_a_piece(seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    assert browser.post(reverse("purchases:sell"), sale()).status_code == 422
    assert (
        browser.post(reverse("purchases:sell"), sale(no_card_reason="declined", **{"pieces-0-price": "много"})).status_code == 422
    )
    assert not Purchase.objects.exists()
    assert browser.post(reverse("purchases:sell"), sale(no_card_reason="declined")).status_code == 302


def test_the_story_of_the_lost_contact(seller: Employee, signed_in: SignIn) -> None:
    """A card without a phone; the person brings a ring the next day and gives phone and e-mail: one card, complete."""
    card = ClientFactory.create(birth_date=date(1975, 3, 3), phone=None, email=None, state=CardState.INCOMPLETE)
    browser = signed_in(seller)
    proposed = browser.post(reverse("workshop:visitor_matches"), {"last_name": "иванова", "birth_date": "3.3.1975"})
    assert proposed.context["only"].client == card

    browser.post(
        reverse("workshop:take_in"),
        {
            "client": card.pk, "last_name": "Иванова", "birth_date": "03.03.1975", "phone": "8 924 555 66 77",
            "email": "ivanova@example.ru", "kind": "resizing", "description": "кольцо", "size_to": "17,5", "form_key": uuid4(),
        },
    )  # fmt: skip

    card.refresh_from_db()
    assert (card.state, card.phone) == (CardState.COMPLETE, "+79245556677")
    assert ServiceRequest.objects.get().client == card


def test_a_new_visitor_at_the_desk_gets_a_complete_card_or_none(seller: Employee, signed_in: SignIn) -> None:
    request = {"kind": "cleaning", "description": "цепь", "form_key": uuid4()}
    browser = signed_in(seller)
    some = {key: DETAILS[key] for key in ("last_name", "birth_date")}

    assert browser.post(reverse("workshop:take_in"), {**request, **some}).status_code == 422
    assert not Client.objects.exists()
    assert browser.post(reverse("workshop:take_in"), {**request, **DETAILS}).status_code == 302

    assert Client.objects.get().consents.filter(given=True).count() == 2


def test_receipts_of_other_stores_are_not_there(
    seller: Employee, signed_in: SignIn, sell: Sell, card: Client, other_store: Store
) -> None:
    foreign = sell(card, date(2026, 5, 5), 100, at=other_store)
    browser = signed_in(seller)

    assert browser.post(reverse("purchases:return", args=[foreign.pk]), {"piece": foreign.pieces.get().pk}).status_code == 404
    assert browser.get(reverse("purchases:receipts"), {"store": other_store.pk}).status_code == 404
    listed = browser.get(reverse("purchases:receipts"), {"first": "2026-05-01", "last": "2026-05-31"})
    assert list(listed.context["page"]) == []

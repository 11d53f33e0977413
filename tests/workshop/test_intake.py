"""Intake: the card of who brings a piece, completed or made, and the ticket, all or nothing."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from clients.models import CardState, Client, ContactConflict
from clients.services import PhoneTakenError
from stores.models import Employee, Store
from tests.conftest import Sell
from tests.factories import ClientFactory, phone_of
from workshop import intake
from workshop.forms import TicketForms
from workshop.intake import Taken
from workshop.models import ServiceRequest
from workshop.terms import Terms

NEW = {
    "last_name": "Ким", "birth_date": "03.03.1990", "first_name": "Анна", "phone": "8 924 555 66 77", "email": "kim@example.ru",
    "consent_personal_data": "on",
}  # fmt: skip


def brought(store: Store, **said: Any) -> TicketForms:
    forms = TicketForms(Terms(store), {"kind": "cleaning", "description": "цепь", "form_key": uuid4(), **said})
    assert forms.is_valid()
    return forms


def test_a_new_visitor_gets_a_whole_card(store: Store, seller: Employee) -> None:
    taken = intake.take_in(brought(store, **NEW), by=seller)

    made = Client.objects.get()
    assert taken == Taken([ServiceRequest.objects.get(client=made)], differing=False)
    assert (made.state, made.home_store, made.phone) == (CardState.COMPLETE, store, "+79245556677")
    assert made.consents.get(purpose="personal_data").given


@pytest.mark.parametrize("lacking", ["first_name", "phone", "email", "consent_personal_data"])
def test_a_new_card_lacks_nothing(store: Store, seller: Employee, lacking: str) -> None:
    forms = brought(store, **{**NEW, lacking: ""})

    assert intake.take_in(forms, by=seller) is None

    assert list(forms.visitor.errors) == [lacking]
    assert (Client.objects.count(), ServiceRequest.objects.count()) == (0, 0)


def test_what_is_said_now_fills_the_card_and_what_differs_waits(store: Store, seller: Employee) -> None:
    known = ClientFactory.create(email=None, state=CardState.INCOMPLETE)
    said = {"client": known.pk, "email": "new@example.ru", "phone": "8 924 555 66 77", "consent_calls": "on"}

    taken = intake.take_in(brought(store, **said), by=seller)

    known.refresh_from_db()
    assert (taken and taken.differing, known.email, ContactConflict.objects.get().client) == (True, "new@example.ru", known)
    assert known.consents.get(purpose="calls").given


def test_a_phone_of_somebody_else_saves_nothing_until_it_is_said_whose_it_is(
    store: Store, seller: Employee, card: Client
) -> None:
    said = {**NEW, "phone": phone_of(card)}
    with pytest.raises(PhoneTakenError) as refused:
        intake.take_in(brought(store, **said), by=seller)
    assert (refused.value.holder, Client.objects.count(), ServiceRequest.objects.count()) == (card, 1, 0)

    intake.take_in(brought(store, **said, behind=card.pk), by=seller)

    behind = Client.objects.exclude(pk=card.pk).get()
    assert (behind.last_name, behind.phone, ServiceRequest.objects.get().client) == ("Ким", None, behind)


def test_who_has_another_phone_by_now_stands_behind_nobody(store: Store, seller: Employee, card: Client) -> None:
    intake.take_in(brought(store, **NEW, behind=card.pk), by=seller)

    assert Client.objects.exclude(pk=card.pk).get().phone == "+79245556677"


def test_a_foreign_piece_saves_nothing_of_a_new_card(store: Store, seller: Employee, card: Client, sell: Sell) -> None:
    piece = sell(card, date(2026, 5, 5), 100).pieces.get()
    forms = brought(store, **NEW, piece=piece.pk)

    assert intake.take_in(forms, by=seller) is None

    assert list(forms.first.errors) == ["__all__"]
    assert (list(Client.objects.all()), ServiceRequest.objects.count()) == ([card], 0)


def test_the_same_form_gives_the_ticket_of_the_first_time(store: Store, seller: Employee) -> None:
    said = {**NEW, "form_key": uuid4()}

    first, again = (intake.take_in(brought(store, **said), by=seller) for _twice in range(2))

    assert (first, ServiceRequest.objects.count()) == (again, 1)


def test_a_new_visitor_may_have_no_e_mail(store: Store, seller: Employee) -> None:
    intake.take_in(brought(store, **{**NEW, "email": "", "no_email": "none"}), by=seller)

    assert Client.objects.values_list("state", "no_email", "no_email_by").get() == (CardState.INCOMPLETE, "none", seller.pk)

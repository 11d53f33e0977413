"""The page of a card's history, and putting a former value back from it."""

from datetime import date

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from clients import services
from clients.history import Change
from clients.models import CardState, Client
from clients.sameness import merging
from stores.models import Employee
from stores.opened import edit_now
from tests.conftest import Decided, SignIn
from tests.factories import ClientFactory, phone_of

NEW_PHONE = "+79240000001"


def correct(card: Client, by: Employee, **wanted: object) -> None:
    services.correct_card(card, edit=edit_now(Client.objects.get(pk=card.pk), **wanted), by=by)


def offered(browser: Browser, card: Client, field: str) -> dict[str, object]:
    """What the newest "put back" of a field sends."""
    entries = browser.get(reverse("pages:card_history", args=[card.pk])).context["page"]
    changes: list[Change] = [change for entry in entries for change in entry.changes]
    back = next(change.put_back for change in changes if change.field == field and change.put_back)
    return {"field": field, "state": back.state, "opened": back.seal}


def put_back(browser: Browser, card: Client, said: dict[str, object]) -> list[str]:
    """Send it; what the page says then."""
    answer = browser.post(reverse("pages:put_back", args=[card.pk]), said, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_a_former_value_is_put_back_and_that_is_history_too(card: Client, seller: Employee, signed_in: SignIn) -> None:
    former, browser = phone_of(card), signed_in(seller)
    correct(card, seller, phone=NEW_PHONE)

    put_back(browser, card, offered(browser, card, "phone"))

    card.refresh_from_db()
    newest = card.history.latest()
    assert (card.phone, newest.history_user, newest.history_change_reason) == (former, seller, "put back")
    assert "возвращено прежнее" in browser.get(reverse("pages:card_history", args=[card.pk])).content.decode()


def test_a_phone_that_somebody_else_has_by_now_is_not_put_back(card: Client, seller: Employee, signed_in: SignIn) -> None:
    former, browser = phone_of(card), signed_in(seller)
    correct(card, seller, phone=NEW_PHONE)
    ClientFactory.create(phone=former, last_name="Ким", first_name="Анна", middle_name="")

    said = put_back(browser, card, offered(browser, card, "phone"))

    card.refresh_from_db()
    assert (said, card.phone) == (["Этот телефон уже есть в карточке: Ким Анна."], NEW_PHONE)


def test_a_complete_card_stays_complete(seller: Employee, signed_in: SignIn) -> None:
    card, browser = ClientFactory.create(phone=None, state=CardState.INCOMPLETE, note="а"), signed_in(seller)
    correct(card, seller, note="б", phone=NEW_PHONE)

    said = put_back(browser, card, offered(browser, card, "note") | {"field": "phone"})

    card.refresh_from_db()
    assert (said, card.phone) == (["Ничего не изменено: без этого в карточке не хватит данных."], NEW_PHONE)


def test_what_somebody_wrote_meanwhile_stays(card: Client, seller: Employee, admin: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    correct(card, seller, note="вторая")
    said = offered(browser, card, "note")
    correct(card, admin, note="третья")

    words = put_back(browser, card, said)

    card.refresh_from_db()
    assert (len(words), words[0][:18], card.note) == (1, "Ничего не изменено", "третья")


def test_a_value_that_no_person_can_have_is_refused_in_words(card: Client, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)
    correct(card, seller, birth_date=date(1990, 1, 1))
    said = offered(browser, card, "birth_date")
    card.history.filter(history_id=said["state"]).update(birth_date=date(2090, 1, 1))

    words = put_back(browser, card, said)

    card.refresh_from_db()
    assert (len(words), words[0][:18], card.birth_date) == (1, "Ничего не изменено", date(1990, 1, 1))


@pytest.mark.parametrize(("change", "status"), [({"field": "state"}, 400), ({"state": "0"}, 404), ({"state": "х"}, 404)])
def test_what_the_page_did_not_offer_is_refused(
    card: Client, seller: Employee, signed_in: SignIn, change: dict[str, object], status: int
) -> None:
    browser = signed_in(seller)
    correct(card, seller, note="новая")

    answer = browser.post(reverse("pages:put_back", args=[card.pk]), offered(browser, card, "note") | change)

    card.refresh_from_db()
    assert (answer.status_code, card.note) == (status, "новая")


def test_a_card_that_became_part_of_another_is_read_and_not_changed(card: Client, manager: Employee, signed_in: SignIn) -> None:
    browser, twin = signed_in(manager), ClientFactory.create(last_name="Петрова")
    correct(twin, manager, note="новая")
    said = offered(browser, twin, "note")
    merging.merge(card, twin, chosen={}, by=manager)

    page = browser.get(reverse("pages:card_history", args=[twin.pk]))
    answer = browser.post(reverse("pages:put_back", args=[twin.pk]), said)

    assert (page.status_code, "Вернуть" in page.content.decode(), answer.status_code) == (200, False, 404)


def test_the_card_leads_to_its_history(card: Client, seller: Employee, signed_in: SignIn) -> None:
    page = signed_in(seller).get(reverse("pages:card", args=[card.pk])).content.decode()

    assert reverse("pages:card_history", args=[card.pk]) in page


def test_the_history_is_a_look_up(card: Client, seller: Employee, signed_in: SignIn, decided: Decided) -> None:
    decided(lookups_per_hour=1)
    browser, address = signed_in(seller), reverse("pages:card_history", args=[card.pk])

    assert [browser.get(address).status_code for _time in range(2)] == [200, 429]


def test_the_page_keeps_its_number_of_queries(
    card: Client, seller: Employee, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser, address, counts = signed_in(seller), reverse("pages:card_history", args=[card.pk]), []
    for changes in (1, 3):
        for number in range(changes):
            correct(card, seller, note=f"{changes} {number}")
        with django_assert_max_num_queries(25) as captured:
            browser.get(address)
        counts.append(len(captured))

    assert counts[0] == counts[1]

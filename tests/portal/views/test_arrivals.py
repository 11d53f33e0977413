"""Forms from clients' phones at the counter: seen by the store, taken by one key."""

from datetime import date

import pytest
from django.utils import timezone

from clients.models import Client
from portal.models import Arrival
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn
from tests.factories import ClientFactory
from tests.portal.test_arrivals import came


@pytest.fixture
def arrival(store: Store) -> Arrival:
    return came(store, at=timezone.now())


def test_today_shows_it_and_it_is_asked_for_again(arrival: Arrival, seller: Employee, signed_in: SignIn) -> None:
    browser = signed_in(seller)

    pages = [browser.get(path).content.decode() for path in ("/", "/arrivals/", "/arrivals/waiting/")]

    assert all("Ирина К." in page and "alt+t" in page for page in pages)
    assert all("every 5s" in page for page in pages)
    assert all("701-22-33" not in page for page in pages)


def test_the_qr_leads_to_the_form_of_the_store(store: Store, seller: Employee, signed_in: SignIn) -> None:
    page = signed_in(seller).get("/arrivals/").content.decode()

    assert f"/s/join/{store.pk}/" in page
    assert '<svg viewBox="0 0 ' in page


def test_one_press_makes_the_card(arrival: Arrival, seller: Employee, signed_in: SignIn) -> None:
    taken = signed_in(seller).post(f"/arrivals/{arrival.pk}/take/")

    assert taken["Location"] == f"/clients/{Client.objects.get().pk}/"


def test_who_is_alike_is_shown_first(arrival: Arrival, seller: Employee, signed_in: SignIn) -> None:
    alike = ClientFactory.create(
        last_name="Ковалёва", first_name="Ирина", birth_date=date(1990, 3, 8), phone="+79241234567", email="other@mail.ru"
    )
    browser = signed_in(seller)

    page = browser.post(f"/arrivals/{arrival.pk}/take/", follow=True).content.decode()
    taken = browser.post(f"/arrivals/{arrival.pk}/take/", {"card": alike.pk})

    assert f'value="{alike.pk}"' in page
    assert taken["Location"] == f"/clients/{alike.pk}/"
    assert browser.get(f"/arrivals/{arrival.pk}/").status_code == 404


def test_none_of_them_is_a_new_card(arrival: Arrival, seller: Employee, signed_in: SignIn) -> None:
    ClientFactory.create(last_name="Ковалёва", first_name="Ирина", birth_date=date(1990, 3, 8), phone="+79241234567")

    signed_in(seller).post(f"/arrivals/{arrival.pk}/take/", {"new": "1"})

    assert Client.objects.count() == 2


def test_a_phone_that_is_somebody_elses_is_said(arrival: Arrival, seller: Employee, signed_in: SignIn) -> None:
    ClientFactory.create(last_name="Ковалёв", first_name="Пётр", phone="+79147012233")
    without = ClientFactory.create(last_name="Ковалёва", first_name="Ирина", phone=None, state="incomplete")

    page = signed_in(seller).post(f"/arrivals/{arrival.pk}/take/", {"card": without.pk}, follow=True).content.decode()

    assert "Ковалёв Пётр" in page
    assert Arrival.objects.get().taken_at is None


def test_another_stores_form_is_not_mine(arrival: Arrival, other_store: Store, signed_in: SignIn) -> None:
    browser = signed_in(factories.employee(Role.SELLER, other_store))

    assert browser.get(f"/arrivals/{arrival.pk}/").status_code == 404
    assert browser.post(f"/arrivals/{arrival.pk}/take/").status_code == 404
    assert "Ирина К." not in browser.get("/").content.decode()


def test_who_works_nowhere_sees_none(arrival: Arrival, signed_in: SignIn) -> None:
    assert "Ирина" not in signed_in(factories.employee(Role.SELLER)).get("/arrivals/waiting/").content.decode()

"""Stores and people on pages of the product."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from pytest_django import DjangoAssertNumQueries

from stores.models import ChainRight, DayOff, Employee, Role, Store
from tests import factories
from tests.conftest import SignIn


@pytest.fixture
def owner(admin: Employee, signed_in: SignIn) -> Browser:
    return signed_in(admin)


def filled(browser: Browser, address: str, **said: Any) -> dict[str, Any]:
    """What a page's form holds, with some of it typed anew."""
    form = browser.get(address).context["form"]
    stand = {name: form[name].value() for name in form.fields}
    stand["stores"] = [getattr(one, "pk", one) for one in stand.get("stores") or []]
    return {name: value for name, value in (stand | said).items() if value not in (None, False)}


def test_somebody_new_gets_a_password_once_and_signs_in(owner: Browser, store: Store, client: Browser) -> None:
    said = filled(
        owner, "/settings/people/new/", last_name="Климова", first_name="Анна", username="anna.k", role="seller", stores=[store.pk],
        right_exports="given",
    )  # fmt: skip

    shown = owner.post("/settings/people/new/", said)

    made = Employee.objects.get(username="anna.k")
    entered = client.post("/accounts/login/", {"login": "anna.k", "password": shown.context["password"]})
    assert (list(made.stores.all()), made.rights, entered.status_code) == ([store], {"exports": True}, 302)
    assert "password" not in owner.get(f"/settings/people/{made.pk}/").context["form"].fields


def test_a_person_is_changed_by_what_was_changed_alone(owner: Browser, seller: Employee, other_store: Store) -> None:
    address = f"/settings/people/{seller.pk}/"
    said = filled(owner, address, last_name="Новикова")
    seller.stores.add(other_store)
    Employee.objects.filter(pk=seller.pk).update(rights={ChainRight.TEXTS.value: True})

    assert owner.post(address, said).status_code == 302

    seller.refresh_from_db()
    assert (seller.last_name, seller.stores.count(), seller.rights) == ("Новикова", 2, {"texts": True})


def test_two_who_change_the_same_are_asked(owner: Browser, seller: Employee) -> None:
    address = f"/settings/people/{seller.pk}/"
    said = filled(owner, address, last_name="Новикова")
    Employee.objects.filter(pk=seller.pk).update(last_name="Иная")

    asked = owner.post(address, said)

    assert (asked.status_code, [one.now for one in asked.context["form"].changed_meanwhile]) == (422, ["Иная"])


def test_another_role_ends_sessions(owner: Browser, seller: Employee, signed_in: SignIn) -> None:
    theirs = signed_in(seller)

    owner.post(f"/settings/people/{seller.pk}/", filled(owner, f"/settings/people/{seller.pk}/", role="manager"))

    assert theirs.get("/").status_code == 302


@pytest.mark.parametrize("act", ["dismiss", "sign-out", "password", "second-factor"])
def test_what_is_done_with_a_person_ends_their_sessions(owner: Browser, seller: Employee, signed_in: SignIn, act: str) -> None:
    theirs = signed_in(seller)

    owner.post(f"/settings/people/{seller.pk}/{act}/")

    seller.refresh_from_db()
    assert (theirs.get("/").status_code, seller.is_active) == (302, act != "dismiss")


def test_who_left_comes_back(owner: Browser, seller: Employee) -> None:
    owner.post(f"/settings/people/{seller.pk}/dismiss/")
    assert [one.pk for one in owner.get("/settings/people/?gone=1").context["page"]] == [seller.pk]

    owner.post(f"/settings/people/{seller.pk}/take-back/")

    assert Employee.objects.get(pk=seller.pk).is_active
    assert owner.post(f"/settings/people/{seller.pk}/nothing/").status_code == 404


def test_the_last_admin_stays(owner: Browser, admin: Employee) -> None:
    owner.post(f"/settings/people/{admin.pk}/dismiss/")
    answer = owner.post(f"/settings/people/{admin.pk}/", filled(owner, f"/settings/people/{admin.pk}/", role="seller"))

    admin.refresh_from_db()
    assert (admin.is_active, admin.role, [*answer.context["form"].errors]) == (True, Role.ADMIN, ["role"])


def test_a_name_to_sign_in_by_is_one_persons(owner: Browser, seller: Employee, manager: Employee) -> None:
    address = f"/settings/people/{seller.pk}/"

    answer = owner.post(address, filled(owner, address, username=manager.username.upper()))

    assert (answer.status_code, [*answer.context["form"].errors]) == (422, ["username"])


def test_people_are_found_by_name_role_and_store(
    owner: Browser, seller: Employee, other_store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = factories.employee(Role.MANAGER, other_store)
    Employee.objects.filter(pk=other.pk).update(last_name="Яшина")

    found = {
        query: [one.pk for one in owner.get(f"/settings/people/?{query}").context["page"]]
        for query in ("role=manager", f"store={seller.stores.get().pk}", "q=Яшина", "q=никто")
    }

    assert found == {
        "role=manager": [other.pk],
        f"store={seller.stores.get().pk}": [seller.pk],
        "q=Яшина": [other.pk],
        "q=никто": [],
    }


def test_a_store_is_opened_with_a_code_of_its_own_and_changed(owner: Browser, store: Store) -> None:
    said = filled(
        owner, "/settings/stores/new/", name="Роскошь-Север", time_zone="Asia/Magadan", closed_weekdays=["7"], is_active="on"
    )

    owner.post("/settings/stores/new/", said)

    made = Store.objects.get(name="Роскошь-Север")
    assert (made.code, str(made.time_zone), made.closed_weekdays) == ("roskosh-sever", "Asia/Magadan", "7")
    address = f"/settings/stores/{made.pk}/"
    owner.post(address, filled(owner, address, city="Магадан", closed_weekdays=["6", "7"]))
    made.refresh_from_db()
    assert (made.city, made.closed_weekdays, made.is_active) == ("Магадан", "67", True)
    wrong = owner.post(address, filled(owner, address, opens_at="20:00", closes_at="10:00"))
    assert wrong.status_code == 422


def test_a_day_off_is_added_once_and_taken_back(owner: Browser, store: Store) -> None:
    address, day = f"/settings/stores/{store.pk}/days-off/", store.today() + timedelta(days=3)

    answers = [owner.post(address, {"day": day.isoformat(), "why": "учёт"}).status_code for _twice in range(2)]

    off = DayOff.objects.get()
    assert (answers, off.day) == ([302, 422], day)
    owner.post(address, {"remove": off.pk})
    assert not DayOff.objects.exists()


def test_stores_are_two_queries_however_many(
    owner: Browser, store: Store, other_store: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert [one.name for one in owner.get("/settings/stores/").context["page"]] == ["Роскошь-Luxury", "Роскошь-Дуэт"]

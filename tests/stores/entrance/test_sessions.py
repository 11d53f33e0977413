"""Who is signed in, and their stores, in one question a page; what ends a session ends it at the next page."""

from collections.abc import Callable

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from stores import services
from stores.entrance import sessions
from stores.models import Employee, Role, Store
from tests import factories
from tests.conftest import SignIn

EMPTIEST = "/accounts/password/change/"


@pytest.mark.parametrize("role", list(Role))
def test_a_page_asks_one_question_about_who_is_there(
    role: Role, store: Store, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(factories.employee(role, store))
    browser.get(EMPTIEST)

    with django_assert_num_queries(1):
        assert browser.get(EMPTIEST).status_code == 200


def _dismiss(who: Employee) -> None:
    services.dismiss(who)


def _leave_unactive(who: Employee) -> None:
    Employee.objects.filter(pk=who.pk).update(is_active=False)


def _change_password(who: Employee) -> None:
    who.set_password("another-of-them-12")
    who.save()


def _end_everywhere(who: Employee) -> None:
    services.end_sessions(who)


def _delete_session(who: Employee) -> None:
    Session.objects.all().delete()


def _let_it_expire(who: Employee) -> None:
    Session.objects.update(expire_date=timezone.now())


@pytest.mark.parametrize("ends", [_dismiss, _leave_unactive, _change_password, _end_everywhere, _delete_session, _let_it_expire])
def test_what_ends_a_session_ends_it_at_the_next_page(
    ends: Callable[[Employee], None], seller: Employee, signed_in: SignIn
) -> None:
    browser = signed_in(seller)
    assert browser.get("/").status_code == 200

    ends(seller)

    assert browser.get("/").status_code == 302


def test_a_lost_store_is_lost_and_a_new_one_there_at_the_next_page(
    seller: Employee, store: Store, other_store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(seller)
    assert browser.get("/").context["counter"].stores == [store]

    seller.stores.set([other_store])

    assert browser.get("/").context["counter"].stores == [other_store]
    Store.objects.filter(pk=other_store.pk).update(is_active=False)
    assert browser.get("/").context["counter"].stores == []


def test_stores_come_whole(admin: Employee, store: Store, signed_in: SignIn) -> None:
    browser = signed_in(admin)
    browser.get("/")
    [brought] = browser.get("/").context["counter"].stores
    [read] = Store.objects.all()

    fields = [field.attname for field in Store._meta.concrete_fields]
    assert [getattr(brought, name) for name in fields] == [getattr(read, name) for name in fields]
    assert (brought.zone, brought.today()) == (read.zone, read.today())


def test_a_manager_of_all_stores_sees_the_chain_until_one_opens_without_them(
    manager: Employee, store: Store, signed_in: SignIn
) -> None:
    browser = signed_in(manager)
    seen = [browser.get("/").context["counter"].sees_chain for _time in range(2)]
    Store.objects.create(code="new", name="Новый")

    assert (seen, browser.get("/").context["counter"].sees_chain) == ([True, True], False)


def test_a_session_of_somebody_else_than_remembered_is_theirs(seller: Employee, manager: Employee, signed_in: SignIn) -> None:
    """What a process remembers of a session is only a hint."""
    browser = signed_in(seller)
    sessions._whose[str(browser.session.session_key)] = str(manager.pk)  # noqa: SLF001

    assert browser.get("/").context["user"] == seller
    assert sessions._whose[str(browser.session.session_key)] == browser.session[SESSION_KEY]  # noqa: SLF001


def test_no_more_sessions_are_remembered_than_there_is_room_for(
    seller: Employee, manager: Employee, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "REMEMBERED", 1)
    monkeypatch.setattr(sessions, "_whose", type(sessions._whose)())  # noqa: SLF001
    one, other = signed_in(seller), signed_in(manager)

    assert [browser.get("/").context["user"] for browser in (one, other, one)] == [seller, manager, seller]
    assert len(sessions._whose) == 1  # noqa: SLF001

"""Nobody gets in where nobody said who may; and each reads their own language."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils import translation
from django.views.generic import TemplateView

from stores import policies
from stores.models import ChainRight, Employee, Store
from stores.policies import ADMINS, ANYBODY, EmployeeLanguageMiddleware, Policy, PolicyMiddleware, policy_of


def page(request: HttpRequest, **more: Any) -> HttpResponse:
    return HttpResponse(translation.get_language())


@policies.managers
def report(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@policies.public
def door(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Library:
    def page(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


def asked(rf: RequestFactory, user: Employee | AnonymousUser, where: str = "/report/?first=1") -> HttpRequest:
    request = rf.get(where)
    request.user = user
    return request


def let_in(request: HttpRequest, view: Any) -> HttpResponse | None:
    return PolicyMiddleware(page).process_view(request, view, (), {})


def test_what_nobody_declared_is_refused(rf: RequestFactory, admin: Employee) -> None:
    with pytest.raises(PermissionDenied, match=r"test_policies declares no policy"):
        let_in(asked(rf, admin), page)


def test_a_role_gets_in_where_it_was_said(rf: RequestFactory, seller: Employee, manager: Employee) -> None:
    assert let_in(asked(rf, manager), report) is None
    with pytest.raises(PermissionDenied):
        let_in(asked(rf, seller), report)


@policies.managers_look(ChainRight.TEXTS)
def texts(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_manager_looks_and_changes_what_is_permitted(rf: RequestFactory, manager: Employee, other_store: Store) -> None:
    looking, changing = asked(rf, manager), asked(rf, manager)
    changing.method = "POST"

    assert let_in(looking, texts) is None
    with pytest.raises(policies.NotPermittedError):
        let_in(changing, texts)
    manager.rights, changing.user = {"texts": True}, manager
    del manager.held
    assert let_in(changing, texts) is None


def test_a_permission_needs_no_role_of_its_own(rf: RequestFactory, seller: Employee) -> None:
    carried_out = policies.permitted(ChainRight.EXPORTS)(lambda request: HttpResponse())

    with pytest.raises(policies.NotPermittedError):
        let_in(asked(rf, seller), carried_out)
    seller.rights = {"exports": True}
    del seller.held
    assert let_in(asked(rf, seller), carried_out) is None


def test_a_stranger_signs_in_and_comes_back(rf: RequestFactory) -> None:
    sent = let_in(asked(rf, AnonymousUser()), report)

    assert sent is not None
    assert sent["Location"] == "/accounts/login/?next=/report/%3Ffirst%3D1"
    assert let_in(asked(rf, AnonymousUser()), door) is None


def test_of_what_is_said_of_a_library_the_narrowest_holds() -> None:
    from allauth.mfa.base import views as mfa
    from allauth.mfa.totp import views as totp

    assert policy_of(mfa.AuthenticateView.as_view()) == ANYBODY
    assert policy_of(totp.ActivateTOTPView.as_view()) == policies.STAFF
    assert policy_of(TemplateView.as_view()) is None


def test_one_word_is_said_of_all_that_a_library_made() -> None:
    def inner(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    bound = Library().page
    policies.declare_all([path("a/", ([path("b/", inner)], "app", "app")), path("c/", bound)], ADMINS)

    assert (policy_of(inner), policy_of(bound)) == (Policy(frozenset({"admin"})), None)


@pytest.mark.parametrize(("where", "spoken"), [("/", "en"), ("/s/abc/", "ru")])
def test_an_employee_reads_their_own_language_but_not_on_the_clients_page(
    rf: RequestFactory, seller: Employee, where: str, spoken: str
) -> None:
    seller.language = "en"

    with translation.override("ru"):
        answer = EmployeeLanguageMiddleware(page)(asked(rf, seller, where))

    assert answer.content.decode() == spoken


def test_a_visitor_is_spoken_to_as_the_browser_asked(rf: RequestFactory) -> None:
    with translation.override("en"):
        answer = EmployeeLanguageMiddleware(page)(asked(rf, AnonymousUser()))

    assert answer.content == b"en"

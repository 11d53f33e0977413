"""Keys of other systems: what a role's key opens, and what none opens."""

import pytest
from django.test import Client as Browser

from stores import services
from stores.models import Employee, Role, Store
from tests import factories

LISTS, FIGURES = "/api/lists/987654/", "/api/figures/"


def statuses(secret: str) -> list[int]:
    browser = Browser(headers={"Authorization": f"Bearer {secret}"})
    return [browser.get(address).status_code for address in (LISTS, FIGURES)]


@pytest.mark.parametrize(("role", "opened"), [("admin", [404, 200]), ("manager", [401, 200]), ("seller", [401, 401])])
def test_a_key_opens_what_its_role_may_ask(store: Store, role: str, opened: list[int]) -> None:
    _key, secret = services.issue_api_key("BI", employee=factories.employee(Role(role), store))

    assert statuses(secret) == opened


def test_a_key_that_was_taken_back_opens_nothing(admin: Employee) -> None:
    key, secret = services.issue_api_key("BI", employee=admin)
    services.revoke_api_key(key)

    assert statuses(secret) == [401, 401]


def test_a_key_of_somebody_who_left_opens_nothing(admin: Employee) -> None:
    _key, secret = services.issue_api_key("BI", employee=admin)
    services.dismiss(admin)

    assert statuses(secret) == [401, 401]


@pytest.mark.parametrize("secret", ["", "carat_guessed"])
def test_a_guess_opens_nothing(admin: Employee, secret: str) -> None:
    services.issue_api_key("BI", employee=admin)

    assert statuses(secret) == [401, 401]

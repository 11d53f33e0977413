"""The content security policy: strict, but for the back office."""

import pytest

from stores.models import Employee
from tests.conftest import SignIn


def policy(address: str, employee: Employee, signed_in: SignIn) -> dict[str, list[str]]:
    header = signed_in(employee).get(address)["Content-Security-Policy"]
    return {name: sources for name, *sources in (part.split() for part in header.split(";"))}


@pytest.mark.parametrize("address", ["/", "/search/?q=/backoffice/", "/accounts/2fa/"])
def test_a_page_runs_its_own_scripts_alone(address: str, admin: Employee, signed_in: SignIn) -> None:
    told = policy(address, admin, signed_in)

    assert [source for source in told["script-src"] if not source.startswith("'nonce-")] == ["'self'"]
    assert (told["style-src"], told["object-src"], told["frame-ancestors"]) == (["'self'"], ["'none'"], ["'none'"])


def test_the_back_office_may_run_what_its_library_needs(admin: Employee, signed_in: SignIn) -> None:
    told = policy("/backoffice/", admin, signed_in)

    assert told["script-src"] == ["'self'", "'unsafe-eval'", "'unsafe-inline'"]
    assert told["style-src"] == ["'self'", "'unsafe-inline'"]
    assert (told["object-src"], told["frame-ancestors"]) == (["'none'"], ["'none'"])

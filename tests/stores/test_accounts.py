"""Signing in: nobody makes an account for themselves, and a name locks however it is typed."""

import pytest
from allauth.account.adapter import get_adapter
from django.test import RequestFactory

from stores.accounts import ClosedAccountAdapter, username


def test_nobody_signs_up(rf: RequestFactory) -> None:
    adapter = get_adapter(rf.get("/"))

    assert isinstance(adapter, ClosedAccountAdapter)
    assert adapter.is_open_for_signup(rf.get("/")) is False


@pytest.mark.parametrize(
    ("posted", "credentials", "name"),
    [
        ({"login": " ANN "}, None, "ann"),
        ({"username": "Ann"}, None, "ann"),
        ({"login": "other"}, {"username": "ANN"}, "ann"),
        ({"login": "Ann"}, {"password": "x"}, "ann"),
        ({}, None, ""),
    ],
)
def test_a_name_is_one_in_any_writing_and_from_any_form(
    rf: RequestFactory, posted: dict[str, str], credentials: dict[str, str] | None, name: str
) -> None:
    assert username(rf.post("/", posted), credentials) == name

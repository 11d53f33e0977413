"""Codes of friends outlive the secret of the server."""

import pytest
from pytest_django import Settings

from loyalty import selectors
from loyalty.models import FriendsSeal, seals


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just begun."""
    monkeypatch.setattr(seals, "_held", [])


def test_a_new_secret_of_the_server_leaves_the_codes(
    db: None, settings: Settings, forgotten: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = selectors.code_of_friend(1_204)

    settings.SECRET_KEY = "another" * 10
    monkeypatch.setattr(seals, "_held", [])

    assert (selectors.code_of_friend(1_204), selectors.friend_of_code(code)) == (code, 1_204)


def test_a_base_without_its_seal_gets_one(db: None, forgotten: None) -> None:
    FriendsSeal.objects.all().delete()

    assert selectors.friend_of_code(selectors.code_of_friend(7)) == 7

    assert FriendsSeal.objects.get().secret == seals.first_secret()

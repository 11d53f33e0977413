"""Secrets: given, made once for their owner, or refused."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from crm_site.secret import part_of_address, secret_key


def test_a_given_secret_is_taken(tmp_path: Path) -> None:
    assert secret_key("given", tmp_path, may_make_one=False) == "given"


def test_a_server_does_not_start_without_one(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        secret_key("", tmp_path, may_make_one=False)

    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_and_for_its_owner(tmp_path: Path) -> None:
    first, second = (secret_key("", tmp_path, may_make_one=True) for _time in range(2))

    assert first == second
    assert len(first) > 60
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("given", ["", "a" * 16, "0f3b-9c_2D" * 4])
def test_a_secret_of_an_address_is_taken(given: str) -> None:
    assert part_of_address("KANNEL_REPLY_SECRET", given) == given


@pytest.mark.parametrize("given", ["short", "a" * 15, "a/b" * 10, "тайна" * 10, "two words of a secret"])
def test_a_secret_that_no_address_would_match_stops_the_start(given: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="KANNEL_REPLY_SECRET"):
        part_of_address("KANNEL_REPLY_SECRET", given)

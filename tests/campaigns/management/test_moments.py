"""Moments as commands are given them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError
from django.utils import timezone

from campaigns.management.moments import moment


@pytest.mark.parametrize("text", ["2026-11-21T10:05", "2026-11-21T10:05+10:00", "2026-11-21T00:05Z", "2026-11-20T19:05-05:00"])
def test_a_moment_is_the_chains_unless_it_names_its_zone(text: str) -> None:
    assert moment("--at", text) == datetime(2026, 11, 21, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", [None, ""])
def test_no_moment_is_now(text: str | None) -> None:
    assert timezone.now() - moment("--at", text) < timedelta(minutes=1)


def test_what_is_no_moment_is_named_with_its_option() -> None:
    with pytest.raises(CommandError, match="--until is no ISO time: yesterday"):
        moment("--until", "yesterday")

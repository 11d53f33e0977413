"""Secrets of others, sealed by the server's key for one use."""

import pytest
from pytest_django import Settings

from stores import sealing
from stores.sealing import SealError


def test_what_is_sealed_opens_for_its_use_alone() -> None:
    kept = sealing.sealed("тайна", "letters")

    assert "тайна" not in kept
    assert sealing.opened(kept, "letters") == "тайна"
    with pytest.raises(SealError):
        sealing.opened(kept, "hooks")


def test_a_former_key_still_opens(settings: Settings) -> None:
    kept, settings.SECRET_KEY_FALLBACKS = sealing.sealed("тайна", "letters"), [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    assert sealing.opened(kept, "letters") == "тайна"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(SealError):
        sealing.opened(kept, "letters")

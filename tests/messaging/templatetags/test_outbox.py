"""How the steps of a message read."""

import pytest

from messaging.models import MessageEvent
from messaging.templatetags.outbox import event_words


@pytest.mark.parametrize(
    ("kind", "words", "shown"),
    [
        ("waits", "2026-11-21T02:00+00:00", "до 21.11.2026 12:00"), ("claimed", "0f8fad5b", "запуск 0f8fad5b"),
        ("decided", "arrived", "дошло"), ("sent", "id-17", "id-17"), ("rejected", "", ""),
    ],
)  # fmt: skip
def test_a_step_is_told_in_words(kind: str, words: str, shown: str) -> None:
    assert event_words(words, MessageEvent(kind=kind)) == shown

import pytest

from messaging.gateways import GatewayRefusedError, pacing
from messaging.gateways.pacing import Pace


class Clock:
    """A clock that moves by sleeping alone."""

    def __init__(self) -> None:
        self.now, self.slept = 100.0, list[float]()

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 2))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pacing, "monotonic", lambda: clock.now)
    monkeypatch.setattr(pacing, "sleep", clock.sleep)
    return clock


def test_a_message_a_second_in_a_chat(clock: Clock) -> None:
    pace = Pace(in_chat=1.0, in_all=0.0)

    for chat in ("a", "a", "b", "a"):
        pace.wait_turn(chat)

    assert clock.slept == [0, 1, 0, 2]


def test_so_many_in_all(clock: Clock) -> None:
    pace = Pace(in_chat=1.0, in_all=0.04)

    for chat in ("a", "b", "c"):
        pace.wait_turn(chat)

    assert clock.slept == [0, 0.04, 0.08]


def test_who_would_wait_long_goes_back_into_the_queue(clock: Clock) -> None:
    pace = Pace(in_chat=1.0, in_all=0.0)
    pace.rest(30, "a")

    with pytest.raises(GatewayRefusedError) as refused:
        pace.wait_turn("a")

    assert (refused.value.busy, refused.value.down, refused.value.wait) == (True, False, 30)
    pace.wait_turn("b")
    assert clock.slept == [0]


def test_silence_asked_for_everywhere(clock: Clock) -> None:
    pace = Pace(in_chat=1.0, in_all=0.0)
    pace.rest(2)

    pace.wait_turn("b")

    assert clock.slept == [2]


def test_only_so_many_chats_are_remembered(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pacing, "REMEMBERED", 2)
    pace = Pace(in_chat=1.0, in_all=0.0)

    for chat in ("a", "b", "c", "a"):
        pace.wait_turn(chat)

    assert clock.slept == [0, 0, 0, 0]

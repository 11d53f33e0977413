"""Touches are written once a round, whoever plans and however often, in the arm that the hash says."""

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import touching
from campaigns.models import Arm, Touch, TouchState
from campaigns.touching import Chosen
from clients.models import Client
from tests.factories import ClientFactory
from visits import dialect

OCTOBER = date(2026, 10, 10)


def touched(client: Client, *, source: str = "quiet", round_: str = "2026", holdout: int = 0, reason: str = "") -> Touch:
    """A touch of a client."""
    chosen = Chosen(client.pk, round_, OCTOBER, client.home_store_id, "sms", reason)
    touching.write(source, [chosen], phase="1", holdout=holdout)
    return Touch.objects.get(source=source, round=round_, client=client)


def test_planned_again_nobody_is_touched_twice(db: None) -> None:
    clients = ClientFactory.create_batch(3)
    chosen = [Chosen(client.pk, "2026", OCTOBER) for client in clients]

    written = [touching.write("quiet", chosen[:2], phase="1", holdout=0), touching.write("quiet", chosen, phase="1", holdout=50)]

    assert written == [2, 1]
    assert Touch.objects.filter(client__in=clients[:2]).values_list("arm", "stratum").distinct().get() == ("treated", "2026-10:0")


def test_another_round_and_another_source_touch_anew(db: None) -> None:
    client = ClientFactory.create()

    for source, round_ in (("quiet", "2026"), ("quiet", "2027"), ("second", "2026")):
        touched(client, source=source, round_=round_)

    assert Touch.objects.count() == 3


def test_who_is_left_out_waits_for_nothing(db: None) -> None:
    touch = touched(ClientFactory.create(), reason="pause")

    assert (touch.arm, touch.reason, touch.state) == (Arm.OUT, "pause", TouchState.OVER)
    assert list(touching.waiting("quiet")) == []


def test_a_part_is_held_and_waits_for_nothing(db: None) -> None:
    clients = [client.pk for client in ClientFactory.create_batch(20)]

    touching.write("quiet", [Chosen(pk, "2026", OCTOBER) for pk in clients], phase="1", holdout=50)

    held = {pk for pk in clients if touching.is_held("quiet", "1", pk, 50)}
    assert set(Touch.objects.filter(arm="held", state="over").values_list("client", flat=True)) == held
    assert {touch.client_id for touch in touching.waiting("quiet")} == set(clients) - held
    assert 0 < len(held) < 20


def test_what_was_made_waits_no_more_and_what_ends_stays_in_its_arm(db: None) -> None:
    first, second = (touched(client) for client in ClientFactory.create_batch(2))

    touching.done([first])
    ended = [touching.end(Touch.objects.filter(pk=second.pk), "bought") for _ in range(2)]

    assert ended == [1, 0]
    assert list(Touch.objects.order_by("pk").values_list("arm", "state", "reason")) == [
        ("treated", "made", ""), ("treated", "over", "bought"),
    ]  # fmt: skip


def test_nobody_is_held_where_nobody_is_to_be() -> None:
    assert not any(touching.is_held("quiet", "1", client, 0) for client in range(1_000))


@pytest.mark.parametrize("holdout", [5, 10, 50])
def test_the_arms_have_the_sizes_that_were_asked_for(holdout: int) -> None:
    held = sum(touching.is_held("quiet", "1", client, holdout) for client in range(20_000))

    assert abs(held / 20_000 - holdout / 100) < 0.01


@settings(max_examples=20, deadline=None)
@given(phases=st.lists(st.text("0123456789", min_size=1, max_size=2), min_size=2, max_size=2, unique=True))
def test_a_new_phase_draws_anew(phases: list[str]) -> None:
    drawn = [[touching.is_held("quiet", phase, client, 50) for client in range(200)] for phase in phases]

    assert drawn[0] != drawn[1]


@pytest.mark.parametrize(("source", "phase", "holdout"), [("birthday", "1", 5), ("campaign:17", "1", 10), ("return", "12", 50)])
def test_the_base_and_the_program_draw_alike_and_as_they_always_have(db: None, source: str, phase: str, holdout: int) -> None:
    held, params = touching.held_in_sql(source, phase, "client", holdout)
    numbers = "WITH RECURSIVE n(client) AS (SELECT 1 UNION ALL SELECT client + 1 FROM n WHERE client < 5000)"

    by_base = {client for client, is_held in dialect.fetch(f"{numbers} SELECT client, {held} FROM n", params) if is_held}

    assert by_base == {client for client in range(1, 5001) if touching.is_held(source, phase, client, holdout)}
    assert by_base == {client for client in range(1, 5001) if part(source, phase, client) < holdout / 100}


def part(source: str, phase: str, client: int) -> float:
    """Where the hash puts a client between nothing and one."""
    return int.from_bytes(hashlib.sha256(f"{source}:{phase}:{client}".encode()).digest()[:8], "big") / 2**64


def test_each_who_is_treated_gets_a_wording_once_as_the_hash_says(db: None) -> None:
    clients = [client.pk for client in ClientFactory.create_batch(12)]
    touching.write("quiet", [Chosen(pk, "2026", OCTOBER, way="sms") for pk in clients], phase="1", holdout=30)

    split = [touching.split("quiet", phase="1", way=way) for way in ("email", "sms", "sms")]

    drawn = {pk: "b" if touching.is_held("quiet", f"1:{touching.WORDINGS}", pk, 50) else "a" for pk in clients}
    treated = dict(Touch.objects.filter(arm="treated").values_list("client", "variant"))
    assert (treated, split) == ({pk: drawn[pk] for pk in treated}, [0, len(treated), 0])
    assert set(Touch.objects.filter(arm="held").values_list("variant", flat=True)) == {""}

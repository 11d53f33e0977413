"""Running the programs that are on, and a base restored from last night's copy: what went since must not go again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from campaigns import planning, services
from campaigns.models import Program
from campaigns.services import Doubts
from clients.models import Client, Purpose
from imports import bulk
from messaging import services as messaging_services
from messaging.models import Message, MessageState, Reason
from stores.models import Store
from tests.campaigns.born import TEN, born
from tests.factories import StoreFactory
from tests.messaging.phone import Phone

# 03:00 and 15:00 in Vladivostok (UTC+10) on 21 November 2026; a greeting goes from 10:00.
COPIED = datetime(2026, 11, 20, 17, tzinfo=UTC)
STOPPED = datetime(2026, 11, 21, 5, tzinfo=UTC)
DOUBT = (MessageState.UNKNOWN, Reason.RESTORED)


def test_a_program_that_is_off_does_nothing(store: Store) -> None:
    born(11, 21, store)
    Program.objects.update(is_on=False)

    assert services.run_programs(now=TEN) == 0


def test_a_program_that_fails_does_not_keep_the_others_from_running(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    client, plan = born(11, 28, store), planning.plan
    Program.objects.create(key="week", title="За неделю", days_before=7, template=Program.objects.get(key="birthday").template)

    def breaks(program: Program, *, now: datetime) -> int:
        if program.key == "birthday":
            raise RuntimeError("the base is away")
        return plan(program, now=now)

    monkeypatch.setattr(planning, "plan", breaks)

    with pytest.raises(RuntimeError, match="the base is away"):
        services.run_programs(now=TEN)

    assert list(Message.objects.values_list("source", "client")) == [("week", client.pk)]


@pytest.mark.parametrize(("large", "counted"), [(1, [1]), (2, [])])
def test_a_large_run_lets_the_base_count_what_it_wrote(
    store: Store, monkeypatch: pytest.MonkeyPatch, large: int, counted: list[int]
) -> None:
    told: list[int] = []
    monkeypatch.setattr(services, "LARGE", large)
    monkeypatch.setattr(bulk, "analyse", lambda tables, rows: told.append(rows))
    born(11, 21, store)

    services.run_programs(now=TEN)

    assert told == counted


def put(client: Client, key: str, **more: Any) -> Message:
    facts = {
        "client": client, "occasion_key": key, "recipient": client.phone, "text": "Ура", "purpose": Purpose.ADVERTISING_SMS,
        "send_after": COPIED - timedelta(hours=1), "expires_at": STOPPED + timedelta(days=1), **more,
    }  # fmt: skip
    return Message.objects.create(**facts)


def fates() -> dict[str, tuple[str, str]]:
    return {m.occasion_key: (m.state, m.reason) for m in Message.objects.all()}


def test_what_waited_and_was_due_is_in_doubt(card: Client) -> None:
    put(card, "due"), put(card, "sending", state="sending", claimed_at=COPIED)
    put(card, "over", send_after=COPIED - timedelta(days=2), expires_at=COPIED - timedelta(days=1))
    put(card, "later", send_after=STOPPED + timedelta(minutes=1)), put(card, "gone", state="sent")

    doubts = services.after_restore(since=COPIED, until=STOPPED)

    waits = (MessageState.PENDING, "")
    assert doubts == Doubts(2, 0)
    assert fates() == {"due": DOUBT, "sending": DOUBT, "over": waits, "later": waits, "gone": (MessageState.SENT, "")}
    assert Message.objects.get(occasion_key="due").events.get().kind == "restored"


def test_the_greetings_of_the_day_do_not_go_twice(store: Store) -> None:
    client = born(11, 21, store)

    assert [services.after_restore(since=COPIED, until=STOPPED).occasions for _twice in range(2)] == [1, 0]

    assert services.run_programs(now=STOPPED + timedelta(minutes=2)) == 0
    phone = Phone()
    messaging_services.send_due_messages(now=STOPPED + timedelta(minutes=3), gateways=phone)
    assert (fates(), phone.came) == ({f"birthday:2026:{client.pk}": DOUBT}, [])


def test_whose_hour_had_not_come_is_greeted(store: Store) -> None:
    moscow = StoreFactory.create(time_zone="Europe/Moscow")
    born(11, 21, store), born(11, 22, store)
    there = born(11, 21, moscow)
    services.after_restore(since=COPIED, until=STOPPED)

    assert services.run_programs(now=STOPPED + timedelta(hours=3)) == 1

    assert fates()[f"birthday:2026:{there.pk}"] == (MessageState.PENDING, "")


def test_a_copy_of_some_days_ago_covers_each_day_and_every_program(store: Store) -> None:
    Program.objects.create(key="week", title="За неделю", days_before=7, template=Program.objects.get(key="birthday").template)
    days = [born(11, day, store) for day in (18, 19, 20, 21, 22)]
    offer = born(11, 26, store)

    services.after_restore(since=COPIED - timedelta(days=2), until=STOPPED)

    # The copy was made at night, after the hours of the 18th.
    keys = [f"birthday:2026:{client.pk}" for client in days[1:4]]
    assert fates() == dict.fromkeys([*keys, f"week:2026:{offer.pk}"], DOUBT)


def test_who_is_held_out_stays_so(store: Store) -> None:
    Program.objects.update(holdout=50)
    for _client in range(20):
        born(11, 21, store)

    services.after_restore(since=COPIED, until=STOPPED)

    assert set(fates().values()) == {DOUBT, (MessageState.SUPPRESSED, Reason.HOLDOUT)}

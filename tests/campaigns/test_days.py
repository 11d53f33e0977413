"""A day on which a program did not run is said on its page and to who watches the health."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from campaigns import days, planning, services
from campaigns.models import Program, ProgramDay
from stores.models import Employee
from tests.campaigns.born import TEN
from tests.conftest import SignIn

DAY = timedelta(days=1)
TODAY = timezone.localtime(TEN).date()


@pytest.fixture
def program(db: None) -> Program:
    Program.objects.exclude(key="birthday").update(is_on=False)
    return Program.objects.get(key="birthday")


def missed(program: Program, after: int = 0) -> list[date]:
    return days.missed(program, TODAY + after * DAY)


@pytest.mark.parametrize(
    ("at", "ran"), [(-timedelta(hours=1), 0), (timedelta(), 1), (timedelta(hours=9), 1), (timedelta(hours=12), 0)]
)
def test_a_turn_is_between_the_hour_and_the_evening(program: Program, at: timedelta, ran: int) -> None:
    services.run_programs(now=TEN + at)
    services.run_programs(now=TEN + at)

    assert ProgramDay.objects.count() == ran


def test_what_lies_between_two_turns_was_missed(program: Program) -> None:
    assert missed(program, 5) == []
    services.run_programs(now=TEN)
    services.run_programs(now=TEN + 3 * DAY)

    assert missed(program, 4) == [TODAY + 2 * DAY, TODAY + DAY]
    assert len(missed(program, 100)) == 30


def test_what_it_was_off_for_is_nobodys_fault(program: Program) -> None:
    services.run_programs(now=TEN)
    program.since = TODAY + 2 * DAY
    program.save()

    assert missed(program, 4) == [TODAY + 3 * DAY, TODAY + 2 * DAY]
    Program.objects.update(is_on=False)
    assert missed(program, 4) == []


def test_one_that_fails_did_not_run(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    services.run_programs(now=TEN - DAY)
    monkeypatch.setattr(planning, "plan", _fails)

    with pytest.raises(ZeroDivisionError):
        services.run_programs(now=TEN)

    assert missed(program, 1) == [TODAY]


def _fails(*_args: object, **_more: object) -> int:
    raise ZeroDivisionError


def test_days_that_a_restored_base_forgot_were_not_missed(program: Program) -> None:
    services.run_programs(now=TEN - 4 * DAY)

    services.after_restore(since=TEN - 3 * DAY, until=TEN)

    assert missed(program, 1) == []


def test_the_page_and_the_health_say_it(program: Program, manager: Employee, signed_in: SignIn, client: Browser) -> None:
    now = timezone.now()
    today = timezone.localdate()
    days.note_between([program], now - 3 * DAY, now - 2 * DAY)
    page = f"/programs/{program.pk}/"

    assert "Не запускался:" in signed_in(manager).get(page).content.decode()
    assert f"programs did not run on {today - DAY}" in client.get("/health/?format=json").content.decode()

    days.note_between([program], now - 2 * DAY, now)
    assert "Не запускался:" not in signed_in(manager).get(page).content.decode()


def test_a_turn_is_noted_by_the_chains_own_clock(program: Program) -> None:
    days.note([program], datetime.fromisoformat("2026-11-28T18:00:00+10:00"))

    assert ProgramDay.objects.get().day == date(2026, 11, 28)

"""The service desk in the background."""

from datetime import UTC, datetime, timedelta

from messaging.models import Message
from stores.models import Employee, Store
from workshop import services, tasks
from workshop.models import Passport, ServiceRequest


def test_a_piece_that_waits_is_told_of_where_it_is_day(ticket: list[ServiceRequest], seller: Employee) -> None:
    for one in ticket:
        services.move(one, "ready", by=seller)
    Message.objects.all().delete()
    Store.objects.update(time_zone=f"Etc/GMT{datetime.now(UTC).hour - 12:+d}")  # noon, whenever the test runs
    ServiceRequest.objects.update(ready_on=Store.objects.get().today() - timedelta(days=8))

    assert [tasks.remind_of_ready() for _twice in range(2)] == [1, 0]

    assert Message.objects.get().source == "service-waits"


def test_passports_go_on_their_day(kept: Passport) -> None:
    assert (tasks.forget_passports(), Passport.objects.count()) == (0, 1)
    Passport.objects.update(delete_on="2026-01-01")

    assert (tasks.forget_passports(), Passport.objects.count()) == (1, 0)

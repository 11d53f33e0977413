"""Who may be called is invited with a call, the others stand beside with the reason; arms are drawn once."""

from datetime import date, timedelta

import pytest

from campaigns.evenings import inviting
from campaigns.models import Evening, Invitation, Touch
from clients.models import Client
from messaging.models import Errand, Pause
from stores.models import Employee, Store
from tests import factories
from tests.campaigns.evenings.conftest import NOON, Agreed, Make

ALL = Client.objects.all


def invite(evening: Evening, by: Employee) -> int:
    return inviting.invite(evening, ALL(), why="Все", by=by, now=NOON)


def test_who_agreed_to_calls_is_invited_once_and_the_others_stand_beside_with_the_reason(
    evening: Make, agreed: Agreed, store: Store, seller: Employee, manager: Employee
) -> None:
    called, paused, silent = agreed(), agreed(), factories.ClientFactory.create(home_store=store)
    Pause.objects.create(client=paused, reason="возврат", until=None)
    made = evening()

    preview = inviting.preview(made, ALL(), now=NOON)
    invited = [invite(made, manager) for _twice in range(2)]

    assert ([client.pk for client in preview.can], preview.out, invited) == ([called.pk], 2, [1, 0])
    (errand,) = Errand.objects.all()
    assert (errand.client, errand.store, errand.assignee, errand.topic, errand.is_service) == (
        called,
        store,
        seller,
        "invite",
        False,
    )
    assert (errand.reason, errand.script) == (
        "Жемчуг, 5 декабря, 19:00",
        "Елена Викторовна, приглашаем в «Роскошь-Luxury».",
    )
    assert errand.occasion_key == f"event:{made.pk}:1:{called.pk}:1"
    assert Invitation.objects.get().client == called
    assert set(Touch.objects.values_list("client", "arm", "reason", "counted_from")) == {
        (called.pk, "treated", "", date(2026, 12, 5)), (paused.pk, "out", "pause", date(2026, 12, 5)),
        (silent.pk, "out", "consent", date(2026, 12, 5)),
    }  # fmt: skip
    assert {left.clients[0] for left in inviting.left_out(made)} == {paused, silent}


def test_who_may_be_called_later_is_invited_then(evening: Make, agreed: Agreed, manager: Employee) -> None:
    client = agreed()
    pause = Pause.objects.create(client=client, reason="возврат", until=None)
    made = evening()
    assert invite(made, manager) == 0

    pause.delete()

    assert (invite(made, manager), Touch.objects.get().arm) == (1, "treated")


def test_the_share_that_is_left_out_gets_no_call_and_is_drawn_once(evening: Make, agreed: Agreed, manager: Employee) -> None:
    for _each in range(30):
        agreed()
    made = evening(holdout=50)

    invited = invite(made, manager)
    again = invite(made, manager)

    held = Touch.objects.filter(source=made.source, arm="held").count()
    assert (invited + held, again, Invitation.objects.count(), Errand.objects.count()) == (30, 0, invited, invited)
    assert 0 < held < 30


def test_calls_are_spread_and_done_before_the_evening(evening: Make, agreed: Agreed, manager: Employee, seller: Employee) -> None:
    for _each in range(5):
        agreed()

    invite(evening(calls_a_day=1, starts_at=NOON + timedelta(days=3)), manager)

    days = sorted((day - date(2026, 11, 21)).days for day in Errand.objects.values_list("due_on", flat=True))
    assert days == [0, 1, 2, 2, 2]


def test_a_client_who_asks_is_on_the_list_without_a_call(evening: Make, store: Store, seller: Employee) -> None:
    client, made = factories.ClientFactory.create(home_store=store), evening(holdout=50)

    for _twice in range(2):
        inviting.invite_one(made, client, why="из карточки", by=seller, now=NOON)

    told = Invitation.objects.values_list("client", "answer", "why", "by").get()
    assert (told, Errand.objects.count()) == ((client.pk, "called", "из карточки", seller.pk), 0)
    assert Touch.objects.values_list("arm", "stratum").get() == ("treated", "2026-12:0")


def test_too_many_are_refused_and_nobody_is_invited(
    evening: Make, agreed: Agreed, manager: Employee, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "MOST", 1)
    agreed(), agreed()
    made = evening()

    with pytest.raises(inviting.TooManyError):
        invite(made, manager)

    assert (Invitation.objects.count(), inviting.preview(made, ALL(), now=NOON).is_cut) == (0, True)

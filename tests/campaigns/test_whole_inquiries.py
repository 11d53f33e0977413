"""Inquiries that nobody sees to: found by their programs, contacted once, and left as soon as they are won or lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone, translation

from campaigns.models import Touch
from campaigns.standing import outlook, triggers
from catalogue.models import Article, Stock
from clients.models import Client, Purpose
from inquiries import services, waking, winning
from inquiries.models import Appointment, Inquiry, Source
from inquiries.services import Contact
from messaging import errands
from messaging.models import Errand, Message
from stores.models import Employee, Store
from tests.campaigns.standing.conftest import DAY, NOON, Reachable, TurnOn, planned
from tests.conftest import Sell, SignIn

Leave = Callable[..., Inquiry]


@pytest.fixture
def leave(store: Store, seller: Employee) -> Leave:
    """``leave(client, days)``: talked to so many days ago, and nothing planned since."""

    def left(client: Client | None, days: int = 7, **facts: Any) -> Inquiry:
        inquiry = services.note(
            "кольцо 17,5 для Ани, секретно",
            Contact(),
            source=Source.COUNTER,
            store=store,
            seller=seller,
            client=client,
            form_key=uuid4(),
        )
        at = NOON - timedelta(days=days)
        told = {"came_on": at.date(), "won_until": at.date() + timedelta(days=60), "step_at": at, "created_at": at}
        Inquiry.objects.filter(pk=inquiry.pk).update(
            **{**told, "state": "contacted", "next_on": None, "errand": None, "lost_reason": "", **facts}
        )
        Errand.objects.all().delete()
        return Inquiry.objects.get(pk=inquiry.pk)

    return left


def found(key: str, turn_on: TurnOn) -> list[tuple[int, str]]:
    return [(one.client, one.round) for one in triggers.found(turn_on(key), DAY, DAY)]


def test_an_inquiry_without_a_step_is_found_on_its_day(leave: Leave, reachable: Reachable, turn_on: TurnOn, store: Store) -> None:
    client, others = reachable(), [reachable() for _n in range(5)]
    left = leave(client)
    leave(None), leave(others[0], 6), leave(others[1], next_on=DAY + timedelta(days=1)), leave(others[2], state="won")
    overdue = leave(others[3], 30, next_on=DAY - timedelta(days=7))
    leave(others[4])
    Appointment.objects.create(client=others[4], store=store, starts_at=NOON + timedelta(days=1), place=1)

    assert found("asked", turn_on) == [(client.pk, f"i{left.pk}"), (others[3].pk, f"i{overdue.pk}")]


def test_a_call_says_the_kind_and_none_of_their_words(leave: Leave, reachable: Reachable, turn_on: TurnOn) -> None:
    left = leave(reachable())

    with translation.override("ru"):
        assert (planned(turn_on("asked")), planned(turn_on("asked"))) == (1, 0)

    errand = Errand.objects.get()
    assert (errand.reason, errand.topic, errand.is_service) == ("Вернуться к обращению: кольцо", "inquiry", False)
    assert errand.occasion_key == f"asked:i{left.pk}:{left.client_id}:1"


def test_only_who_agreed_is_contacted(leave: Leave, reachable: Reachable, turn_on: TurnOn) -> None:
    leave(reachable(Purpose.PERSONAL_DATA))

    preview = outlook.preview(turn_on("asked"), list(Store.objects.all()), today=DAY, now=NOON)

    assert (planned(turn_on("asked")), Errand.objects.count(), Message.objects.count()) == (0, 0, 0)
    assert (preview.chosen, preview.left_out, preview.others[0].reason) == (0, 1, "consent")


def test_where_a_seller_has_the_call_in_hand_a_message_goes_or_nothing(
    leave: Leave, reachable: Reachable, turn_on: TurnOn
) -> None:
    calls, both = reachable(), reachable(Purpose.CALLS, Purpose.ADVERTISING_SMS)
    for one in (leave(calls), leave(both)):
        given = {"client": one.client, "store": one.store, "due_on": DAY, "occasion_key": f"inquiry:{one.pk}:1"}
        Inquiry.objects.filter(pk=one.pk).update(errand=Errand.objects.create(reason="r", is_service=True, **given))

    assert planned(turn_on("asked")) == 1

    assert [(one.client_id, one.channel) for one in Message.objects.all()] == [(both.pk, "sms")]


@pytest.mark.parametrize("to", ["lost", "agreed", "contacted"])
def test_a_step_calls_off_what_waits(to: str, leave: Leave, reachable: Reachable, turn_on: TurnOn, seller: Employee) -> None:
    called, written = leave(reachable()), leave(reachable(Purpose.ADVERTISING_SMS))
    assert planned(turn_on("asked")) == 2

    for one in (called, written):
        services.step(
            one, to, was="contacted", by=seller, next_on=DAY if to == "agreed" else None, reason="price" if to == "lost" else ""
        )

    assert Errand.objects.get(occasion_key__startswith="asked").outcome == "dropped"
    assert (Message.objects.get().state, Message.objects.get().reason) == ("suppressed", "decided")
    assert planned(turn_on("asked"), NOON + timedelta(days=1)) == 0


def test_a_receipt_that_wins_it_calls_off_what_waits(leave: Leave, reachable: Reachable, turn_on: TurnOn, sell: Sell) -> None:
    left = leave(reachable(Purpose.ADVERTISING_SMS), 20, next_on=DAY - timedelta(days=7))
    planned(turn_on("asked"))
    sell(left.client, DAY - timedelta(days=12), 1_000)  # typed in so late that it calls nothing off itself
    Message.objects.update(state="pending", reason="")

    assert winning.settle() == 1

    assert (Message.objects.get().state, Message.objects.get().reason) == ("suppressed", "bought")


def test_what_came_of_the_call_moves_the_inquiry(leave: Leave, reachable: Reachable, turn_on: TurnOn, seller: Employee) -> None:
    left = leave(reachable())
    planned(turn_on("asked"))

    errands.close(Errand.objects.get(), "dropped", by=seller, now=NOON)

    left.refresh_from_db()
    assert (left.state, left.lost_reason) == ("lost", "silent")


def test_who_did_not_answer_is_written_to_unless_it_was_lost_since(
    leave: Leave, reachable: Reachable, turn_on: TurnOn, seller: Employee
) -> None:
    both = [leave(reachable(Purpose.CALLS, Purpose.ADVERTISING_SMS)) for _n in range(2)]
    assert planned(turn_on("asked")) == 2
    for errand in Errand.objects.all():
        for days in (0, 1, 2):
            errands.close(errand, "no_answer", by=seller, now=NOON + timedelta(days=days))
    services.step(Inquiry.objects.get(pk=both[0].pk), "lost", was="contacted", by=seller, reason="price")

    assert planned(turn_on("asked"), NOON + timedelta(days=3)) == 1

    assert [one.occasion_key for one in Message.objects.all()] == [f"asked:i{both[1].pk}:{both[1].client_id}:2"]


def test_the_comparison_gets_nothing(leave: Leave, reachable: Reachable, turn_on: TurnOn) -> None:
    for _n in range(12):
        leave(reachable())
    program = turn_on("asked", holdout=50)

    made = planned(program)

    arms = list(Touch.objects.values_list("arm", flat=True))
    assert (arms.count("treated"), arms.count("treated") + arms.count("held")) == (made, 12)
    assert 0 < made < 12


def test_a_wish_that_came_is_told_of_until_somebody_did(
    leave: Leave, reachable: Reachable, turn_on: TurnOn, store: Store, seller: Employee
) -> None:
    told, untold = leave(reachable(Purpose.ADVERTISING_SMS), 40), leave(reachable(Purpose.ADVERTISING_SMS), 40)
    waking.wake(NOON - timedelta(days=2))
    article = Article.objects.create(article="R-1", key="R1", kind="ring", price=10_000)
    stock = Stock.objects.create(article=article, store=store, size="17.5", count=1)
    Article.objects.update(changed_at=NOON - timedelta(days=1)), Stock.objects.update(changed_at=NOON - timedelta(days=1))
    assert waking.wake(NOON - timedelta(days=1)) == 2
    errands.close(Errand.objects.get(client=told.client), "done", by=seller, now=NOON - timedelta(hours=20))

    assert found("wished", turn_on) == [(untold.client_id, f"i{untold.pk}")]
    assert planned(turn_on("wished")) == 1
    assert Message.objects.get().client == untold.client

    stock.delete()
    assert found("wished", turn_on) == []


@pytest.mark.parametrize(("key", "words"), [("asked", "без движения с"), ("wished", "через 1 день после того, как пришло")])
def test_its_page_says_when_it_goes_and_whom_it_will_choose(
    key: str, words: str, leave: Leave, reachable: Reachable, turn_on: TurnOn, admin: Employee, signed_in: SignIn
) -> None:
    leave(reachable(), step_at=timezone.now() - timedelta(days=7))

    browser, address = signed_in(admin), f"/programs/{turn_on(key).pk}/"
    page = browser.get(address).content.decode() + browser.get(f"{address}coming/").content.decode()

    assert words in page

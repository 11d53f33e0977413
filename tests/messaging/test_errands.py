from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from clients.models import Client
from clients.services import record_consents
from messaging import errands
from messaging.models import Errand, Pause
from stores.models import Employee, Role, Store
from tests import factories
from tests.messaging.conftest import NOON


def test_about_one_occasion_there_is_one_errand(errand: Errand, card: Client, store: Store) -> None:
    again, is_new = errands.ask_for(
        card, store=store, occasion_key="call:1", reason="Другое", due_on=store.today(), is_service=True
    )

    assert (again, is_new, Errand.objects.get().reason) == (errand, False, "Позвонить")


def test_two_sellers_close_it_once(errand: Errand, seller: Employee, store: Store) -> None:
    other = factories.employee(Role.SELLER, store)

    errands.close(errand, "done", by=seller, now=timezone.now())
    errands.close(errand, "dropped", by=other, now=timezone.now())

    errand.refresh_from_db()
    assert (errand.outcome, errand.done_by) == (Errand.Outcome.DONE, seller)


def test_an_errand_without_a_store_is_due_by_the_day_of_the_moment(card: Client, seller: Employee) -> None:
    made, _new = errands.ask_for(card, store=None, occasion_key="call:2", reason="!", due_on=NOON.date(), is_service=True)

    closed = errands.close(made, "no_answer", by=seller, now=NOON)

    assert (closed.due_on, closed.tries) == (NOON.date() + timedelta(days=1), 1)


def test_a_call_without_an_answer_counts_once_a_day(errand: Errand, seller: Employee) -> None:
    for _twice in range(2):
        errands.close(errand, "no_answer", by=seller, now=timezone.now())

    errand.refresh_from_db()
    assert errand.tries == 1


def test_what_is_to_do_and_what_was_done_lately_are_of_the_stores(
    errand: Errand, card: Client, seller: Employee, store: Store, other_store: Store
) -> None:
    errands.ask_for(card, store=other_store, occasion_key="call:2", reason="!", due_on=NOON.date(), is_service=True)
    now = timezone.now()
    assert [list(errands.to_do([store])), list(errands.done_lately([store], now))] == [[errand], []]

    errands.close(errand, "done", by=seller, now=now)

    assert [list(errands.to_do([store])), list(errands.done_lately([store], now))] == [[], [errand]]
    assert list(errands.done_lately([store], now + timedelta(seconds=1))) == []


def test_what_goes_on_comes_again_on_its_day_with_its_story(errand: Errand, seller: Employee, store: Store) -> None:
    now, day = timezone.now(), store.today() + timedelta(days=5)

    for _twice in range(2):
        errands.close(errand, "done", by=seller, now=now, words="просила перезвонить", next_on=day)
    errands.close(errand, "done", by=seller, now=now, words="придёт")

    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on, errand.tries, errand.came_of_it) == (Errand.Outcome.DONE, day, 0, "сделано")
    assert list(errand.steps.values_list("kind", "words", "next_on", "by")) == [
        ("goes_on", "просила перезвонить", day, seller.pk), ("done", "придёт", None, seller.pk),
    ]  # fmt: skip


def test_a_slip_is_taken_back_and_the_story_says_so(errand: Errand, seller: Employee, store: Store) -> None:
    now = timezone.now()
    errands.close(errand, "no_answer", by=seller, now=now - timedelta(days=1))
    errands.close(errand, "done", by=seller, now=now, next_on=store.today() + timedelta(days=5))

    errands.reopen(errand, now=now, by=seller)

    errand.refresh_from_db()
    assert (errand.outcome, errand.due_on, errand.tries, errand.done_at) == (Errand.Outcome.OPEN, store.today(), 1, None)
    assert list(errand.steps.values_list("kind", flat=True)) == ["no_answer", "goes_on", "reopened"]


def test_who_asks_not_to_be_called_takes_back_the_consent_to_calls(errand: Errand, card: Client, seller: Employee) -> None:
    record_consents(card, {"calls": True, "advertising_sms": True}, by=seller, where=None)

    errands.close(errand, "do_not_call", by=seller, now=timezone.now(), words="не звоните")

    errand.refresh_from_db()
    newest = {consent.purpose: consent.given for consent in card.consents.order_by("pk")}
    assert (errand.outcome, newest) == (Errand.Outcome.DROPPED, {"calls": False, "advertising_sms": True})


@pytest.mark.parametrize(
    ("kind", "outcome", "ahead"),
    [
        ("agreed", Errand.Outcome.DONE, None), ("no_interest", Errand.Outcome.DROPPED, None), ("thinks", Errand.Outcome.OPEN, 3),
        ("no_answer", Errand.Outcome.OPEN, 1),
    ],
)  # fmt: skip
def test_how_a_call_went_says_whether_it_comes_again(
    errand: Errand, seller: Employee, store: Store, kind: str, outcome: str, ahead: int | None
) -> None:
    errands.close(errand, kind, by=seller, now=timezone.now())

    errand.refresh_from_db()
    due = store.today() + timedelta(days=ahead or 0)
    assert (errand.outcome, errand.result, errand.due_on) == (outcome, "" if ahead else kind, due)


def test_who_agreed_comes_on_the_day_said(errand: Errand, seller: Employee, store: Store) -> None:
    day = store.today() + timedelta(days=2)

    errands.close(errand, "agreed", by=seller, now=timezone.now(), next_on=day)

    errand.refresh_from_db()
    assert (errand.outcome, errand.result, errand.agreed_on, errand.due_on) == ("done", "agreed", day, store.today())


def test_a_thought_said_twice_is_one_step(errand: Errand, seller: Employee) -> None:
    for _twice in range(2):
        errands.close(errand, "thinks", by=seller, now=timezone.now(), words="подумает")

    assert [step.kind for step in errand.steps.all()] == ["thinks"]


@pytest.mark.parametrize(("is_service", "outcome"), [(False, "no_answer"), (True, "open")])
def test_an_offer_is_tried_three_times_and_what_is_theirs_until_it_is_said(
    errand: Errand, seller: Employee, is_service: bool, outcome: str
) -> None:
    Errand.objects.update(is_service=is_service)
    for days in range(3):
        errands.close(errand, "no_answer", by=seller, now=timezone.now() + timedelta(days=days))

    errand.refresh_from_db()
    assert (errand.outcome, errand.tries, errand.result) == (outcome, 3, "" if is_service else "no_answer")


def test_a_wrong_number_is_in_doubt_until_the_slip_is_taken_back(errand: Errand, card: Client, seller: Employee) -> None:
    errands.close(errand, "wrong_number", by=seller, now=timezone.now(), words="другой человек")
    assert [(proof.field, proof.state, proof.reason) for proof in card.proofs.all()] == [("phone", "doubtful", "другой человек")]

    errands.reopen(errand, now=timezone.now(), by=seller)

    assert card.proofs.count() == 0


def test_a_complaint_is_the_managers_and_holds_advertising_until_it_is_seen_to(
    errand: Errand, card: Client, seller: Employee, manager: Employee
) -> None:
    now = timezone.now()
    errands.close(errand, "complained", by=seller, now=now, words="камень выпал", problem="piece")

    complaint = Errand.objects.get(topic="complaint")
    assert (errand.reason in complaint.reason, "(изделие)" in complaint.reason) == (True, True)
    assert (complaint.assignee, complaint.is_service, complaint.script) == (manager, True, "камень выпал")
    assert [pause.client for pause in Pause.objects.live(now.date())] == [card]
    errands.close(complaint, "done", by=manager, now=now)
    assert list(Pause.objects.live(now.date())) == []
    errands.reopen(complaint, now=now, by=manager)
    assert Pause.objects.live(now.date()).count() == 1


def test_a_complaint_that_was_a_slip_is_dropped_and_comes_back_with_the_next(errand: Errand, seller: Employee) -> None:
    now = timezone.now()
    errands.close(errand, "complained", by=seller, now=now, problem="price")
    complaint = Errand.objects.get(topic="complaint")

    errands.reopen(errand, now=now, by=seller)
    complaint.refresh_from_db()
    errand.refresh_from_db()
    assert errand.problem == ""
    assert (complaint.outcome, Pause.objects.live(now.date()).count()) == ("dropped", 0)

    errands.close(errand, "complained", by=seller, now=now)
    complaint.refresh_from_db()
    assert (complaint.outcome, Pause.objects.live(now.date()).count(), Errand.objects.count()) == ("open", 1, 2)


def test_handed_out_in_fair_shares_once(store: Store, seller: Employee) -> None:
    other, clients = factories.employee(Role.SELLER, store), factories.ClientFactory.create_batch(5)
    facts: dict[str, Any] = {"round_key": "r", "store": store, "reason": "!", "due_on": store.today(), "is_service": True}

    made = [errands.hand_out(clients, **facts, topic="offer", is_shared=True) for _twice in range(2)]

    owners = [Errand.objects.filter(assignee=one, topic="offer").count() for one in (seller, other)]
    assert (made, owners) == ([5, 0], [3, 2])


def test_many_that_are_alike_are_given_out_once(store: Store) -> None:
    clients = [factories.ClientFactory.create() for _each in range(2)]
    pattern = Errand(due_on=NOON.date(), topic=Errand.Topic.WINBACK)
    drafts = [errands.Draft(client.pk, store.pk, f"k{client.pk}", "Давно не были", "Позвать") for client in clients]

    given = [errands.give_out_alike(pattern, some) for some in (drafts[:1], drafts, [])]

    rows = Errand.objects.order_by("client").values_list("client", "store", "reason", "script", "topic", "outcome", "assignee")
    assert given == [1, 1, 0]
    assert list(rows) == [(client.pk, store.pk, "Давно не были", "Позвать", "winback", "open", None) for client in clients]

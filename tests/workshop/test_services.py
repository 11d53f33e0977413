"""The desk after intake: steps and their days, one hand-out, master, notes and corrections."""

from decimal import Decimal
from typing import Any

import pytest

from clients.models import Client
from stores.models import Employee, Store
from stores.opened import edit_now
from tests.present import present
from visits.models import Visit
from workshop import refusals, tickets
from workshop import services as workshop_services
from workshop.models import Master, ServiceRequest
from workshop.refusals import StatusError


def test_the_days_of_a_request_follow_its_steps(ticket: list[ServiceRequest], seller: Employee, store: Store) -> None:
    request = workshop_services.move(ticket[0], "ready", by=seller)
    assert (request.ready_on, request.closed_on) == (store.today(), None)

    request = workshop_services.hand_out(request, handed_by="ticket", by=seller)
    assert (request.ready_on, request.closed_on, request.handed_by) == (store.today(), store.today(), "ticket")

    request = workshop_services.move(request, "ready", by=seller)
    assert (request.ready_on, request.closed_on, request.handed_by) == (store.today(), None, "")
    assert workshop_services.move(request, "in_work", by=seller).ready_on is None


def test_the_second_who_hands_out_hears_of_the_first(ticket: list[ServiceRequest], seller: Employee, manager: Employee) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)

    with pytest.raises(refusals.HandedOutError) as refused:
        workshop_services.hand_out(ticket[0], handed_by="document", by=manager)

    assert present(refused.value.step).by == seller
    assert ServiceRequest.objects.get(pk=ticket[0].pk).handed_by == "ticket"


def test_what_is_not_ready_is_not_handed_out(ticket: list[ServiceRequest], seller: Employee) -> None:
    with pytest.raises(StatusError):
        workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller)

    ticket[0].refresh_from_db()
    assert (ticket[0].status, ticket[0].handed_by) == ("received", "")


def test_what_was_taken_down_wrongly_is_put_right_and_the_story_says_so(ticket: list[ServiceRequest], seller: Employee) -> None:
    facts = {"description": "кольцо с топазом", "is_urgent": True, "weight": ticket[0].weight}

    changed = workshop_services.correct(ticket[0], edit_now(ticket[0], **facts), by=seller)

    ticket[0].refresh_from_db()
    assert (changed, ticket[0].description, ticket[0].is_urgent) == (["description", "is_urgent"], "кольцо с топазом", True)
    assert "кольцо → кольцо с топазом" in ticket[0].steps.latest("pk").words
    workshop_services.move(ticket[0], "cancelled", by=seller)
    with pytest.raises(StatusError):
        workshop_services.correct(ticket[0], edit_now(ticket[0], **facts), by=seller)


def test_master_and_note_stand_in_the_story(ticket: list[ServiceRequest], seller: Employee) -> None:
    workshop_services.set_master(ticket[0], Master.objects.create(name="Пётр"), by=seller)
    workshop_services.add_note(ticket[0], "перезвонить", by=seller)

    assert [(s.kind, s.words) for s in ticket[0].steps.all()][1:] == [("master", "Пётр"), ("note", "перезвонить")]


def taken_in(store: Store, card: Client, **more: Any) -> ServiceRequest:
    return ServiceRequest(store=store, client=card, kind="resizing", description="кольцо", size_to=Decimal("17.5"), **more)


def test_a_cancelled_service_is_no_visit(store: Store, card: Client, seller: Employee) -> None:
    request = tickets.take_in(taken_in(store, card), by=seller)

    workshop_services.move(request, "cancelled", by=seller)

    assert not Visit.objects.exists()
    assert [step.status for step in request.steps.all()] == ["received", "cancelled"]


def test_a_step_that_is_none_is_refused(store: Store, card: Client, seller: Employee) -> None:
    request = tickets.take_in(taken_in(store, card), by=seller)

    with pytest.raises(StatusError):
        workshop_services.move(request, "handed_out", by=seller)

    request.refresh_from_db()
    assert request.status == "received"


def test_the_same_master_again_is_no_step_and_nobody_takes_them_off(ticket: list[ServiceRequest], seller: Employee) -> None:
    master = Master.objects.create(name="Пётр")
    for who in (master, master, None):
        workshop_services.set_master(ticket[0], who, by=seller)

    assert [step.words for step in ticket[0].steps.filter(kind="master")] == ["Пётр", "—"]


def test_what_stands_already_is_no_correction(ticket: list[ServiceRequest], seller: Employee) -> None:
    assert workshop_services.correct(ticket[0], edit_now(ticket[0], description="кольцо"), by=seller) == []

    assert ticket[0].steps.count() == 1


def test_one_that_cannot_go_keeps_all_of_a_ticket_here_and_no_code_is_spent(
    ticket: list[ServiceRequest], seller: Employee, store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)
    code = iter([True])

    with pytest.raises(StatusError):
        workshop_services.hand_out_together(ticket, handed_by="code", by=seller, words="", stores=[store], proves=code.__next__)

    assert (list(code), ServiceRequest.objects.filter(status="handed_out").count()) == ([True], 0)


def test_a_piece_that_lies_elsewhere_is_not_handed_out_here(
    ticket: list[ServiceRequest], seller: Employee, other_store: Store
) -> None:
    workshop_services.move(ticket[0], "ready", by=seller)

    with pytest.raises(refusals.PlaceError):
        workshop_services.hand_out(ticket[0], handed_by="ticket", by=seller, stores=[other_store])

    assert ServiceRequest.objects.get(pk=ticket[0].pk).status == "ready"

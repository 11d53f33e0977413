"""Evenings on their pages: made once, invited to, answered by hand, of one's own stores alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from analytics.models import Segment
from campaigns.evenings import answering, clubs
from campaigns.models import Club, Evening, Invitation
from clients.models import Client
from messaging.models import Errand, Message
from stores.models import Employee, Role, Store
from tests import factories
from tests.campaigns.evenings.conftest import Agreed, Invited, Make, agreed, evening, invited
from tests.conftest import SignIn
from tests.opened import carried

__all__ = ["agreed", "evening", "invited"]
KEY = "8e0c0f4c-5a52-4c1e-9d62-64a6f1f0a00"


def soon(days: int = 5) -> Any:
    return (timezone.now() + timedelta(days=days)).replace(microsecond=0, second=0)


def filled(store: Store, **more: Any) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    return {
        "title": "Жемчуг", "store": store.pk, "starts_at": f"{day}T19:00", "ends_at": f"{day}T22:00", "seats": "20", "plus": "1",
        "script": "{name}, приглашаем.", "calls_a_day": "20", "holdout": "0", "form_key": f"{KEY}1", **more,
    }  # fmt: skip


def test_a_manager_makes_an_evening_once_by_the_clocks_of_its_store(manager: Employee, store: Store, signed_in: SignIn) -> None:
    Store.objects.update(time_zone="Europe/Moscow")
    browser = signed_in(manager)

    answers = [browser.post("/evenings/new/", filled(store)) for _twice in range(2)]

    made = Evening.objects.get()
    assert [answer.headers["Location"] for answer in answers] == [f"/evenings/{made.pk}/"] * 2
    assert (made.by, made.starts_here.hour, made.starts_at.hour) == (manager, 19, 16)
    page = browser.get(f"/evenings/{made.pk}/").content.decode()
    assert "19:00–22:00" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"starts_at": "2020-01-01T19:00"}, "starts_at"), ({"ends_at": "2020-01-01T19:00"}, "ends_at"), ({"seats": "0"}, "seats"),
     ({"plus": "99"}, "plus"), ({"script": "{nobody}"}, "script"), ({"holdout": "60"}, "holdout"), ({"title": ""}, "title")],
)  # fmt: skip
def test_what_an_evening_lacks_is_said_at_the_field(
    manager: Employee, store: Store, signed_in: SignIn, wrong: dict[str, str], field: str
) -> None:
    answer = signed_in(manager).post("/evenings/new/", filled(store, **wrong))

    assert (answer.status_code, list(answer.context["form"].errors), Evening.objects.count()) == (422, [field], 0)


def test_a_club_and_a_question_are_looked_at_and_then_invited(
    manager: Employee, store: Store, evening: Make, agreed: Agreed, signed_in: SignIn
) -> None:
    member, other = agreed(), agreed()
    club = Club.objects.create(title="Жемчуг", by=manager, store=store, form_key=f"{KEY}2")
    clubs.admit(club, [member.pk], why="", by=manager, today=timezone.localdate())
    never = Segment.objects.create(name="Ещё не покупали", definition=[[{"what": "never"}]])
    made, browser = evening(starts_at=soon()), signed_in(manager)

    looked = browser.get(f"/evenings/{made.pk}/invite/?club={club.pk}").context["preview"]
    assert (looked.can, Invitation.objects.count()) == ([member], 0)
    browser.post(f"/evenings/{made.pk}/invite/?club={club.pk}")
    browser.post(f"/evenings/{made.pk}/invite/?segment={never.pk}")

    assert list(Invitation.objects.order_by("pk").values_list("client", "why")) == [
        (member.pk, "Жемчуг"), (other.pk, "Ещё не покупали"),
    ]  # fmt: skip
    assert Errand.objects.count() == 2


def test_ticked_clients_of_a_list_go_to_a_chosen_evening(
    manager: Employee, evening: Make, agreed: Agreed, signed_in: SignIn
) -> None:
    client, _other, made, browser = agreed(), agreed(), evening(starts_at=soon()), signed_in(manager)

    page = browser.get(f"/evenings/invite/?pk={client.pk}&question=")
    browser.post(f"/evenings/{made.pk}/invite/?pk={client.pk}&question=")

    assert (page.context["coming"][0].evening, Invitation.objects.get().client) == (made, client)


def test_nobody_is_called_about_an_evening_that_is_cancelled(
    manager: Employee, evening: Make, invited: Invited, agreed: Agreed, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon()), signed_in(manager)
    invited(made)
    client = agreed()

    browser.post(f"/evenings/{made.pk}/cancel/")
    browser.post(f"/evenings/{made.pk}/invite/?all=on&question=")
    browser.post(f"/evenings/{made.pk}/invite/{client.pk}/")

    assert (Invitation.objects.count(), Errand.objects.get().outcome) == (1, "dropped")


def test_a_seller_writes_down_answers_and_undoes_them(
    seller: Employee, evening: Make, invited: Invited, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon(), seats=2), signed_in(seller)
    one, other = invited(made), invited(made)

    def said(invitation: Invitation, **words: str) -> str:
        answer = browser.post(f"/evenings/{made.pk}/answers/{invitation.pk}/", words, follow=True)
        return [str(message) for message in answer.context["messages"]][-1]

    assert said(one, said="accepted", guests="1").endswith("придёт.")
    assert said(other, said="accepted") == "Мест больше нет: клиент в листе ожидания."
    said(one, said="back")
    assert list(made.invitations.order_by("pk").values_list("answer", "guests")) == [("listed", 0), ("accepted", 0)]
    assert browser.post(f"/evenings/{made.pk}/answers/{one.pk}/", {"said": "nonsense"}).status_code == 400


def test_a_client_is_invited_from_the_card(seller: Employee, card: Client, evening: Make, signed_in: SignIn) -> None:
    made, browser = evening(starts_at=soon()), signed_in(seller)
    assert "Пригласить" in browser.get(f"/clients/{card.pk}/parts/evenings/", headers={"HX-Request": "true"}).content.decode()

    browser.post(f"/evenings/{made.pk}/invite/{card.pk}/")

    assert Invitation.objects.values_list("client", "by").get() == (card.pk, seller.pk)
    part = browser.get(f"/clients/{card.pk}/parts/evenings/", headers={"HX-Request": "true"})
    assert part.context["evenings"][0].invitation is not None


def test_fewer_seats_than_are_promised_are_refused_and_the_share_stays_once_drawn(
    manager: Employee, evening: Make, invited: Invited, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon()), signed_in(manager)
    answering.answer(invited(made), "accepted", guests=2, by=manager, now=timezone.now())
    address = f"/evenings/{made.pk}/edit/"
    form = browser.get(address).context["form"]
    opened = carried(browser, address)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    typed = {**filled(made.store, starts_at=f"{day}T18:00", ends_at=f"{day}T21:00"), **opened}

    refused = browser.post(address, {**typed, "seats": "2"})
    seen = browser.post(address, {**typed, "seats": "3"}).context["seen"]
    saved = browser.post(address, {**typed, "seats": "3", "seen": seen, "tell": "no"})

    assert ("holdout" in form.fields, refused.status_code, list(refused.context["form"].errors)) == (False, 422, ["seats"])
    made.refresh_from_db()
    assert (saved.status_code, made.seats, made.starts_here.hour) == (302, 3, 18)


def moved(made: Evening, opened: dict[str, str], days: int = 12) -> dict[str, Any]:
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    return {**filled(made.store, starts_at=f"{day}T18:00", ends_at=f"{day}T21:00"), **opened}


def test_before_an_evening_is_moved_one_sees_whom_it_is_told_and_each_is_told_once(
    manager: Employee, evening: Make, invited: Invited, signed_in: SignIn
) -> None:
    made, browser = evening(starts_at=soon()), signed_in(manager)
    for more in ({}, {"phone": "+74232201122"}, {"phone": "+74232201123", "email": None, "state": "incomplete"}):
        answering.answer(invited(made, **more), "accepted", by=manager, now=timezone.now())
    address = f"/evenings/{made.pk}/edit/"
    typed = moved(made, carried(browser, address))

    looked = browser.post(address, typed)

    plan, before = looked.context["plan"], Evening.objects.get().starts_at
    assert (plan.by_sms, plan.by_email, plan.by_call, before, Message.objects.count()) == (1, 1, 1, made.starts_at, 0)
    for _twice in range(2):
        browser.post(address, {**typed, "seen": looked.context["seen"], "tell": "yes"})
    assert (Evening.objects.get().starts_here.hour, Evening.objects.get().news) == (18, 1)
    assert sorted(Message.objects.values_list("channel", "source", "purpose")) == [
        ("email", "evening-moved", ""), ("sms", "evening-moved", ""),
    ]  # fmt: skip
    assert Message.objects.filter(channel="sms").get().text == plan.text
    assert Errand.objects.filter(outcome="open").get().is_service is True


def test_another_time_than_was_seen_is_shown_anew(manager: Employee, evening: Make, invited: Invited, signed_in: SignIn) -> None:
    made, browser = evening(starts_at=soon()), signed_in(manager)
    answering.answer(invited(made), "accepted", by=manager, now=timezone.now())
    address = f"/evenings/{made.pk}/edit/"
    opened = carried(browser, address)
    seen = browser.post(address, moved(made, opened)).context["seen"]

    again = browser.post(address, {**moved(made, opened, days=13), "seen": seen, "tell": "yes"})

    assert (again.status_code, again.context["seen"] != seen, Message.objects.count()) == (200, True, 0)


@pytest.mark.parametrize(("tell", "told"), [("yes", 1), ("no", 0)])
def test_a_cancelled_evening_is_told_to_its_guests_if_one_says_so(
    manager: Employee, evening: Make, invited: Invited, signed_in: SignIn, tell: str, told: int
) -> None:
    made, browser = evening(starts_at=soon()), signed_in(manager)
    answering.answer(invited(made), "accepted", by=manager, now=timezone.now())
    invited(made)
    assert browser.get(f"/evenings/{made.pk}/").context["plan"].guests == 1

    for _twice in range(2):
        browser.post(f"/evenings/{made.pk}/cancel/", {"tell": tell})

    assert Message.objects.filter(source="evening-cancelled").count() == told


def test_other_stores_do_not_see_it(evening: Make, invited: Invited, other_store: Store, signed_in: SignIn) -> None:
    made = evening(starts_at=soon())
    one = invited(made)
    browser = signed_in(factories.employee(Role.MANAGER, other_store))

    got = [browser.get(f"/evenings/{made.pk}/{page}").status_code for page in ("", "edit/", "invite/", "door/", "guests.pdf")]
    posted = browser.post(f"/evenings/{made.pk}/answers/{one.pk}/", {"said": "accepted"}).status_code

    assert (got, posted, browser.get("/evenings/").context["coming"]) == ([404] * 5, 404, [])


def test_what_it_brought_is_told_to_managers_alone(
    manager: Employee, seller: Employee, evening: Make, invited: Invited, signed_in: SignIn
) -> None:
    made = evening(starts_at=timezone.now() - timedelta(days=3))
    invited(made)
    address = f"/evenings/{made.pk}/"

    told, untold = signed_in(manager).get(address), signed_in(seller).get(address)

    assert (told.context["funnel"].invited, "funnel" in untold.context) == (1, False)
    assert "что вызвал вечер, неизвестно" in told.content.decode()
    assert signed_in(seller).get(f"{address}guests.pdf").headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("answer", ["", "accepted", "nonsense"])
def test_the_list_costs_the_same_at_one_and_at_three(
    seller: Employee, evening: Make, invited: Invited, signed_in: SignIn, answer: str, django_assert_max_num_queries: Any
) -> None:
    made, browser = evening(starts_at=soon()), signed_in(seller)
    counts = []
    for many in (1, 2):
        for _each in range(many):
            answering.answer(invited(made), "accepted", by=seller, now=timezone.now())
        browser.get(f"/evenings/{made.pk}/?answer={answer}")
        with django_assert_max_num_queries(40) as counted:
            browser.get(f"/evenings/{made.pk}/?answer={answer}")
        counts.append(len(counted))

    assert counts[0] == counts[1]

"""Evenings of the demo: never more people than seats."""

from datetime import date
from random import Random

from campaigns.models import Club, Evening, Touch
from campaigns.selectors import evenings_of
from crm_site.demo import evenings
from messaging.models import Errand
from stores.models import Employee, Store
from tests import factories

TODAY = date(2026, 11, 21)


def test_two_evenings_were_and_one_is_to_come_with_its_calls(store: Store, manager: Employee) -> None:
    clients = factories.ClientFactory.create_batch(70, home_store=store)

    evenings.hold(clients, store, TODAY, Random(1))

    held = list(Evening.objects.order_by("starts_at"))
    people = [sum(one.people for one in evening.invitations.seated()) for evening in held]
    assert [0 < number <= evening.seats for number, evening in zip(people, held, strict=True)] == [True] * 3
    assert (Errand.objects.filter(topic="invite").count(), Club.objects.get().members.count()) == (6, 20)
    assert Touch.objects.count() == sum(evening.invitations.count() for evening in held)
    invited = held[2].invitations.order_by("pk")[0].client
    assert [
        row.invitation is not None
        for row in evenings_of(invited, [store], held[2].created_at.replace(year=2026, month=11, day=21))
    ] == [True]


def test_a_demo_of_few_clients_has_none(store: Store, manager: Employee) -> None:
    evenings.hold([], store, TODAY, Random(1))

    assert Evening.objects.count() == 0

"""The demo chain: the same by its seed and day, with people who are there already, and greetings as if a program had run."""

from datetime import date

from django.db import transaction

from campaigns.models import Program
from clients.models import CardState, Client, Purpose
from crm_site.demo import people
from crm_site.demo.chain import Demo, Size
from messaging.models import Message, MessageState, Reason
from purchases.models import Piece, Purchase
from stores.models import Employee, Store
from visits.models import Visit
from workshop.models import ServiceRequest

TODAY = date(2026, 6, 17)


def make(clients: int = 60, purchases: int = 130, seed: int = 2018) -> None:
    Demo(Size(clients, purchases, seed), lambda what, done, total: None, TODAY).make()


def snapshot() -> tuple[list[object], list[object], list[object]]:
    return (
        list(Client.objects.order_by("pk").values_list("last_name", "phone", "birth_date", "ring_size", "home_store__code")),
        list(Piece.objects.order_by("pk").values_list("purchase__sold_on", "article", "price", "returned_on")),
        list(ServiceRequest.objects.order_by("pk").values_list("accepted_on", "kind", "status", "closed_on")),
    )


def test_the_same_seed_makes_the_same_chain(db: None) -> None:
    made = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            make(seed=seed)
            made.append(snapshot())
            transaction.set_rollback(True)

    assert made[0] == made[1] != made[2]


def test_nothing_lies_in_the_future_and_every_sale_is_counted(db: None) -> None:
    make()

    days = [*Purchase.objects.values_list("sold_on", flat=True), *ServiceRequest.objects.values_list("accepted_on", flat=True)]
    assert max(days) <= TODAY
    with_card = Purchase.objects.kept().exclude(client=None).values("client", "sold_on").distinct().count()
    assert Visit.objects.filter(scope=0, items__gt=0).count() == with_card
    assert Purchase.objects.filter(client=None, no_card_reason="").count() == 0


def test_what_a_legacy_list_left_is_lacking_and_stands_as_it_was_written(db: None) -> None:
    make()

    lacking = Client.objects.filter(state=CardState.INCOMPLETE)
    assert lacking.count() == 3
    for client in lacking:
        [(field, written)] = client.as_written.items()
        assert (getattr(client, field), bool(written), client.consents.count()) == (None, True, 0)


def test_no_more_is_sold_than_was_asked_for(db: None) -> None:
    make(clients=40, purchases=28)

    assert (Purchase.objects.exclude(client=None).count(), Purchase.objects.filter(client=None).count()) == (26, 2)


def test_people_who_are_there_already_keep_their_password_and_their_stores(db: None) -> None:
    Store.objects.create(code=people.STORES[0][0], name="Наш", city="Москва")
    mine = Employee(username="seller", role="seller", first_name="Мария", last_name="Иная")
    mine.set_password("of-my-own-12")
    mine.save()

    make(clients=20, purchases=20)

    mine.refresh_from_db()
    assert (mine.first_name, mine.check_password("of-my-own-12"), mine.stores.count()) == ("Мария", True, 0)
    assert (Store.objects.count(), Store.objects.get(code=people.STORES[0][0]).name) == (len(people.STORES), "Наш")
    assert Employee.objects.count() == len(people.EMPLOYEES)


def test_greetings_of_the_past_year_leave_a_tenth_out(db: None) -> None:
    make(clients=300, purchases=300)

    states = Message.objects.values_list("state", flat=True)
    assert {*states} == {MessageState.DELIVERED, MessageState.FAILED, MessageState.SUPPRESSED}
    assert Message.objects.exclude(client__state=CardState.COMPLETE).count() == 0
    assert {*Message.objects.filter(state=MessageState.SUPPRESSED).values_list("reason", flat=True)} == {Reason.HOLDOUT}
    assert {*Message.objects.values_list("purpose", flat=True)} == {Purpose.ADVERTISING_SMS}
    assert all(day < TODAY for day in Message.objects.values_list("occasion_on", flat=True) if day)


def test_a_chain_without_the_program_has_greeted_nobody(db: None) -> None:
    Program.objects.all().delete()

    make(clients=20, purchases=20)

    assert (Message.objects.count(), Client.objects.count()) == (0, 20)
